/**
 * Where two runs of the same schedule part. A schedule is a list of choices: who moves,
 * and which of its freedoms hardware uses. Both machines make them one by one; the runs
 * part at the first step that does something else on one side, or that one side does not
 * offer. What a step does is its access or flush, what hardware answered, and what a call
 * returned by it; not the place in the code where it stands, which other code may name
 * otherwise, nor that the code begins again, which the next access shows.
 */
import type { Pass } from "../explore/graph/graph.ts";
import type { Machine } from "../machine/machine.ts";
import type { Offer } from "../machine/offer.ts";
import type { MachineState } from "../machine/state.ts";
import type { Event, Step, Transition } from "../machine/step.ts";
import { actorOf, type Choice } from "../scenario/scenario.ts";
import { ofSides, type Sides } from "./sides.ts";

export interface Parting {
  /** The schedule up to the step where the runs part, that one included. */
  readonly choices: readonly Choice[];
  readonly sides: Sides<Turnout>;
}

/** What became of the choice on one side. */
export type Turnout =
  | { readonly kind: "step"; readonly step: Step }
  /** What its actor could do instead. */
  | { readonly kind: "not-offered"; readonly offer: Offer };

/** Steps made between two times of giving way. */
const SLICE = 256;

/** @returns undefined if both runs go the same way to the end of the schedule */
export function* partingOf(machines: Sides<Machine>, schedule: readonly Choice[]): Pass<Parting | undefined> {
  let states = ofSides(machines, ({ initial }) => initial);
  for (const [n, choice] of schedule.entries()) {
    if (n % SLICE === SLICE - 1) yield;
    const { before, after } = ofSides(machines, (machine, side) => machine.step(states[side], choice));
    if (before !== undefined && after !== undefined && deedOf(before.step) === deedOf(after.step)) {
      states = { before: before.state, after: after.state };
      continue;
    }
    const made = { before, after };
    const sides = ofSides(machines, (machine, side) => turnout(machine, states[side], choice, made[side]));
    return { choices: schedule.slice(0, n + 1), sides };
  }
  return undefined;
}

function turnout(machine: Machine, state: MachineState, choice: Choice, made: Transition | undefined): Turnout {
  if (made !== undefined) return { kind: "step", step: made.step };
  return { kind: "not-offered", offer: machine.offer(state, actorOf(choice)) };
}

/** Steps that do the same have equal texts. */
function deedOf(step: Step): string {
  const { events, ...deed } = step.kind === "kernel" ? { effect: step.effect, events: step.events } : step;
  return JSON.stringify([deed, events.flatMap(seen)], (_, value: unknown) => (typeof value === "bigint" ? value.toString(16) : value));
}

/** What is to be seen of an event from outside the code. */
function seen(event: Event): readonly unknown[] {
  if (event.kind === "retry") return [];
  return event.kind === "warning" ? [event.kind] : [event];
}
