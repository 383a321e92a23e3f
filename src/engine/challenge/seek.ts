/** Every way to a goal: the scenario explored whole from its start, the steps that meet the goal, and from where one is still to come. */
import { failingSteps } from "../explore/easiest.ts";
import { type Clock, type Exploration, explore, type Subject } from "../explore/explore.ts";
import { Bits } from "../explore/graph/bits.ts";
import { FAILS, prospectsOf } from "../explore/graph/prospects.ts";
import { testOfStates } from "../explore/questions/answer.ts";
import type { Question } from "../explore/questions/question.ts";
import type { Progress } from "../explore/search.ts";
import { conditionIn } from "../story/place.ts";
import type { Goal } from "./challenge.ts";

export interface Sought {
  readonly exploration: Exploration;
  /** Does this step meet the goal? */
  meets(edge: number): boolean;
  /** Can it be met after this state? */
  isWithinReach(state: number): boolean;
}

/** More than any challenge needs. */
const MOST_STATES = 1_000_000;

/** Looking for steps on which a property fails makes every step once more: a few milliseconds. */
const STATES_PER_SLICE = 200;

/**
 * Yields the progress of the search, and nothing while what it found is read.
 * @returns `stopped` if the person stopped it, or the scenario is too large
 * @throws Untellable if the goal is no condition about this scenario
 */
export function* seek(
  subject: Subject,
  goal: Goal,
  clock: Clock,
  stop: () => boolean = () => false,
  compiled?: WebAssembly.Module,
): Generator<Progress | undefined, Sought | "stopped"> {
  const questions = "so" in goal ? [questionOf(subject, goal.so)] : [];
  const properties = "so" in goal ? [] : [goal.violates];
  const wishes = { bounds: { states: MOST_STATES }, properties, questions, first: false, compiled };
  const exploration = yield* explore(subject, wishes, clock, stop);
  if (exploration.stopped !== undefined) return "stopped";
  const { space } = exploration;
  const isMetBy = stepTest(exploration, goal, questions);
  const met = new Bits(space.transitions);
  for (let state = 0; state < space.expanded; state++) {
    if (state % STATES_PER_SLICE === STATES_PER_SLICE - 1) yield undefined;
    for (let edge = space.edges(state); edge < space.edges(state + 1); edge++) if (isMetBy(state, edge)) met.add(edge);
  }
  const meets = (edge: number): boolean => met.has(edge);
  const prospects = yield* prospectsOf(space, { edge: meets, end: () => false });
  return { exploration, meets, isWithinReach: (state) => ((prospects[state] ?? 0) & FAILS) !== 0 };
}

function stepTest(exploration: Exploration, goal: Goal, [question]: readonly Question[]): (state: number, edge: number) => boolean {
  if (!("so" in goal)) return failingSteps(exploration)(goal.violates);
  const { space, retryColumns } = exploration;
  const holds = question && testOfStates(space, question.condition, retryColumns);
  return (_, edge) => holds?.(space.target(edge)) ?? false;
}

const questionOf = ({ scenario }: Subject, text: string): Question => ({
  text,
  mode: "sometimes",
  atEnd: false,
  condition: conditionIn(scenario, text),
});
