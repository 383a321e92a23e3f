/** Says where a recorded run left the road, and what was on offer there. */
import type { Machine } from "../machine/machine.ts";
import { finalState, type Run } from "../machine/run.ts";
import type { Problem } from "../scenario/problem.ts";
import { actorOf, type Choice } from "../scenario/scenario.ts";

/** @param run ended before its first choice that was not on offer */
export function divergence(machine: Machine, run: Run, recorded: readonly Choice[]): Problem {
  const at = run.steps.length;
  const choice = recorded[at];
  const all = machine.choices(finalState(run));
  // The recorded choice may name an actor that this scenario does not have.
  const own = choice === undefined ? [] : all.filter((c) => actorOf(c) === actorOf(choice));
  const offer = own.length > 0 ? own : all;
  const some = offer
    .slice(0, 8)
    .map((c) => JSON.stringify(c))
    .join(", ");
  const expected =
    offer.length === 0 ? "left out: the run has ended" : `one of the choices on offer there: ${some}${offer.length > 8 ? ", …" : ""}`;
  return { path: `choices.${at}`, expected };
}
