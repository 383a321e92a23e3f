/**
 * A run as a trace that other tools read: the Informal Trace Format, ITF, of the Apalache
 * model checker (its ADR 015). One state more than there are steps; every state says in
 * full what `docs/headless.md` lists, and by which step it came about.
 */
import { hex } from "../hardware/descriptor.ts";
import type { Tlb } from "../hardware/tlb.ts";
import { whereabouts } from "../machine/kernelActor.ts";
import type { Machine } from "../machine/machine.ts";
import type { ActorState, MachineState } from "../machine/state.ts";
import type { Step } from "../machine/step.ts";
import type { Choice, Scenario } from "../scenario/scenario.ts";
import { stepText } from "../view/words.ts";
import { kernelText } from "./kernelText.ts";
import { stepReport } from "./runReport.ts";

/** An expression of the format. Integers are all in the one way that holds any. */
export type ItfValue =
  | string
  | boolean
  | { readonly "#bigint": string }
  | { readonly "#map": readonly (readonly [ItfValue, ItfValue])[] }
  | { readonly "#set": readonly ItfValue[] }
  | readonly ItfValue[]
  | { readonly [field: string]: ItfValue };

export interface ItfTrace {
  readonly "#meta": Readonly<Record<string, string>>;
  readonly params: readonly string[];
  readonly vars: readonly ItfVar[];
  readonly states: readonly ItfState[];
}

const VARS = ["action", "table", "lock", "pending", "actors", "tlbs"] as const;
type ItfVar = (typeof VARS)[number];

export type ItfState = { readonly "#meta": { readonly index: number } } & { readonly [V in ItfVar]: ItfValue };

export const ITF_FORMAT = "https://apalache-mc.org/docs/adr/015adr-trace.html";

/** Every state tells the whole table: more words than this would not fit into memory. */
const MOST_WORDS = 2_000_000;

export type ItfResult =
  | { readonly ok: true; readonly trace: ItfTrace }
  /** It would be too long: the run may have so many steps. */
  | { readonly ok: false; readonly mostSteps: number };

/**
 * Gives way after every step.
 * @param choices of the whole run, which the machine must offer
 * @param code what the machine runs
 */
export function* itfTrace(
  machine: Machine,
  choices: readonly Choice[],
  code = `Linux ${kernelText(machine.scenario)}`,
): Generator<undefined, ItfResult> {
  const { scenario } = machine;
  const mostSteps = Math.floor(MOST_WORDS / scenario.ptes.length) - 1;
  if (choices.length > mostSteps) return { ok: false, mostSteps };
  let state = machine.initial;
  const states: ItfState[] = [itfState(scenario, state, 0, INIT)];
  for (const [n, choice] of choices.entries()) {
    const next = machine.step(state, choice);
    if (next === undefined) throw new Error(`choice ${n} is not on offer`);
    state = next.state;
    states.push(itfState(scenario, state, n + 1, actionOf(scenario, next.step)));
    yield;
  }
  return { ok: true, trace: { "#meta": metaOf(scenario, code), params: [], vars: VARS, states } };
}

const metaOf = (scenario: Scenario, code: string): ItfTrace["#meta"] => ({
  format: "ITF",
  "format-description": ITF_FORMAT,
  source: scenario.title,
  description: `A run of contpte-lab on ${code}, sequentially consistent memory`,
});

const int = (value: number | bigint): ItfValue => ({ "#bigint": value.toString() });

/** By number, from 0. */
const mapOf = <T>(values: readonly T[], value: (one: T, n: number) => ItfValue): ItfValue => ({
  "#map": values.map((one, n) => [int(n), value(one, n)] as const),
});

const NOBODY = -1;

/** What stands where no step has been made. */
const INIT: ItfValue = { actor: int(NOBODY), op: "init", label: "", text: "", choice: "" };

function actionOf({ actors }: Scenario, step: Step): ItfValue {
  const { actor, choice } = step;
  return {
    actor: int(actor),
    op: `${stepReport(step)["op"]}`,
    label: step.kind === "kernel" ? step.label : "",
    text: stepText(actors[actor]?.name ?? "", step),
    choice: JSON.stringify(choice),
  };
}

const itfState = (scenario: Scenario, state: MachineState, index: number, action: ItfValue): ItfState => ({
  "#meta": { index },
  action,
  table: mapOf(state.table.words(), int),
  lock: int(state.ptl ?? NOBODY),
  pending: state.pending.map((flush) => ({ actor: int(flush.actor), index: int(flush.index), nr: int(flush.nr) })),
  actors: mapOf(state.actors, (own, actor) => ({ name: scenario.actors[actor]?.name ?? "", ...standing(own) })),
  tlbs: { "#map": state.actors.flatMap((own, actor) => (own.kind === "mmu" ? [[int(actor), tlbOf(own.tlb)] as const] : [])) },
});

/** Records of one map have the same fields: an access of an MMU counts as a call. */
function standing(own: ActorState): { readonly [field: string]: ItfValue } {
  if (own.kind === "mmu") return { call: int(own.next), label: "", returns: own.results };
  const label = own.at === undefined ? "" : whereabouts(own.at.state).label;
  return { call: int(own.call), label, returns: own.returns.map((value) => (value === undefined ? "" : hex(value))) };
}

const tlbOf = (tlb: Tlb): ItfValue => ({
  "#set": tlb.map(({ start, count, pfn, writable, user }) => ({ start: int(start), count: int(count), pfn: int(pfn), writable, user })),
});
