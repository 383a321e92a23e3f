/**
 * Who may spin while another pauses: an actor that takes a step inside a loop that
 * something leaves. Not a violation, because scheduling is fair. On a graph that is not
 * complete, what leaves the loop may yet turn out to lead back into it.
 */
import type { Components } from "./components.ts";
import { at, type Graph, type Pass, SLICE } from "./graph.ts";

/** @returns for each such actor, in order of their numbers, the first node of the first such loop */
export function* spinnersOf(graph: Graph, { of, first, loop, open }: Components): Pass<ReadonlyMap<number, number>> {
  const spinners = new Map<number, number>();
  for (let node = 0; node < graph.states; node++) {
    if (node % SLICE === SLICE - 1) yield;
    const own = at(of, node);
    if (loop[own] === 0 || open[own] === 0) continue;
    const begin = at(first, own);
    for (let edge = graph.edges(node); edge < graph.edges(node + 1); edge++) {
      const actor = graph.actor(edge);
      if (of[graph.target(edge)] === own && begin < (spinners.get(actor) ?? graph.states)) spinners.set(actor, begin);
    }
  }
  return new Map([...spinners].sort(([a], [b]) => a - b));
}
