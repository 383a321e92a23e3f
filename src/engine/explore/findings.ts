/** What a space shows once it has been searched: how runs end, who gets nowhere, what failed and why. */

import { createMachine } from "../machine/machine.ts";
import type { MachineState } from "../machine/state.ts";
import type { Choice } from "../scenario/scenario.ts";
import { ACTORS } from "./automata/automata.ts";
import { outcomesOf } from "./ends.ts";
import { type Explanation, explain } from "./explain.ts";
import type { Exploration, Failure, Subject, Wishes } from "./explore.ts";
import { componentsOf } from "./graph/components.ts";
import { interleavingsOf } from "./graph/interleavings.ts";
import { spinnersOf } from "./graph/spinners.ts";
import { type MachineGraph, machineGraphOf } from "./machineGraph.ts";
import { onlyReads } from "./properties/contracts.ts";
import { callOf, isIn } from "./properties/places.ts";
import type { PropertyId } from "./properties/property.ts";

export type Verdict = "holds" | "violated" | "stopped";

/** All `choices` are of whole runs, from the very first state, the document's own choices included. */
export interface Findings {
  readonly verdict: Verdict;
  readonly stopped: Exploration["stopped"];
  readonly states: number;
  readonly machineStates: number;
  readonly transitions: number;
  /** Some machine state can be reached again from itself. */
  readonly loops: boolean;
  /** Undefined if the search was stopped. */
  readonly interleavings: bigint | undefined;
  readonly outcomes: readonly OutcomeFinding[];
  readonly stuck: readonly StuckFinding[];
  /** Who may go round in circles until somebody else makes a step. */
  readonly spinning: readonly { readonly actor: number; readonly choices: readonly Choice[] }[];
  readonly properties: readonly PropertyFinding[];
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
  /** `stopped`: nothing failed in what was explored, which is not all. */
  readonly verdict: Verdict;
  readonly entry?: number;
  /** A shortest run to the failure. */
  readonly choices?: readonly Choice[];
  readonly explanation?: Explanation;
}

/** Yields now and then. */
export function* findingsOf(subject: Subject, exploration: Exploration, { properties }: Wishes): Generator<void, Findings> {
  const { space, stopped, choicesTo } = exploration;
  const graph = yield* machineGraphOf(space);
  const components = yield* componentsOf(graph);
  const ways = yield* interleavingsOf(graph, components);
  const wayTo = (node: number): readonly Choice[] => choicesTo(graph.first(node));
  const closed = closedOf(exploration, graph, components.closed);

  const stuckReader = closed.find(({ reader }) => reader !== undefined);
  const failures: readonly Failure[] =
    stuckReader?.reader !== undefined && properties.includes("reader-progress")
      ? [...exploration.failures, { property: "reader-progress", entry: stuckReader.reader, choices: wayTo(stuckReader.node) }]
      : exploration.failures;
  const machine = createMachine(subject.scenario, subject.provider);
  const found = properties.map((id): PropertyFinding => {
    const failure = failures.find(({ property }) => property === id);
    if (failure === undefined) return { id, verdict: stopped === undefined ? "holds" : "stopped" };
    const { entry, choices } = failure;
    return { id, verdict: "violated", ...(entry >= 0 && { entry }), choices, explanation: explain(machine, failure) };
  });
  yield;

  return {
    verdict: found.some(({ verdict }) => verdict === "violated") ? "violated" : stopped === undefined ? "holds" : "stopped",
    stopped,
    states: space.states,
    machineStates: graph.states,
    transitions: space.transitions,
    loops: components.loops,
    interleavings: ways?.total,
    outcomes: outcomesOf(space, graph).map(({ ends, state }) => ({
      state,
      interleavings: ways && ends.reduce((sum, node) => sum + (ways.endingIn.get(node) ?? 0n), 0n),
      choices: wayTo(ends[0] ?? 0),
    })),
    stuck: closed
      .filter(({ actors }) => actors.length > 0)
      .map(({ actors, node }) => ({ actors, interleavings: ways?.endingIn.get(node), choices: wayTo(node) })),
    spinning: (yield* spinnersOf(graph, components)).map(({ actor, node }) => ({ actor, choices: wayTo(node) })),
    properties: found,
  };
}

interface Closed {
  readonly node: number;
  /** Who has not finished, all over the component. */
  readonly actors: readonly number[];
  /** The entry that a lockless reader is caught in while no writer is inside a call. */
  readonly reader: number | undefined;
}

/** The components that nothing leaves. */
function closedOf({ space }: Exploration, graph: MachineGraph, nodes: readonly number[]): readonly Closed[] {
  const { automata, width } = space.product;
  const row = new Int32Array(width);
  return nodes.map((node) => {
    space.row(graph.first(node), row);
    const inCalls = automata.kernels.flatMap((kernel, actor) => {
      const at = kernel?.node(row[ACTORS + actor] as number);
      const call = at?.inCall ? callOf(automata.scenario, actor, at) : undefined;
      return at !== undefined && call !== undefined ? [{ at, call }] : [];
    });
    const reading = inCalls.find(({ at, call }) => call.fn === "ptep_get_lockless" || isIn(at, "contpte_ptep_get_lockless"));
    const isWritten = inCalls.some(({ call }) => !onlyReads(call));
    return { node, actors: automata.unfinished(row), reader: isWritten ? undefined : reading?.call.index };
  });
}
