/** What each operation of the step alphabet does to shared state, and what the routine observes of it. */
import type { EntryIndex, Pte } from "../hardware/descriptor.ts";
import type { Operation } from "../routine.ts";
import type { MachineState } from "./state.ts";
import type { Effect, Event } from "./step.ts";
import { broadcast, landAll } from "./tlbi.ts";

export interface Performed {
  readonly state: MachineState;
  readonly effect: Effect;
  readonly observed: bigint;
  readonly events: readonly Event[];
  /** The actor ran off the table and goes no further. */
  readonly ended: boolean;
}

const UNLOCK_WARNING = "the page-table lock was released by an actor that does not hold it";

/** @throws Error if a lock is taken while it is held: the machine offers no such step */
export function perform(state: MachineState, actor: number, operation: Operation): Performed {
  switch (operation.op) {
    case "read":
    case "write":
    case "xchg":
    case "cmpxchg":
      return touch(state, operation);
    case "tlbi": {
      const { index, nr, sync, local } = operation;
      // The MMUs are those of other CPUs, and other CPUs' flushes are not waited for.
      if (local) return done(state, operation);
      const next = sync ? broadcast(landAll(state, actor), index, nr) : { ...state, pending: [...state.pending, { actor, index, nr }] };
      return done(next, operation);
    }
    case "lock":
      if (state.ptl !== undefined) throw new Error("a held lock was taken");
      return done({ ...state, ptl: actor }, { op: "lock" });
    case "unlock":
      return state.ptl === actor
        ? done({ ...state, ptl: undefined }, { op: "unlock" })
        : done(state, { op: "unlock" }, [{ kind: "warning", label: "ptl_unlock.release", message: UNLOCK_WARNING }]);
    case "ref":
      return done(state, operation);
    default:
      return operation satisfies never;
  }
}

/** An operation that observes nothing. */
const done = (state: MachineState, effect: Effect, events: readonly Event[] = []): Performed => ({
  state,
  effect,
  observed: 0n,
  events,
  ended: false,
});

/** An access to one entry. */
export type Touch = Extract<Operation, { op: "read" | "write" | "xchg" | "cmpxchg" }>;

export const isTouch = (operation: Operation): operation is Touch => "index" in operation && operation.op !== "tlbi";

function touch(state: MachineState, operation: Touch): Performed {
  const { index } = operation;
  if (index < 0 || index >= state.table.length) {
    return { state, effect: { op: "overrun", index }, observed: 0n, events: [], ended: true };
  }
  const old = state.table.read(index);
  const table = operation.op === "read" ? state.table : state.table.write(index, leftBy(operation, old));
  return {
    state: { ...state, table },
    effect: effectOf(operation, index, old, table.read(index)),
    observed: old,
    events: [],
    ended: false,
  };
}

/** What the operation leaves in the entry that it finds holding `old`. */
export function leftBy(operation: Touch, old: Pte): Pte {
  if (operation.op === "read") return old;
  return operation.op === "cmpxchg" && operation.expected !== old ? old : operation.value;
}

function effectOf(operation: Touch, index: EntryIndex, old: Pte, now: Pte): Effect {
  return operation.op === "read" ? { op: "read", index, old } : { op: operation.op, index, old, new: now };
}
