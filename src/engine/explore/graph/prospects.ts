/**
 * What may follow a node: does some run from there fail, does some run come through?
 * A run ends where nothing leaves a node, or circles for good in a component that nothing
 * leaves; a loop that somebody's step leaves is left, as scheduling is fair.
 *
 * All failing edges are bent to one node more, from which nothing comes through. What
 * may follow is then the same all over a component, and components are numbered so that
 * those an edge leads to come first.
 */
import { componentsOf, membersOf } from "./components.ts";
import { at, type Graph, type Pass, SLICE } from "./graph.ts";

/** What fails in a graph. It must answer the same whenever it is asked. */
export interface Failing {
  edge(edge: number): boolean;
  /** Asked of a node that nothing leaves, and of a node of each component that nothing leaves. */
  end(node: number): boolean;
}

/** Some run fails. */
export const FAILS = 1;
/** Some run never fails. */
export const PASSES = 2;
/** Some run that has not failed goes where nothing is known of. */
export const UNSEEN = 4;

/** @returns for each node what may follow it, a bit each */
export function* prospectsOf(graph: Graph, failing: Failing): Pass<Uint8Array> {
  const failed = graph.states;
  const bent: Graph = {
    states: graph.states + 1,
    expanded: graph.expanded,
    edges: (node) => graph.edges(node),
    target: (edge) => (failing.edge(edge) ? failed : graph.target(edge)),
    actor: (edge) => graph.actor(edge),
  };
  const components = yield* componentsOf(bent);
  const { count, of, first, open } = components;
  const nextMember = yield* membersOf(bent, components);
  const marks = new Uint8Array(count);
  let work = 0;
  for (let own = 0; own < count; own++) {
    let mark = 0;
    for (let node = at(first, own); node >= 0; node = at(nextMember, node)) {
      if (++work % SLICE === 0) yield;
      if (node === failed) mark |= FAILS;
      else if (node >= graph.expanded) mark |= UNSEEN;
      for (let edge = bent.edges(node); edge < bent.edges(node + 1); edge++) mark |= marks[at(of, bent.target(edge))] ?? 0;
    }
    if (open[own] === 0) mark |= failing.end(at(first, own)) ? FAILS : PASSES;
    marks[own] = mark;
  }
  const prospects = new Uint8Array(graph.states);
  for (let node = 0; node < graph.states; node++) {
    if (node % SLICE === SLICE - 1) yield;
    prospects[node] = marks[at(of, node)] ?? 0;
  }
  return prospects;
}
