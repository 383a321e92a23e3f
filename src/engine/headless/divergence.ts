/** Says where a recorded run left the road, and what was on offer there. */
import type { Machine } from "../machine/machine.ts";
import { finalState, type Run } from "../machine/run.ts";
import type { Problem } from "../scenario/parse.ts";
import { actorOf, type Choice } from "../scenario/scenario.ts";

/** @param run ended before its first choice that was not on offer */
export function divergence(machine: Machine, run: Run, recorded: readonly Choice[]): Problem {
  const at = run.steps.length;
  const choice = recorded[at];
  const { choices } = choice === undefined ? { choices: [] } : machine.offer(finalState(run), actorOf(choice));
  const all = machine.choices(finalState(run));
  const offer = choices.length > 0 ? choices : all;
  const some = offer.slice(0, 8).map((c) => JSON.stringify(c)).join(", ");
  const expected = offer.length === 0 ? "no further choice: the run has ended" : `a choice that is on offer at step ${at}: ${some}${offer.length > 8 ? ", …" : ""}`;
  return { path: `choices.${at}`, expected };
}
