/** `lab explore`: every interleaving of one scenario, in one JSON report (docs/headless.md). */
import { type Exploration, explore, type Gauges, type Wishes } from "../explore/explore.ts";
import { loopsOf, outcomesOf } from "../explore/findings.ts";
import { machineFor } from "../lab.ts";
import { finalState, type Run, replay } from "../machine/run.ts";
import { type Breach, breachOf } from "../machine/step.ts";
import type { Problem } from "../scenario/problem.ts";
import type { Choice, Scenario } from "../scenario/scenario.ts";
import { divergence } from "./divergence.ts";
import { type OutcomeReport, outcomeReport } from "./outcomeReport.ts";

/** All `choices` begin with those of the document: `lab run` replays them. */
export interface ExploreReport {
  readonly verdict: "holds" | "violated" | "stopped";
  /** Only where the search ended early: the bound it met. The report is then of what was found so far. */
  readonly stopped?: string;
  readonly states: number;
  readonly machineStates: number;
  readonly transitions: number;
  /** Some state can be reached again from itself. */
  readonly loops: boolean;
  /** Distinct ends, blocked ones included, each with a shortest run to it. */
  readonly outcomes: readonly (OutcomeReport & { readonly choices: readonly Choice[] })[];
  /** Where nothing that anybody can do lets these actors finish. */
  readonly stuck: readonly { readonly actors: readonly number[]; readonly choices: readonly Choice[] }[];
  readonly properties: readonly { readonly id: Breach; readonly verdict: "violated"; readonly choices: readonly Choice[] }[];
}

export type ExploreResult = { readonly ok: true; readonly report: ExploreReport } | { readonly ok: false; readonly problem: Problem };

export function exploreReport(scenario: Scenario, wishes: Wishes, gauges: Gauges): ExploreResult {
  const machine = machineFor(scenario);
  const begun = replay(machine, scenario.choices);
  if (begun.diverged !== undefined) return { ok: false, problem: divergence(machine, begun, scenario.choices) };
  const exploring = explore(machine, finalState(begun), wishes, gauges);
  for (;;) {
    const next = exploring.next();
    if (next.done) return { ok: true, report: reportOf(begun, next.value, wishes.properties) };
  }
}

function reportOf(begun: Run, { space, breaches, stopped }: Exploration, properties: readonly Breach[]): ExploreReport {
  const wayTo = (number: number): readonly Choice[] => [...begun.choices, ...space.choicesTo(number)];
  const before = breachesOf(begun);
  const violated = properties.flatMap((id) => {
    const search = breaches.get(id);
    const choices = before.get(id) ?? (search && [...begun.choices, ...search]);
    return choices === undefined ? [] : [{ id, verdict: "violated" as const, choices }];
  });
  const { loops, stuck } = loopsOf(space);
  return {
    verdict: violated.length > 0 ? "violated" : stopped !== undefined ? "stopped" : "holds",
    ...(stopped !== undefined && { stopped }),
    states: space.states,
    machineStates: space.states,
    transitions: space.transitions,
    loops,
    outcomes: shortestFirst(outcomesOf(space).map((number) => ({ ...outcomeReport(space.stateAt(number)), choices: wayTo(number) }))),
    stuck: shortestFirst(stuck.map(({ actors, state }) => ({ actors, choices: wayTo(state) }))),
    properties: violated,
  };
}

/** What the document's own choices violate, each up to the step that does. */
function breachesOf({ steps, choices }: Run): ReadonlyMap<Breach, readonly Choice[]> {
  const found = new Map<Breach, readonly Choice[]>();
  steps.forEach((step, n) => {
    for (const event of step.events) {
      const breach = breachOf(event);
      if (breach !== undefined && !found.has(breach)) found.set(breach, choices.slice(0, n + 1));
    }
  });
  return found;
}

/** By the number of choices, then by their text: the order does not depend on how the search goes. */
function shortestFirst<T extends { readonly choices: readonly Choice[] }>(found: readonly T[]): readonly T[] {
  const texts = new Map(found.map((one) => [one, JSON.stringify(one.choices)]));
  const text = (one: T): string => texts.get(one) ?? "";
  return [...found].sort((a, b) => a.choices.length - b.choices.length || (text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0));
}
