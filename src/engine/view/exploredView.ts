/** An exploration's findings as the explorer panel shows them. */
import type { Findings } from "../explore/findings.ts";
import { type CountedOutcome, reportOf } from "../explore/report.ts";
import { asPte, hex } from "../hardware/descriptor.ts";
import { GRANULES } from "../hardware/granule.ts";
import type { MachineState } from "../machine/state.ts";
import type { Explored, OutcomeView } from "../protocol.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { wordView } from "./snapshot.ts";
import { returnText } from "./words.ts";

/** @param seconds from the question to the answer */
export function exploredView(scenario: Scenario, findings: Findings, seconds: number): Explored {
  const report = reportOf({ scenario }, findings);
  const ends = findings.outcomes.map(({ state }) => state);
  return {
    ...report,
    seconds,
    outcomes: outcomeViews(scenario, report.outcomes, ends),
    words: wordsOf(scenario, ends),
  };
}

/** @param ends the states that show them */
export const outcomeViews = (
  scenario: Scenario,
  outcomes: readonly CountedOutcome[],
  ends: readonly MachineState[],
): readonly OutcomeView[] => outcomes.map((outcome, n) => ({ ...outcome, told: told(scenario, ends[n]) }));

/** What everybody got, a word that is no pte as a number or a frame. */
const told = (scenario: Scenario, state: MachineState | undefined): OutcomeView["told"] =>
  (state?.actors ?? []).map((own, actor) => {
    const spec = scenario.actors[actor];
    if (own.kind === "mmu" || spec?.kind !== "kernel") return own.kind === "mmu" ? own.results : [];
    return own.returns.flatMap((value, call) => (value === undefined ? [] : [returnText(spec.calls[call]?.fn ?? "", value)]));
  });

/** Every word of these states, decoded. */
export function wordsOf({ granule }: Scenario, states: readonly MachineState[]): Explored["words"] {
  const words = new Set<bigint>();
  for (const { table, actors } of states) {
    for (const pte of table.words()) words.add(pte);
    for (const actor of actors) if (actor.kind === "kernel") for (const value of actor.returns) if (value !== undefined) words.add(value);
  }
  return Object.fromEntries([...words].map((word) => [hex(word), wordView(GRANULES[granule], asPte(word))]));
}
