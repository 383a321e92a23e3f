/**
 * Strongly connected components (Tarjan 1972): states that can reach each other. A
 * component of several states, or of one with a step to itself, is a loop: a reader
 * that tries again while the writer pauses. Without recursion, because a space is
 * millions of states deep.
 */

/** A space as the passes over it see it; the nodes from `expanded` on have no edges yet. */
export interface Graph {
  /** Nodes are 0 to `states - 1`. */
  readonly states: number;
  readonly expanded: number;
  /** Those of node n are the edges from `edges(n)` up to `edges(n + 1)`. */
  edges(node: number): number;
  target(edge: number): number;
}

export interface Components {
  readonly count: number;
  /** Of each node the component it is in; an edge between two leads from a higher number to a lower one. */
  readonly of: Int32Array;
  /** Some node can reach itself. */
  readonly loops: boolean;
  /**
   * The first node of each component that nothing leaves, ascending. A component
   * with a node that is not expanded is none of them: something may leave it yet.
   */
  readonly closed: readonly number[];
}

/** Nodes visited between two yields. */
export const NODES_PER_YIELD = 50_000;

const UNSEEN = -1;

/** Yields now and then. */
export function* componentsOf(graph: Graph): Generator<void, Components> {
  const { states } = graph;
  const order = new Int32Array(states).fill(UNSEEN);
  /** The earliest node on the stack that a node is known to reach. */
  const low = new Int32Array(states);
  const component = new Int32Array(states).fill(UNSEEN);
  const nextEdge = new Int32Array(states);
  /** Nodes visited whose component is not complete; and the way from the root to the node being visited. */
  const stack = new Int32Array(states);
  const path = new Int32Array(states);
  let [visited, stacked, depth, count, seen] = [0, 0, 0, 0, 0];

  const enter = (node: number): void => {
    order[node] = low[node] = visited++;
    nextEdge[node] = graph.edges(node);
    stack[stacked++] = node;
    path[depth++] = node;
  };
  const lower = (node: number, to: number): void => {
    if (to < at(low, node)) low[node] = to;
  };
  const leave = (node: number): void => {
    depth -= 1;
    if (depth > 0) lower(at(path, depth - 1), at(low, node));
    if (low[node] !== order[node]) return;
    let member: number;
    do {
      member = at(stack, --stacked);
      component[member] = count;
    } while (member !== node);
    count += 1;
  };

  for (let root = 0; root < states; root++) {
    if (order[root] !== UNSEEN) continue;
    enter(root);
    while (depth > 0) {
      const node = at(path, depth - 1);
      const edge = at(nextEdge, node);
      if (edge === graph.edges(node + 1)) {
        leave(node);
        continue;
      }
      nextEdge[node] = edge + 1;
      if (++seen % NODES_PER_YIELD === 0) yield;
      const target = graph.target(edge);
      if (order[target] === UNSEEN) enter(target);
      else if (component[target] === UNSEEN) lower(node, at(order, target));
    }
  }
  return { count, of: component, loops: count < states || hasSelfLoop(graph), closed: closedOf(graph, component, count) };
}

function hasSelfLoop(graph: Graph): boolean {
  for (let node = 0; node < graph.expanded; node++) {
    for (let edge = graph.edges(node); edge < graph.edges(node + 1); edge++) if (graph.target(edge) === node) return true;
  }
  return false;
}

function closedOf(graph: Graph, component: Int32Array, count: number): readonly number[] {
  const open = new Uint8Array(count);
  for (let node = 0; node < graph.states; node++) {
    const own = at(component, node);
    if (node >= graph.expanded) open[own] = 1;
    for (let edge = graph.edges(node); edge < graph.edges(node + 1); edge++) {
      if (component[graph.target(edge)] !== own) open[own] = 1;
    }
  }
  const closed: number[] = [];
  for (let node = 0; node < graph.states; node++) {
    const own = at(component, node);
    if (open[own] !== 0) continue;
    closed.push(node);
    open[own] = 1;
  }
  return closed;
}

function at(numbers: Int32Array, position: number): number {
  const value = numbers[position];
  if (value === undefined) throw new RangeError(`node ${position} is outside the graph`);
  return value;
}
