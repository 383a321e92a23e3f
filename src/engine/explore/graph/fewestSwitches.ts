/**
 * The run that a person reads: of all runs to a step that is wanted one with the fewest
 * context switches, and of those a shortest. A switch is a step by another actor than
 * the step before; the first step is free.
 *
 * A search over pairs of a node and who went last, by switches and then by length. A
 * step makes a run one longer, and adds one switch or none. So the pairs after equally
 * many switches wait in two queues, each in order of length by itself: those where
 * another actor took over, and those where the same one went on.
 */
import { Ints } from "../states/ints.ts";
import { Bits } from "./bits.ts";
import { actorsOf, type Graph, type Pass, SLICE } from "./graph.ts";

export type FewestSwitches =
  | { readonly kind: "run"; readonly edges: readonly number[]; readonly switches: number }
  /** No step that the start reaches is wanted. */
  | { readonly kind: "none" }
  /** There are more pairs to visit than allowed. */
  | { readonly kind: "limit" };

const NOBODY = -1;

/** Where a run goes on: from a node, after a step of this actor. */
export interface Standing {
  readonly node: number;
  readonly last: number;
}

const START: Standing = { node: 0, last: NOBODY };

/**
 * @param wanted is this a step to end with? It must answer the same whenever it is asked
 * @param most pairs of a node and who went last that may be visited. They are what takes memory: up to 40 bytes each,
 * and as much for those found but not visited yet, besides three bits for every pair there could be
 * @param from where the run goes on; from the start if it is left out
 */
export function* fewestSwitches(
  graph: Graph,
  wanted: (node: number, edge: number) => boolean,
  most = Number.POSITIVE_INFINITY,
  from = START,
): Pass<FewestSwitches> {
  const actors = yield* actorsOf(graph);
  /** Stands for the pair after any step that is wanted: nobody needs to look further. */
  const goal = graph.states * actors;
  const settled = new Bits(goal + 1);
  /** Pairs that have been in such a queue: later they would only come by a longer way. */
  const [onceWentOn, onceTakenOver] = [new Bits(goal + 1), new Bits(goal + 1)];
  const ways = createWays();
  const wentOn = new Ints();
  let takenOver = new Ints();
  let takenOverNext = new Ints();
  let [visited, work] = [0, 0];

  function follow(way: number, node: number, last: number): void {
    for (let edge = graph.edges(node); edge < graph.edges(node + 1); edge++) {
      const actor = graph.actor(edge);
      const goesOn = actor === last || last === NOBODY;
      const [queue, once] = goesOn ? [wentOn, onceWentOn] : [takenOverNext, onceTakenOver];
      const pair = wanted(node, edge) ? goal : graph.target(edge) * actors + actor;
      if (settled.has(pair) || once.has(pair)) continue;
      once.add(pair);
      queue.push(ways.longer(way, edge, pair));
    }
  }

  follow(NO_STEP, from.node, from.last);
  for (let switches = 0; wentOn.length + takenOver.length + takenOverNext.length > 0; switches++) {
    let [on, over] = [0, 0];
    while (on < wentOn.length || over < takenOver.length) {
      if (++work % SLICE === 0) yield;
      const goOn = over === takenOver.length || (on < wentOn.length && ways.lengthOf(wentOn.at(on)) <= ways.lengthOf(takenOver.at(over)));
      const way = goOn ? wentOn.at(on++) : takenOver.at(over++);
      const pair = ways.pairAfter(way);
      if (pair === goal) return { kind: "run", edges: ways.edgesOf(way), switches };
      if (settled.has(pair)) continue;
      if (visited++ === most) return { kind: "limit" };
      settled.add(pair);
      follow(way, Math.floor(pair / actors), pair % actors);
    }
    wentOn.cutTo(0);
    takenOver.cutTo(0);
    [takenOver, takenOverNext] = [takenOverNext, takenOver];
  }
  return { kind: "none" };
}

/** A way is another one and an edge after it. */
interface Ways {
  longer(way: number, edge: number, pair: number): number;
  lengthOf(way: number): number;
  pairAfter(way: number): number;
  edgesOf(way: number): readonly number[];
}

const NO_STEP = -1;

function createWays(): Ways {
  const [befores, edges, pairs, lengths] = [new Ints(), new Ints(), new Ints(), new Ints()];
  return {
    longer(way, edge, pair) {
      befores.push(way);
      edges.push(edge);
      pairs.push(pair);
      lengths.push(way === NO_STEP ? 1 : lengths.at(way) + 1);
      return lengths.length - 1;
    },
    lengthOf: (way) => lengths.at(way),
    pairAfter: (way) => pairs.at(way),
    edgesOf(way) {
      const taken: number[] = [];
      for (let at = way; at !== NO_STEP; at = befores.at(at)) taken.push(edges.at(at));
      return taken.reverse();
    },
  };
}
