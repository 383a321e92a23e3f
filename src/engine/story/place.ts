/** Where the telling of an act has come to, and what is so there. */
import { parseCondition } from "../explore/questions/grammar.ts";
import { type Condition, holds, refusalSentence } from "../explore/questions/question.ts";
import type { MachineState } from "../machine/state.ts";
import type { Step } from "../machine/step.ts";
import type { Choice, Scenario } from "../scenario/scenario.ts";
import { Untellable } from "./untellable.ts";

export interface Place {
  readonly choices: readonly Choice[];
  readonly state: MachineState;
  /** How often each actor's routines have begun again on the way: conditions may ask, and no state remembers it. */
  readonly retries: readonly number[];
}

export const withRetriesOf = (retries: readonly number[], { actor, events }: Step): readonly number[] => {
  const again = events.filter(({ kind }) => kind === "retry").length;
  return again === 0 ? retries : retries.with(actor, (retries[actor] ?? 0) + again);
};

export const isSoAt = (condition: Condition, { state, retries }: Pick<Place, "state" | "retries">): boolean =>
  holds(condition, state, retries);

/** @throws Untellable if the text is no condition about this scenario */
export function conditionIn(scenario: Scenario, text: string): Condition {
  const parsed = parseCondition(scenario, text);
  if (!parsed.ok) throw new Untellable(`in "${text}", ${refusalSentence(text, parsed)}`);
  return parsed.condition;
}
