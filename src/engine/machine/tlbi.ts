/** TLB invalidations as they reach every CPU: at once, or when a `_nosync` one lands. */
import { invalidate } from "../hardware/tlb.ts";
import type { MachineState, PendingFlush } from "./state.ts";
import type { Transition } from "./step.ts";

/** Drops the range from every TLB. */
export function broadcast(state: MachineState, index: number, nr: number): MachineState {
  const actors = state.actors.map((actor) => (actor.kind === "mmu" ? { ...actor, tlb: invalidate(actor.tlb, index, nr) } : actor));
  return { ...state, actors };
}

/** Everything this actor still has pending lands: its DSB waits for all of it. */
export function landAll(state: MachineState, actor: number): MachineState {
  const own = (flush: PendingFlush): boolean => flush.actor === actor;
  if (!state.pending.some(own)) return state;
  const landed = state.pending.filter(own).reduce((s, flush) => broadcast(s, flush.index, flush.nr), state);
  return { ...landed, pending: state.pending.filter((flush) => !own(flush)) };
}

export function landOne(state: MachineState, choice: { readonly actor: number; readonly land: number }): Transition | undefined {
  const flush = state.pending[choice.land];
  if (flush === undefined) return undefined;
  const { actor, index, nr } = flush;
  const landed = broadcast(state, index, nr);
  const pending = state.pending.filter((other) => other !== flush);
  return { state: { ...landed, pending }, step: { kind: "land", actor, choice, index, nr, events: [] } };
}
