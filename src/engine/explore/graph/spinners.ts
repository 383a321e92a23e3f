/** Who may go round in circles: actors that step inside a loop which another actor's step can leave. */
import { type Components, type Graph, NODES_PER_YIELD } from "./components.ts";

export interface Spinner {
  readonly actor: number;
  /** The first node where it may begin to. */
  readonly node: number;
}

export interface ActedGraph extends Graph {
  /** Who takes the step. */
  actor(edge: number): number;
}

/** Yields now and then. */
export function* spinnersOf(graph: ActedGraph, { of, closed }: Components): Generator<void, readonly Spinner[]> {
  const ends = new Set(closed.map((node) => of[node]));
  const found = new Map<number, number>();
  for (let node = 0; node < graph.expanded; node++) {
    if (node % NODES_PER_YIELD === 0) yield;
    if (ends.has(of[node])) continue;
    for (let edge = graph.edges(node); edge < graph.edges(node + 1); edge++) {
      if (of[graph.target(edge)] === of[node] && !found.has(graph.actor(edge))) found.set(graph.actor(edge), node);
    }
  }
  return [...found].map(([actor, node]) => ({ actor, node })).sort((a, b) => a.actor - b.actor);
}
