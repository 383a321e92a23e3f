/**
 * What the future holds: of every state of a searched space, whether something can still
 * fail from there, whether anything else can happen, and what is not known. Failures are
 * those of the properties looked after: steps, ends, and readers caught in a circle.
 */
import type { MachineState } from "../machine/state.ts";
import { type Choice, choiceKey, sharedChoices } from "../scenario/scenario.ts";
import type { Exploration } from "./explore.ts";
import { standing } from "./findings.ts";
import { Bits } from "./graph/bits.ts";
import type { Pass } from "./graph/graph.ts";
import { FAILS, PASSES, prospectsOf, UNSEEN } from "./graph/prospects.ts";
import type { PropertyId } from "./properties/property.ts";

/**
 * `safe`: nothing can fail any more. `open`: something can fail, and not every run is
 * known to. `doomed`: every run fails from there, or something has failed already.
 * `unknown`: the search did not come to what decides.
 */
export const FUTURES = ["safe", "open", "doomed", "unknown"] as const;
export type Future = (typeof FUTURES)[number];

export interface Futures {
  /** Of a state in which nothing has failed so far. */
  of(state: number): Future;
  /** Does something fail on this step? */
  fails(edge: number): boolean;
  /** Does something fail in this state, in which nobody can move? */
  failsAt(state: number): boolean;
}

/** Every step of these states is made once more to see what fails on it: a few milliseconds. */
const STATES_PER_SLICE = 200;

/**
 * Gives way now and then.
 * @param exploration that left out no orders
 * @param properties that it looked after
 */
export function* futuresOf({ space, failuresAt }: Exploration, properties: readonly PropertyId[]): Pass<Futures> {
  const steps = new Bits(space.transitions);
  const ends = new Bits(space.states);
  for (let state = 0; state < space.expanded && space.failed.length > 0; state++) {
    if (state % STATES_PER_SLICE === STATES_PER_SLICE - 1) yield;
    const [first, after] = [space.edges(state), space.edges(state + 1)];
    for (const { position } of failuresAt(state)) {
      if (first === after) ends.add(state);
      else steps.add(first + position);
    }
  }
  const circles = (state: number): boolean => space.edges(state) < space.edges(state + 1);
  const isCaught = (state: number): boolean => circles(state) && standing(space, state).reader !== undefined;
  const mayBeCaught = properties.includes("reader-progress");
  const prospects = yield* prospectsOf(space, {
    edge: (edge) => steps.has(edge),
    end: (state) => ends.has(state) || (mayBeCaught && isCaught(state)),
  });
  return {
    of: (state) => futureAfter(prospects[state] ?? UNSEEN),
    fails: (edge) => steps.has(edge),
    failsAt: (state) => ends.has(state),
  };
}

function futureAfter(prospects: number): Future {
  const [fails, passes, unseen] = [FAILS, PASSES, UNSEEN].map((bit) => (prospects & bit) !== 0);
  if (!unseen && !fails) return "safe";
  if (!unseen && !passes) return "doomed";
  return fails ? "open" : "unknown";
}

/** Something fails on the document's own choices, before the search begins. */
export const hasFailedBefore = ({ failures, machine }: Exploration): boolean =>
  failures.some(({ choices }) => choices.length <= machine.scenario.choices.length);

/** Where a run stands in the space. */
export interface Standpoint {
  readonly state: number;
  /** Something has failed on the way. */
  readonly failed: boolean;
}

/**
 * Where a run stands before its first choice and after each: one more than there are
 * choices. Undefined before the search begins, and from where it leaves what was searched.
 */
export function* standpointsAlong(
  exploration: Exploration,
  futures: Pick<Futures, "fails">,
  choices: readonly Choice[],
): Pass<(Standpoint | undefined)[]> {
  const { machine, space } = exploration;
  const begin = machine.scenario.choices;
  const standpoints: (Standpoint | undefined)[] = new Array(choices.length + 1).fill(undefined);
  if (sharedChoices(begin, choices) < begin.length) return standpoints;
  let standpoint: Standpoint = { state: 0, failed: hasFailedBefore(exploration) };
  let machineState = machine.initial;
  for (const [n, choice] of choices.entries()) {
    if (n % STATES_PER_SLICE === STATES_PER_SLICE - 1) yield;
    if (n >= begin.length) {
      standpoints[n] = standpoint;
      const { state, failed } = standpoint;
      const edge = space.edges(state) + positionOf(exploration, machineState, choice);
      if (edge >= space.edges(state + 1)) return standpoints;
      standpoint = { state: space.target(edge), failed: failed || futures.fails(edge) };
    }
    const next = machine.step(machineState, choice);
    if (next === undefined) return standpoints;
    machineState = next.state;
  }
  standpoints[choices.length] = standpoint;
  return standpoints;
}

/** Of the step among those of its state, which come in the order of the machine's choices. */
function positionOf({ machine }: Exploration, state: MachineState, choice: Choice): number {
  const position = machine.choices(state).findIndex((offered) => choiceKey(offered) === choiceKey(choice));
  return position < 0 ? Number.POSITIVE_INFINITY : position;
}

/** What the future holds before the first choice of a run and after each. */
export const futuresAlong = (futures: Futures, standpoints: readonly (Standpoint | undefined)[]): readonly Future[] =>
  standpoints.map((standpoint) => {
    if (standpoint === undefined) return "unknown";
    return standpoint.failed ? "doomed" : futures.of(standpoint.state);
  });

/** The position from which on something has failed on the run, if anything has. */
export function failedFrom(standpoints: readonly (Standpoint | undefined)[]): { readonly failedAt?: number } {
  const failedAt = standpoints.findIndex((standpoint) => standpoint?.failed);
  return failedAt < 0 ? {} : { failedAt };
}
