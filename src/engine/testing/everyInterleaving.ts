/** The search as tests of small cases want it: all of it at once, and the states in which it ends. */
import { createSearch } from "../explore/search.ts";
import type { Machine } from "../machine/machine.ts";
import type { MachineState } from "../machine/state.ts";
import type { Step } from "../machine/step.ts";

export interface Explored {
  readonly states: number;
  /** States in which nobody can move. */
  readonly ends: readonly MachineState[];
}

const MOST_STATES = 200_000;

/** @param onStep sees every transition once */
export function everyInterleaving(
  machine: Machine,
  onStep: (step: Step, before: MachineState, after: MachineState) => void = () => undefined,
): Explored {
  const search = createSearch(machine, machine.initial, MOST_STATES, (step, _, before, after) => onStep(step, before, after));
  for (const _ of search.run());
  if (search.expanded < search.states) throw new Error(`more than ${MOST_STATES} states: not a small case`);
  const numbers = Array.from({ length: search.states }, (_, number) => number);
  return {
    states: search.states,
    ends: numbers.filter((number) => search.edges(number) === search.edges(number + 1)).map((number) => search.stateAt(number)),
  };
}

/** The distinct outcomes, sorted, as `describe` puts them. */
export const outcomes = (ends: readonly MachineState[], describe: (end: MachineState) => string): readonly string[] =>
  [...new Set(ends.map(describe))].sort();
