/**
 * Every interleaving: a plain breadth-first search over machine states. States, not
 * paths; exact, so nothing is left out and nothing is merged that could differ later.
 * Numbers are given in the order of arrival, so the queue is the numbers themselves
 * and the first way found to a state is a shortest one.
 */
import type { Machine } from "../machine/machine.ts";
import type { MachineState } from "../machine/state.ts";
import type { Step } from "../machine/step.ts";
import { type Choice, choiceKey } from "../scenario/scenario.ts";
import { interned } from "./interned.ts";
import { Ints } from "./ints.ts";
import { createStates } from "./states.ts";

export interface Progress {
  readonly states: number;
  readonly transitions: number;
  /** States found whose steps have not been made. */
  readonly frontier: number;
}

/** Sees every step of the search once. @param from the number of the state before it */
export type Watch = (step: Step, from: number, before: MachineState, after: MachineState) => void;

/** What has been found so far. States are numbered from 0, the start, in breadth-first order. */
export interface Space {
  readonly machine: Machine;
  /** Distinct states. */
  readonly states: number;
  /** Steps between them. */
  readonly transitions: number;
  /** The states before this number have all their steps in the space, the others none. */
  readonly expanded: number;
  stateAt(number: number): MachineState;
  /** A shortest list of choices from the start. */
  choicesTo(number: number): readonly Choice[];
  /** Where the transitions of a state begin: those of state n are `edges(n)` up to `edges(n + 1)`. */
  edges(number: number): number;
  /** The state that a transition leads to. */
  target(edge: number): number;
}

export interface Search extends Space {
  /**
   * Searches on from wherever it stands, and yields now and then. Ends when everything
   * has been found, or `most` states.
   */
  run(): Generator<Progress, void>;
}

/** Steps between two reports of progress: a few milliseconds. */
const STEPS_PER_REPORT = 500;

export function createSearch(
  machine: Machine,
  start: MachineState,
  most = Number.POSITIVE_INFINITY,
  watch: Watch = () => undefined,
): Search {
  const states = createStates(machine.scenario.actors.length);
  const parents = new Ints();
  const taken = new Ints();
  const choices = interned<Choice>(choiceKey);
  const offsets = new Ints();
  const targets = new Ints();
  let expanded = 0;

  states.start(start);
  parents.push(-1);
  taken.push(-1);
  offsets.push(0);

  /** @returns false if there was no room for all it leads to: then it counts as not expanded */
  function expand(from: number): boolean {
    const before = states.at(from);
    for (const transition of machine.steps(before)) {
      watch(transition.step, from, before, transition.state);
      const to = states.after(from, before, transition, most);
      if (to === undefined) {
        targets.cutTo(offsets.at(from));
        return false;
      }
      targets.push(to);
      if (to === parents.length) {
        parents.push(from);
        taken.push(choices.numberOf(transition.step.choice));
      }
    }
    offsets.push(targets.length);
    return true;
  }

  return {
    machine,
    get states() {
      return states.size;
    },
    get transitions() {
      return targets.length;
    },
    get expanded() {
      return expanded;
    },
    stateAt: (number) => states.at(number),
    choicesTo(number) {
      const way: Choice[] = [];
      for (let at = number; parents.at(at) >= 0; at = parents.at(at)) way.push(choices.at(taken.at(at)));
      return way.reverse();
    },
    edges: (number) => offsets.at(Math.min(number, expanded)),
    target: (edge) => targets.at(edge),
    *run() {
      let reported = targets.length;
      while (expanded < states.size) {
        if (!expand(expanded)) return;
        expanded += 1;
        if (targets.length - reported < STEPS_PER_REPORT) continue;
        reported = targets.length;
        yield { states: states.size, transitions: targets.length, frontier: states.size - expanded };
      }
    },
  };
}
