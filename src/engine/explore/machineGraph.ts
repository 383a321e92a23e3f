/**
 * A space without what its watches remember: machine states and the steps between them.
 * What does not depend on the properties looked after is read from it: how runs end,
 * who gets stuck, how many interleavings there are.
 */
import type { Graph, Pass } from "./graph/graph.ts";
import { MOST_ACTORS, type Search } from "./search.ts";
import { Ints } from "./states/ints.ts";
import { Rows } from "./states/rows.ts";

/** Its nodes are machine states. */
export interface MachineGraph extends Graph {
  /** The first state of the space that is this machine state. */
  first(node: number): number;
}

/** Yields now and then: a space may have millions of states. */
export function* machineGraphOf(space: Search): Pass<MachineGraph> {
  const { automata, width } = space.product;
  const machineWidth = automata.width;
  const rows = new Rows(machineWidth);
  const node = new Ints();
  const first = new Ints();
  const row = new Int32Array(width);
  for (let state = 0; state < space.states; state++) {
    space.row(state, row);
    const number = rows.numberOf(row);
    node.push(number);
    if (number === first.length) first.push(state);
    if (state % STATES_PER_YIELD === 0) yield;
  }
  const offsets = new Ints();
  const edges = new Ints();
  offsets.push(0);
  let expanded = 0;
  for (; expanded < first.length && first.at(expanded) < space.expanded; expanded++) {
    const state = first.at(expanded);
    for (let edge = space.edges(state); edge < space.edges(state + 1); edge++)
      edges.push(node.at(space.target(edge)) * MOST_ACTORS + space.actor(edge));
    offsets.push(edges.length);
    if (expanded % STATES_PER_YIELD === 0) yield;
  }
  return {
    states: first.length,
    expanded,
    edges: (number) => offsets.at(Math.min(number, expanded)),
    target: (edge) => Math.floor(edges.at(edge) / MOST_ACTORS),
    actor: (edge) => edges.at(edge) % MOST_ACTORS,
    first: (number) => first.at(number),
  };
}

const STATES_PER_YIELD = 2000;
