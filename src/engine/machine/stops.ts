/** Where a run is to stop: data, and whether a step comes to it. */

import type { MachineState } from "./state.ts";
import { changeOf, type Event, type Transition } from "./step.ts";

export type Stop =
  /** An entry changes: this one or any, by the hand of software or hardware or either. */
  | { readonly on: "change"; readonly index?: number; readonly by?: "hardware" | "software" }
  /** This actor or any returns from a call, starts again, faults, …; for an MMU an access done is a call returned. */
  | { readonly on: "event"; readonly event: Event["kind"]; readonly actor?: number }
  /** An actor comes to stand at this line: of the innermost function each time anew, of a caller when it is entered. */
  | { readonly on: "line"; readonly label: string };

export function meets(stop: Stop, before: MachineState, { step, state }: Transition): boolean {
  switch (stop.on) {
    case "change": {
      const change = changeOf(step);
      const by = step.kind === "mmu" ? "hardware" : "software";
      return change !== undefined && (stop.index ?? change.index) === change.index && (stop.by ?? by) === by;
    }
    case "event":
      if ((stop.actor ?? step.actor) !== step.actor) return false;
      return step.events.some(({ kind }) => kind === stop.event) || (stop.event === "return" && step.kind === "mmu");
    case "line": {
      const [old, now] = [labelsOf(before, step.actor), labelsOf(state, step.actor)];
      return now.at(-1) === stop.label || (now.includes(stop.label) && !old.includes(stop.label));
    }
    default:
      return stop satisfies never;
  }
}

/** The call stack of a kernel actor, innermost last. */
function labelsOf({ actors }: MachineState, actor: number): readonly string[] {
  const own = actors[actor];
  return own?.kind === "kernel" && own.at !== undefined ? own.at.state.stack.map(({ label }) => label) : [];
}

/** @returns the first of them that this transition comes to */
export const stopMet = (stops: readonly Stop[], before: MachineState, transition: Transition): Stop | undefined =>
  stops.find((stop) => meets(stop, before, transition));
