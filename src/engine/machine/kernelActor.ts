/** A CPU running kernel code as an actor: calls one after another, one operation a step. */

import type { Operation, RoutineProvider, Suspended } from "../routine.ts";
import { type Choice, choiceKey, type KernelActorSpec } from "../scenario/scenario.ts";
import { noOffer, type Offer, offered } from "./offer.ts";
import { perform } from "./operations.ts";
import { resolveCall } from "./resolveCall.ts";
import { type KernelState, type MachineState, withActor } from "./state.ts";
import type { Event, KernelStep, Transition } from "./step.ts";
import { landAll, landOne } from "./tlbi.ts";

/** The actor before its first step. */
export const initialKernel = (provider: RoutineProvider, spec: KernelActorSpec): KernelState => enterCall(provider, spec, [], []);

export function kernelOffer(state: MachineState, actor: number, own: KernelState): Offer {
  if (own.at === undefined) return noOffer("finished");
  const landings = state.pending.flatMap((flush, k) => (flush.actor === actor ? [{ actor, land: k }] : []));
  const waits = own.at.state.next.op === "lock" && state.ptl !== undefined;
  if (waits && landings.length === 0) return noOffer("waits-for-lock", state.ptl);
  return offered(waits ? landings : [actor, ...landings]);
}

export function stepKernel(
  provider: RoutineProvider,
  state: MachineState,
  actor: number,
  spec: KernelActorSpec,
  own: KernelState,
  choice: Choice,
): Transition | undefined {
  const key = choiceKey(choice);
  const isOffered = kernelOffer(state, actor, own).choices.some((c) => choiceKey(c) === key);
  return isOffered ? take(provider, state, actor, spec, own, choice) : undefined;
}

/** Every step on offer, made. */
export const kernelSteps = (
  provider: RoutineProvider,
  state: MachineState,
  actor: number,
  spec: KernelActorSpec,
  own: KernelState,
): readonly Transition[] =>
  kernelOffer(state, actor, own).choices.flatMap((choice) => take(provider, state, actor, spec, own, choice) ?? []);

/** @param choice on offer */
function take(
  provider: RoutineProvider,
  state: MachineState,
  actor: number,
  spec: KernelActorSpec,
  own: KernelState,
  choice: Choice,
): Transition | undefined {
  if (typeof choice !== "number" && "land" in choice) return landOne(state, choice);
  if (own.at === undefined) return undefined;
  const { routine, state: at } = own.at;
  const { state: performed, effect, observed, events: seen, ended } = perform(state, actor, at.next);
  const { own: after, events } = ended ? cutOff(own, at.next) : goOn(provider, spec, own, observed);
  const moved = withActor(performed, actor, after);
  return {
    // Nothing of its own is left pending once an actor is through with its calls.
    state: after.at === undefined ? landAll(moved, actor) : moved,
    step: {
      kind: "kernel",
      actor,
      choice,
      fn: routine.fn,
      call: own.call,
      ...whereabouts(at),
      effect,
      events: [...seen, ...events],
    },
  };
}

/** What becomes of an actor once its next operation has been performed, and what happens on the way. */
export interface Advance {
  readonly own: KernelState;
  readonly events: readonly Event[];
}

/** It ran off the table and goes no further. */
export function cutOff(own: KernelState, operation: Operation): Advance {
  const events: Event[] = "index" in operation ? [{ kind: "scope", index: operation.index, violation: true }] : [];
  return { own: { ...own, at: undefined }, events };
}

/** @param observed what the operation gave */
export function goOn(provider: RoutineProvider, spec: KernelActorSpec, own: KernelState, observed: bigint): Advance {
  if (own.at === undefined) throw new Error("an actor that has nothing to do goes on");
  const { routine, state } = own.at;
  const next = routine.advance(state, observed);
  if (next.status === "suspended") return { own: { ...own, at: { routine, state: next } }, events: next.notes };
  const events: Event[] = [...next.notes, { kind: "return", call: own.call, fn: routine.fn, value: next.value }];
  return { own: enterCall(provider, spec, [...own.returns, next.value], events), events };
}

/** Enters the next call; one that accesses nothing is over at once, and then the one after it is next. */
function enterCall(provider: RoutineProvider, spec: KernelActorSpec, returned: KernelState["returns"], events: Event[]): KernelState {
  const returns = [...returned];
  for (const call of spec.calls.slice(returns.length)) {
    const routine = provider.routine(resolveCall(provider, call, returns));
    const { start } = routine;
    events.push(...start.notes);
    if (start.status === "suspended") return { kind: "kernel", call: returns.length, at: { routine, state: start }, returns };
    events.push({ kind: "return", call: returns.length, fn: call.fn, value: start.value });
    returns.push(start.value);
  }
  return { kind: "kernel", call: returns.length, at: undefined, returns };
}

/** Where a suspended routine stands. */
export function whereabouts({ stack }: Suspended): Pick<KernelStep, "label" | "source"> {
  const standing = stack.findLast(({ source }) => !source?.helper) ?? stack.at(-1);
  if (standing === undefined) throw new Error("a suspended routine stands nowhere");
  const source = stack.flatMap((frame) => frame.source ?? []).reverse();
  return { label: standing.label, ...(source.length > 0 && { source }) };
}
