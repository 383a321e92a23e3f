/** Says whether a run meets a goal, by replaying it: at which step first, and with how many context switches. */
import { explore } from "../explore/explore.ts";
import { resultOf } from "../explore/graph/graph.ts";
import { subjectOf } from "../lab.ts";
import type { Machine } from "../machine/machine.ts";
import type { MachineState } from "../machine/state.ts";
import type { Choice } from "../scenario/scenario.ts";
import { switchesIn } from "../scenario/switches.ts";
import { conditionIn, isSoAt, withRetriesOf } from "../story/place.ts";
import type { Goal } from "./challenge.ts";

export interface Judged {
  /** Missing if the run does not meet the goal. */
  readonly met?: {
    /** After so many choices it is met for the first time. */
    readonly at: number;
    readonly switches: number;
  };
}

/**
 * @param choices all of them on offer, one after another
 * @throws Untellable if the goal is no condition about this scenario
 */
export function judge(machine: Machine, goal: Goal, choices: readonly Choice[]): Judged {
  const at = "so" in goal ? firstSo(machine, goal.so, choices) : firstFailing(machine, goal.violates, choices);
  return at === undefined ? {} : { met: { at, switches: switchesIn(choices.slice(0, at)) } };
}

function firstSo(machine: Machine, text: string, choices: readonly Choice[]): number | undefined {
  const condition = conditionIn(machine.scenario, text);
  let state: MachineState = machine.initial;
  let retries: readonly number[] = machine.scenario.actors.map(() => 0);
  if (isSoAt(condition, { state, retries })) return 0;
  for (const [n, choice] of choices.entries()) {
    const next = machine.step(state, choice);
    if (next === undefined) return undefined;
    state = next.state;
    retries = withRetriesOf(retries, next.step);
    if (isSoAt(condition, { state, retries })) return n + 1;
  }
  return undefined;
}

/** The watches look on along the run, and at the one state that it leads to, where it may be that nobody can move. */
function firstFailing({ scenario }: Machine, property: Extract<Goal, { violates: unknown }>["violates"], choices: readonly Choice[]) {
  const wishes = { bounds: { states: 1 }, properties: [property], questions: [], first: false };
  const { failures } = resultOf(explore(subjectOf({ ...scenario, choices }), wishes, () => 0));
  const failure = failures.find(({ choices: to }) => to.length <= choices.length);
  return failure?.choices.length;
}
