/**
 * A run: the states that a list of choices leads through. The list is all there is to
 * a run; stepping back, replaying and sharing only read it differently.
 */
import { type Choice, sharedChoices } from "../scenario/scenario.ts";
import type { Machine } from "./machine.ts";
import type { MachineState } from "./state.ts";
import type { Step } from "./step.ts";

export interface Run {
  readonly choices: readonly Choice[];
  /** `states[n]` stands before step n; one more than there are steps. */
  readonly states: readonly MachineState[];
  readonly steps: readonly Step[];
  /** The first choice that was not on offer: the run ends before it. */
  readonly diverged?: number;
}

export const beginRun = (machine: Machine): Run => ({ choices: [], states: [machine.initial], steps: [] });

/** Follows `choices` from the start; keeps what an earlier run shares with them. */
export function replay(machine: Machine, choices: readonly Choice[], earlier: Run = beginRun(machine)): Run {
  const shared = sharedChoices(earlier.choices, choices);
  const states = earlier.states.slice(0, shared + 1);
  const steps = earlier.steps.slice(0, shared);
  for (const choice of choices.slice(shared)) {
    const transition = machine.step(lastOf(states), choice);
    if (transition === undefined) return { choices: choices.slice(0, steps.length), states, steps, diverged: steps.length };
    states.push(transition.state);
    steps.push(transition.step);
  }
  return { choices, states, steps };
}

export const finalState = (run: Run): MachineState => lastOf(run.states);

function lastOf(states: readonly MachineState[]): MachineState {
  const last = states.at(-1);
  if (last === undefined) throw new Error("a run has at least its first state");
  return last;
}
