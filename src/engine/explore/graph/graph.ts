/**
 * A searched space as the passes over it see it: nodes and edges, all of them numbers.
 * A space has millions of nodes and is as deep, so a pass keeps its notes in flat
 * arrays, does not recurse, and gives way now and then.
 */

export interface Graph {
  /** Nodes are 0, the start, to `states - 1`, in breadth-first order. */
  readonly states: number;
  /** The nodes from here on have no edges yet. */
  readonly expanded: number;
  /** Those of node n are the edges from `edges(n)` up to `edges(n + 1)`. */
  edges(node: number): number;
  target(edge: number): number;
  /** Who takes the step. */
  actor(edge: number): number;
}

/** Work that gives way now and then, so that a worker can answer in between. */
export type Pass<T> = Generator<undefined, T, unknown>;

/** Nodes or edges looked at between two times of giving way: a few milliseconds. */
export const SLICE = 1 << 14;

/** Work that gives way now and then, done at once. */
export function resultOf<P, T>(work: Generator<P, T>, onProgress: (progress: P) => void = () => undefined): T {
  for (;;) {
    const next = work.next();
    if (next.done) return next.value;
    onProgress(next.value);
  }
}

/** Actors are the numbers below this one; those that take no step at all may be missing. */
export function* actorsOf(graph: Graph): Pass<number> {
  const edges = graph.edges(graph.states);
  let actors = 0;
  for (let edge = 0; edge < edges; edge++) {
    if (edge % SLICE === SLICE - 1) yield;
    actors = Math.max(actors, graph.actor(edge) + 1);
  }
  return actors;
}

/** The node that an edge leaves. */
export function sourceOf(graph: Graph, edge: number): number {
  let [low, high] = [0, graph.states];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (graph.edges(middle) <= edge) low = middle;
    else high = middle;
  }
  return low;
}

/** A step of a way: who makes it, and which of those that this actor could make. */
export interface Turn {
  readonly actor: number;
  readonly nth: number;
}

export const turnOf = (graph: Graph, edge: number): Turn => turnFrom(graph, sourceOf(graph, edge), edge);

/** @param node that the edge leaves */
export function turnFrom(graph: Pick<Graph, "edges" | "actor">, node: number, edge: number): Turn {
  const actor = graph.actor(edge);
  let nth = 0;
  for (let before = graph.edges(node); before < edge; before++) if (graph.actor(before) === actor) nth++;
  return { actor, nth };
}

/** What a flat array has at a position that must be there. */
export function at(numbers: Int32Array, position: number): number {
  const value = numbers[position];
  if (value === undefined) throw new RangeError(`position ${position} is outside a list of ${numbers.length}`);
  return value;
}
