/**
 * Strongly connected components: nodes that can reach each other. A component with an
 * edge inside is a loop: a reader that tries again while the writer pauses.
 *
 * Tarjan's algorithm without recursion, with Pearce's one number per node ("A
 * space-efficient algorithm for finding strongly connected components", 2016).
 */
import type { Bits } from "./bits.ts";
import { at, type Graph, type Pass, SLICE } from "./graph.ts";

export interface Components {
  readonly count: number;
  /**
   * The component of each node, `OUTSIDE` if it is not in the subgraph. An edge between
   * two components leads to the smaller number: downwards is a topological order.
   */
  readonly of: Int32Array;
  /** The first node of each component. */
  readonly first: Int32Array;
  /** Per component, 1 if it has an edge inside: its nodes can reach themselves. */
  readonly loop: Uint8Array;
  /**
   * Per component, 1 if an edge leaves it, be it out of the subgraph. Also if a node is
   * not expanded: something may leave it yet.
   */
  readonly open: Uint8Array;
}

export const OUTSIDE = -1;

/** @param within the nodes of the subgraph; all of them if it is not given */
export function* componentsOf(graph: Graph, within?: Bits): Pass<Components> {
  const { of, count } = yield* numbersOf(graph, within);
  const first = new Int32Array(count).fill(-1);
  const loop = new Uint8Array(count);
  const open = new Uint8Array(count);
  for (let node = 0; node < graph.states; node++) {
    if (node % SLICE === SLICE - 1) yield;
    const own = at(of, node);
    if (own === OUTSIDE) continue;
    if (first[own] === -1) first[own] = node;
    if (node >= graph.expanded) open[own] = 1;
    for (let edge = graph.edges(node); edge < graph.edges(node + 1); edge++) {
      if (of[graph.target(edge)] === own) loop[own] = 1;
      else open[own] = 1;
    }
  }
  return { count, of, first, loop, open };
}

/** The first node of each component that nothing leaves, ascending. */
export function* closedOf({ of, first, open }: Components): Pass<readonly number[]> {
  const closed: number[] = [];
  for (let node = 0; node < of.length; node++) {
    if (node % SLICE === SLICE - 1) yield;
    const own = at(of, node);
    if (open[own] === 0 && first[own] === node) closed.push(node);
  }
  return closed;
}

/** For each node the next one of its component, -1 after the last. */
export function* membersOf({ states }: Graph, { count, of }: Pick<Components, "count" | "of">): Pass<Int32Array> {
  const next = new Int32Array(states);
  const heads = new Int32Array(count).fill(-1);
  for (let node = states - 1; node >= 0; node--) {
    if (node % SLICE === 0) yield;
    const own = at(of, node);
    next[node] = at(heads, own);
    heads[own] = node;
  }
  return next;
}

function* numbersOf(graph: Graph, within: Bits | undefined): Pass<Pick<Components, "of" | "count">> {
  const { states } = graph;
  /**
   * 0 for a node not visited. For one whose component is not complete, the place in the
   * order of visits of the earliest node it is known to reach. For the others `states`
   * less the component's number, which is above all places still in use.
   */
  const rank = new Int32Array(states);
  for (let node = 0; within !== undefined && node < states; node++) {
    if (node % SLICE === SLICE - 1) yield;
    if (!within.has(node)) rank[node] = states - OUTSIDE;
  }
  /** 1 for a node that reaches an earlier one, so that its component began before it. */
  const lowered = new Uint8Array(states);
  const nextEdge = new Int32Array(states);
  /**
   * Two stacks, for a node is on one of them at most: from the left the way to the node
   * being visited, from the right the visited nodes whose component is not complete.
   */
  const stacks = new Int32Array(states);
  let [depth, waiting, place, count, work] = [0, states, 1, 0, 0];

  for (let root = 0; root < states; root++) {
    let entered = rank[root] === 0 ? root : undefined;
    while (entered !== undefined || depth > 0) {
      if (++work % SLICE === 0) yield;
      if (entered !== undefined) {
        rank[entered] = place++;
        nextEdge[entered] = graph.edges(entered);
        stacks[depth++] = entered;
        entered = undefined;
      }
      const node = at(stacks, depth - 1);
      const edge = at(nextEdge, node);
      if (edge < graph.edges(node + 1)) {
        const target = graph.target(edge);
        const reached = at(rank, target);
        if (reached === 0) {
          // Visited first; then this edge is looked at again.
          entered = target;
          continue;
        }
        nextEdge[node] = edge + 1;
        if (reached < at(rank, node)) {
          rank[node] = reached;
          lowered[node] = 1;
        }
        continue;
      }
      depth -= 1;
      if (lowered[node] === 1) {
        stacks[--waiting] = node;
        continue;
      }
      const began = at(rank, node);
      while (waiting < states && at(rank, at(stacks, waiting)) >= began) {
        rank[at(stacks, waiting++)] = states - count;
        place -= 1;
      }
      rank[node] = states - count;
      place -= 1;
      count += 1;
    }
  }
  for (let node = 0; node < states; node++) {
    if (node % SLICE === SLICE - 1) yield;
    rank[node] = states - at(rank, node);
  }
  return { of: rank, count };
}
