/** What is said of a run, and of the best one so far. */
import { type Challenge, type Choice, sharedChoices } from "../../engine/protocol.ts";
import type { RefereeState } from "./referee.ts";

type Met = NonNullable<NonNullable<RefereeState["judged"]>["met"]>;

/** The run that was judged last may be another by now: what it has met counts as far as both are the same. */
export function metBy(judged: RefereeState["judged"], choices: readonly Choice[]): Met | undefined {
  const met = judged?.met;
  return judged !== undefined && met !== undefined && sharedChoices(judged.run, choices) >= met.at ? met : undefined;
}

export const switchesText = (switches: number): string => (switches === 1 ? "1 switch" : `${switches} switches`);

export const parText = ({ par }: Pick<Challenge, "par">, switches: number): string => (switches <= par ? "at par" : `par is ${par}`);
