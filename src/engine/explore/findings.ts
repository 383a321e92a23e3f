/** What a space shows once it has been searched: how runs end, who gets nowhere, what failed and why, what was asked. */
import type { MachineState } from "../machine/state.ts";
import type { Choice } from "../scenario/scenario.ts";
import { ACTORS } from "./automata/automata.ts";
import { easiestWay, failingSteps } from "./easiest.ts";
import { outcomesOf } from "./ends.ts";
import { type Explanation, explain } from "./explain.ts";
import type { Exploration, Failure, Wishes } from "./explore.ts";
import { closedOf, componentsOf } from "./graph/components.ts";
import type { Pass } from "./graph/graph.ts";
import { interleavingsOf } from "./graph/interleavings.ts";
import { spinnersOf } from "./graph/spinners.ts";
import { machineGraphOf } from "./machineGraph.ts";
import { onlyReads } from "./properties/contracts.ts";
import { callOf, isIn } from "./properties/places.ts";
import type { PropertyId } from "./properties/property.ts";
import { answerTo } from "./questions/answer.ts";
import type { Question } from "./questions/question.ts";
import type { Search } from "./search.ts";

/** `stopped`: nothing failed in what was explored, which is not all. */
export type Verdict = "holds" | "violated" | "stopped";

/** All `choices` are of whole runs, from the very first state, the document's own choices included. What has several comes shortest first. */
export interface Findings {
  readonly verdict: Verdict;
  readonly stopped: Exploration["stopped"];
  readonly states: number;
  readonly machineStates: number;
  readonly transitions: number;
  /** Some machine state can be reached again from itself. */
  readonly loops: boolean;
  /** Undefined if the search was stopped, or left out orders. */
  readonly interleavings: bigint | undefined;
  readonly outcomes: readonly OutcomeFinding[];
  readonly stuck: readonly StuckFinding[];
  /** Who may go round in circles until somebody else makes a step. */
  readonly spinning: readonly { readonly actor: number; readonly choices: readonly Choice[] }[];
  readonly properties: readonly PropertyFinding[];
  readonly questions: readonly QuestionFinding[];
}

export interface OutcomeFinding {
  /** A state that shows it. */
  readonly state: MachineState;
  readonly interleavings: bigint | undefined;
  readonly choices: readonly Choice[];
}

/** From there on, whatever anybody does, these actors never finish. */
export interface StuckFinding {
  readonly actors: readonly number[];
  readonly interleavings: bigint | undefined;
  readonly choices: readonly Choice[];
}

export interface PropertyFinding {
  readonly id: PropertyId;
  readonly verdict: Verdict;
  /** A shortest run to the failure, and what it shows. */
  readonly choices?: readonly Choice[];
  readonly explanation?: Explanation;
  /** The run to a failure that has the fewest context switches; left out where finding it would take too long. */
  readonly easiest?: { readonly switches: number; readonly choices: readonly Choice[] };
}

export interface QuestionFinding {
  readonly question: Question;
  readonly verdict: Verdict;
  /** A shortest run that shows it: a witness of what happens sometimes, a counterexample otherwise. */
  readonly choices?: readonly Choice[];
}

/** Gives way now and then. */
export function* findingsOf(exploration: Exploration, { properties, questions }: Wishes): Pass<Findings> {
  const { space, stopped, machine, reduced, choicesAlong, retryColumns } = exploration;
  const graph = yield* machineGraphOf(space);
  const components = yield* componentsOf(graph);
  const ways = reduced ? undefined : yield* interleavingsOf(graph, components);
  const spinners = yield* spinnersOf(graph, components);
  const choicesTo = (node: number): readonly Choice[] => choicesAlong(space.wayTo(graph.first(node)));
  const closed = (yield* closedOf(components)).map((node) => ({ node, ...standing(exploration.space, graph.first(node)) }));

  const caught = closed.find(({ reader }) => reader !== undefined);
  const failures: readonly Failure[] =
    caught?.reader === undefined
      ? exploration.failures
      : [...exploration.failures, { property: "reader-progress", entry: caught.reader, choices: choicesTo(caught.node) }];
  const isFailing = failingSteps(exploration);
  const found: PropertyFinding[] = [];
  for (const id of properties) {
    const failure = failures.find(({ property }) => property === id);
    if (failure === undefined) {
      found.push({ id, verdict: stopped === undefined ? "holds" : "stopped" });
      continue;
    }
    const easiest = reduced
      ? undefined
      : id === "reader-progress"
        ? yield* easiestWay(graph, (_, edge) => components.of[graph.target(edge)] === components.of[caught?.node ?? -1])
        : yield* easiestWay(space, isFailing(id));
    found.push({
      id,
      verdict: "violated",
      choices: failure.choices,
      explanation: explain(machine, failure),
      ...(easiest && { easiest: { switches: easiest.switches, choices: choicesAlong(easiest.way) } }),
    });
  }
  const answers: QuestionFinding[] = [];
  for (const question of questions) {
    const { verdict, way } = yield* answerTo(question, space, retryColumns);
    answers.push({ question, verdict, ...(way && { choices: choicesAlong(way) }) });
  }

  const outcomes: OutcomeFinding[] = [];
  for (const { ends, state } of yield* outcomesOf(space, graph)) {
    const interleavings = ways && ends.reduce((sum, node) => sum + (ways.endingAt.get(node) ?? 0n), 0n);
    outcomes.push({ state, interleavings, choices: choicesTo(ends[0] ?? 0) });
    yield;
  }

  const isViolated = [...found, ...answers].some(({ verdict }) => verdict === "violated");
  return {
    verdict: isViolated ? "violated" : stopped === undefined ? "holds" : "stopped",
    stopped,
    states: space.states,
    machineStates: graph.states,
    transitions: space.transitions,
    loops: components.loop.includes(1),
    interleavings: ways?.total,
    outcomes: shortestFirst(outcomes),
    stuck: shortestFirst(
      closed
        .filter(({ actors }) => actors.length > 0)
        .map(({ actors, node }) => ({ actors, interleavings: ways?.endingAt.get(node), choices: choicesTo(node) })),
    ),
    spinning: [...spinners].map(([actor, node]) => ({ actor, choices: choicesTo(node) })),
    properties: found,
    questions: answers,
  };
}

interface Standing {
  /** Who has not finished. */
  readonly actors: readonly number[];
  /** The entry that a lockless reader is caught in while no writer is inside a call. */
  readonly reader: number | undefined;
}

/** @param state in a component that nothing leaves: it is the same all over it */
export function standing(space: Search, state: number): Standing {
  const { automata, width } = space.product;
  const row = new Int32Array(width);
  space.row(state, row);
  const inCalls = automata.kernels.flatMap((kernel, actor) => {
    const at = kernel?.node(row[ACTORS + actor] as number);
    const call = at?.inCall ? callOf(automata.scenario, actor, at) : undefined;
    return at !== undefined && call !== undefined ? [{ at, call }] : [];
  });
  const reading = inCalls.find(({ at, call }) => call.fn === "ptep_get_lockless" || isIn(at, "contpte_ptep_get_lockless"));
  const isWritten = inCalls.some(({ call }) => !onlyReads(call));
  return { actors: automata.unfinished(row), reader: isWritten ? undefined : reading?.call.index };
}

/** By the number of choices, then by their text: the order does not depend on how the search goes. */
function shortestFirst<T extends { readonly choices: readonly Choice[] }>(found: readonly T[]): readonly T[] {
  const texts = new Map(found.map((one) => [one, JSON.stringify(one.choices)]));
  const text = (one: T): string => texts.get(one) ?? "";
  return [...found].sort((a, b) => a.choices.length - b.choices.length || (text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0));
}
