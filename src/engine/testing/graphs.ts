/** Small graphs as tests draw them, and what is plain to see in them. */
import fc from "fast-check";
import type { Graph } from "../explore/graph/graph.ts";

/** The steps of a node: where each leads, and who takes it. A bare number is a step of actor 0. */
export type Steps = readonly (number | readonly [to: number, actor: number])[];

export interface Drawn extends Graph {
  readonly steps: readonly Steps[];
}

/** @param steps of each node; of the nodes after them nothing is known yet */
export function graphOf(steps: readonly Steps[], states = steps.length): Drawn {
  const all = steps.flat();
  const offsets = [0];
  for (const list of steps) offsets.push((offsets.at(-1) ?? 0) + list.length);
  const edgeAt = (edge: number): readonly [number, number] => {
    const step = all[edge];
    if (step === undefined) throw new RangeError(`there is no edge ${edge}`);
    return typeof step === "number" ? [step, 0] : step;
  };
  return {
    steps,
    states,
    expanded: steps.length,
    edges: (node) => offsets[Math.min(node, steps.length)] ?? -1,
    target: (edge) => edgeAt(edge)[0],
    actor: (edge) => edgeAt(edge)[1],
  };
}

export interface Edge {
  readonly edge: number;
  readonly from: number;
  readonly to: number;
  readonly actor: number;
}

export const nodesOf = (graph: Graph): readonly number[] => Array.from({ length: graph.states }, (_, node) => node);

export const edgesFrom = (graph: Graph, from: number): readonly Edge[] =>
  Array.from({ length: graph.edges(from + 1) - graph.edges(from) }, (_, n) => {
    const edge = graph.edges(from) + n;
    return { edge, from, to: graph.target(edge), actor: graph.actor(edge) };
  });

export const edgesOf = (graph: Graph): readonly Edge[] => nodesOf(graph).flatMap((node) => edgesFrom(graph, node));

/** The nodes that at least one edge, and only edges that may be used, lead to. */
export function reachable(graph: Graph, from: number, may: (edge: Edge) => boolean = () => true): ReadonlySet<number> {
  const found = new Set<number>();
  const visit = (node: number): void => {
    for (const edge of edgesFrom(graph, node)) {
      if (!may(edge) || found.has(edge.to)) continue;
      found.add(edge.to);
      visit(edge.to);
    }
  };
  visit(from);
  return found;
}

/** For each node the first one of those it can reach and that can reach it. */
export function firstsOf(graph: Graph, may: (edge: Edge) => boolean = () => true): readonly number[] {
  const reach = nodesOf(graph).map((node) => reachable(graph, node, may));
  const together = (a: number, b: number): boolean => a === b || (reach[a]?.has(b) === true && reach[b]?.has(a) === true);
  return nodesOf(graph).map((node) => nodesOf(graph).find((other) => together(other, node)) ?? node);
}

interface Kind {
  readonly nodes: number;
  readonly actors: number;
  /** Every edge leads to a later node. */
  readonly loopFree?: boolean;
  /** The last nodes may be without their edges. */
  readonly incomplete?: boolean;
}

export const aGraph = ({ nodes, actors, loopFree = false, incomplete = false }: Kind): fc.Arbitrary<Drawn> =>
  fc.tuple(fc.integer({ min: 1, max: nodes }), fc.nat(incomplete ? 3 : 0)).chain(([known, unknown]) => {
    const states = known + unknown;
    const stepsOf = (node: number): fc.Arbitrary<Steps> => {
      const first = loopFree ? node + 1 : 0;
      if (first >= states) return fc.constant([]);
      return fc.array(fc.tuple(fc.integer({ min: first, max: states - 1 }), fc.nat(actors - 1)), { maxLength: 3 });
    };
    return fc.tuple(...Array.from({ length: known }, (_, node) => stepsOf(node))).map((steps) => graphOf(steps, states));
  });

/** A node per position in a table of rows and columns; actor 0 goes to the next column, actor 1 to the next row. */
export function gridOf(rows: number, columns: number): Graph {
  const states = rows * columns;
  const offsets = new Int32Array(states + 1);
  const targets: number[] = [];
  const actors: number[] = [];
  for (let node = 0; node < states; node++) {
    if (node % columns < columns - 1) {
      targets.push(node + 1);
      actors.push(0);
    }
    if (node + columns < states) {
      targets.push(node + columns);
      actors.push(1);
    }
    offsets[node + 1] = targets.length;
  }
  return {
    states,
    expanded: states,
    edges: (node) => offsets[node] ?? -1,
    target: (edge) => targets[edge] ?? -1,
    actor: (edge) => actors[edge] ?? -1,
  };
}
