/**
 * How many interleavings there are, exactly. Paths are counted over the components, each
 * contracted to a point, so that a loop does not make them endless; every edge from one
 * component to another counts, parallel ones each. A component that nothing leaves ends
 * an interleaving.
 */
import { type Components, membersOf } from "./components.ts";
import { at, type Graph, type Pass } from "./graph.ts";

export interface Interleavings {
  readonly total: bigint;
  /** Of each component that nothing leaves and the start reaches, by its first node: the interleavings that end there. */
  readonly endingAt: ReadonlyMap<number, bigint>;
}

/** Sums between two times of giving way: the numbers may have hundreds of digits. */
const SUMS = 1 << 14;

/** @returns undefined if the graph is not complete: then there is no number */
export function* interleavingsOf(graph: Graph, components: Components): Pass<Interleavings | undefined> {
  if (graph.expanded < graph.states) return undefined;
  const { count, of, first, open } = components;
  const nextMember = yield* membersOf(graph, components);
  /** Ways to each component from the start: not yet all of them below `from`, and forgotten above it. */
  const ways: (bigint | undefined)[] = new Array(count);
  const endingAt = new Map<number, bigint>();
  let [total, work] = [0n, 0];
  if (graph.states > 0) ways[at(of, 0)] = 1n;
  for (let from = count - 1; from >= 0; from--) {
    if (++work % SUMS === 0) yield;
    const own = ways[from];
    if (own === undefined) continue;
    ways[from] = undefined;
    if (open[from] === 0) {
      endingAt.set(at(first, from), own);
      total += own;
      continue;
    }
    for (let node = at(first, from); node >= 0; node = at(nextMember, node)) {
      for (let edge = graph.edges(node); edge < graph.edges(node + 1); edge++) {
        const to = at(of, graph.target(edge));
        if (to === from) continue;
        ways[to] = (ways[to] ?? 0n) + own;
        if (++work % SUMS === 0) yield;
      }
    }
  }
  return { total, endingAt };
}
