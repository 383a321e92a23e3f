/** What to do next on the way to a goal with the fewest further switches, or that no way leads there any more. */
import { easiestWay } from "../explore/easiest.ts";
import { travel } from "../explore/explore.ts";
import { standpointsAlong } from "../explore/futures.ts";
import type { Pass } from "../explore/graph/graph.ts";
import { replay } from "../machine/run.ts";
import { actorOf, type Choice } from "../scenario/scenario.ts";
import type { Sought } from "./seek.ts";

export type Way =
  | {
      readonly kind: "way";
      /** From where the run stands to the goal: one choice at least. */
      readonly choices: readonly Choice[];
      /** Context switches on it, one to its first actor included. */
      readonly switches: number;
    }
  /** The run has met the goal. */
  | { readonly kind: "met" }
  /** From this position of the run on, 0 the start, the goal cannot be reached; it could from the one before. */
  | { readonly kind: "lost"; readonly since: number };

/** Gives way now and then. @param choices of a run from the start, all of them on offer */
export function* wayFrom({ exploration, meets, isWithinReach }: Sought, choices: readonly Choice[]): Pass<Way> {
  const { machine, space } = exploration;
  const standpoints = yield* standpointsAlong(exploration, { fails: meets }, choices);
  const since = standpoints.findIndex((standpoint) => standpoint !== undefined && !standpoint.failed && !isWithinReach(standpoint.state));
  const here = standpoints[choices.length];
  if (here === undefined) throw new Error("the run leaves a space that was searched whole");
  if (here.failed) return { kind: "met" };
  if (since >= 0) return { kind: "lost", since };
  const last = choices.at(-1);
  const from = last === undefined ? undefined : { node: here.state, last: actorOf(last) };
  const found = yield* easiestWay(space, (_, edge) => meets(edge), from);
  if (found === undefined) throw new Error("a goal within reach has a way to it");
  const { states } = replay(machine, choices);
  return { kind: "way", choices: travel(machine, states.at(-1) ?? machine.initial, found.way).choices, switches: found.switches };
}
