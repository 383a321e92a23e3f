/**
 * A run as a trace in the Informal Trace Format, which tools for TLA+ and Quint read
 * (apalache-mc.org, ADR 015): one state after each step, the step that led there beside it.
 */
import type { TlbEntry } from "../hardware/tlb.ts";
import { machineFor } from "../lab.ts";
import { finish } from "../machine/finish.ts";
import { replay } from "../machine/run.ts";
import type { ActorState, MachineState } from "../machine/state.ts";
import type { Step } from "../machine/step.ts";
import type { RoutineProvider } from "../routine.ts";
import type { Problem } from "../scenario/problem.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { divergence } from "./divergence.ts";
import { stepReport } from "./runReport.ts";

/** Integers of any size are written in one way. */
interface ItfInteger {
  readonly "#bigint": string;
}

/** A sequence is a list, a record an object. */
export type ItfValue = boolean | string | ItfInteger | readonly ItfValue[] | { readonly [field: string]: ItfValue };

export interface ItfTrace {
  readonly "#meta": { readonly format: "ITF"; readonly source: string; readonly description: string };
  readonly params: readonly string[];
  readonly vars: readonly string[];
  readonly states: readonly Readonly<Record<string, ItfValue | { readonly index: number }>>[];
}

export type ItfResult = { readonly ok: true; readonly trace: ItfTrace } | { readonly ok: false; readonly problem: Problem };

/** A run longer than this would not fit into memory as a trace. */
const MOST_STEPS = 20_000;

const VARS = ["table", "ptl", "pending", "actors", "step"];

/** The document's choices; without any, each actor in turn as far as it gets alone, as `lab run` does. */
export function itfTrace(scenario: Scenario, provider?: RoutineProvider): ItfResult {
  const machine = machineFor(scenario, provider);
  const choices = scenario.choices.length > 0 ? scenario.choices : resultOf(finish(machine, machine.initial, MOST_STEPS)).choices;
  const run = replay(machine, choices);
  if (run.diverged !== undefined) return { ok: false, problem: divergence(machine, run, choices) };
  const description = scenario.title ?? "a run of contpte-lab";
  return {
    ok: true,
    trace: {
      "#meta": { format: "ITF", source: "contpte-lab", description },
      params: [],
      vars: VARS,
      states: run.states.map((state, index) => ({ "#meta": { index }, ...stateOf(state), step: stepOf(run.steps[index - 1]) })),
    },
  };
}

function resultOf<T>(work: Generator<unknown, T>): T {
  for (;;) {
    const next = work.next();
    if (next.done) return next.value;
  }
}

const integer = (value: number | bigint): ItfInteger => ({ "#bigint": `${value}` });

const stateOf = ({ table, ptl, pending, actors }: MachineState): Readonly<Record<string, ItfValue>> => ({
  table: table.words().map(integer),
  // Of the lock the actor that holds it, -1 for nobody.
  ptl: integer(ptl ?? -1),
  pending: pending.map(({ actor, index, nr }) => ({ actor: integer(actor), index: integer(index), nr: integer(nr) })),
  actors: actors.map(actorOf),
});

function actorOf(own: ActorState): ItfValue {
  if (own.kind === "mmu") return { kind: "mmu", next: integer(own.next), tlb: own.tlb.map(entryOf), results: own.results };
  return {
    kind: "kernel",
    call: integer(own.call),
    at: own.at?.state.stack.at(-1)?.label ?? "",
    // Nothing is returned as an empty sequence, a value as one of length 1.
    returns: own.returns.map((value) => (value === undefined ? [] : [integer(value)])),
  };
}

const entryOf = ({ start, count, pfn, writable, user }: TlbEntry): ItfValue => ({
  start: integer(start),
  count: integer(count),
  pfn: integer(pfn),
  writable,
  user,
});

/** What `lab run` says of the step; nothing of the first state. */
const stepOf = (step: Step | undefined): ItfValue => (step === undefined ? {} : itfOf(stepReport(step)));

function itfOf(value: unknown): ItfValue {
  if (typeof value === "number") return integer(value);
  if (typeof value === "boolean" || typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(itfOf);
  return Object.fromEntries(Object.entries(value as object).map(([name, own]) => [name, itfOf(own)]));
}
