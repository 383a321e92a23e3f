/**
 * The exact number of interleavings: of paths from the start to where a run ends. A
 * reader that tries again while the writer pauses makes a loop, so every component is one
 * place, whichever way a run goes round in it; each step between two components counts.
 * A run ends in a component that nothing leaves.
 */
import { type Components, type Graph, NODES_PER_YIELD } from "./components.ts";

export interface Interleavings {
  readonly total: bigint;
  /** Of the first node of each component that nothing leaves: how many end there. */
  readonly endingIn: ReadonlyMap<number, bigint>;
}

/** Yields now and then. @returns undefined if the graph is not complete: there is no number then */
export function* interleavingsOf(graph: Graph, { count, of, closed }: Components): Generator<void, Interleavings | undefined> {
  if (graph.expanded < graph.states) return undefined;
  const { first, next } = membersOf(graph, of, count);
  // An edge leads from a higher component to a lower one, so going down every number is complete when it is used.
  const ways: (bigint | undefined)[] = new Array(count);
  const endings = new Set(closed.map((node) => of[node]));
  ways[of[0] as number] = 1n;
  let seen = 0;
  for (let component = count - 1; component >= 0; component--) {
    const way = ways[component];
    if (way === undefined || endings.has(component)) continue;
    for (let node = first[component] as number; node >= 0; node = next[node] as number) {
      for (let edge = graph.edges(node); edge < graph.edges(node + 1); edge++) {
        const to = of[graph.target(edge)] as number;
        if (to !== component) ways[to] = (ways[to] ?? 0n) + way;
      }
      if (++seen % NODES_PER_YIELD === 0) yield;
    }
    // Numbers have hundreds of digits: those that are done with are let go.
    ways[component] = undefined;
  }
  const endingIn = new Map(closed.map((node) => [node, ways[of[node] as number] ?? 0n]));
  return { total: [...endingIn.values()].reduce((sum, way) => sum + way, 0n), endingIn };
}

/** The nodes of each component as a chain that ends in -1. */
function membersOf(graph: Graph, of: Int32Array, count: number): { readonly first: Int32Array; readonly next: Int32Array } {
  const first = new Int32Array(count).fill(-1);
  const next = new Int32Array(graph.states);
  for (let node = graph.states - 1; node >= 0; node--) {
    const component = of[node] as number;
    next[node] = first[component] as number;
    first[component] = node;
  }
  return { first, next };
}
