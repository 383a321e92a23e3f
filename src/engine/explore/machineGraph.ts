/**
 * A space without what its watches remember: machine states and the steps between them.
 * What does not depend on the properties looked after is read from it: how runs end,
 * who gets stuck, how many interleavings there are.
 */
import { MOST_ACTORS, type Search } from "./search.ts";
import { Ints } from "./states/ints.ts";
import { Rows } from "./states/rows.ts";

export interface MachineGraph {
  /** Machine states, numbered in breadth-first order. */
  readonly states: number;
  /** Those from this number on have no steps yet. */
  readonly expanded: number;
  /** The steps of machine state n are `edges(n)` up to `edges(n + 1)`. */
  edges(node: number): number;
  target(edge: number): number;
  actor(edge: number): number;
  /** The first state of the space that is this machine state. */
  first(node: number): number;
}

/** Yields now and then: a space may have millions of states. */
export function* machineGraphOf(space: Search): Generator<void, MachineGraph> {
  const { automata, width } = space.product;
  const machineWidth = automata.width;
  if (machineWidth === width) return { ...plain(space), first: (node) => node };
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

const STATES_PER_YIELD = 20_000;

const plain = (space: Search): Omit<MachineGraph, "first"> => ({
  states: space.states,
  expanded: space.expanded,
  edges: (number) => space.edges(number),
  target: (edge) => space.target(edge),
  actor: (edge) => space.actor(edge),
});
