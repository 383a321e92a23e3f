/**
 * *Eventually*: does something come true at some time on every weakly fair run? A run is
 * weakly fair if no actor has a step in every state from some point on and yet takes
 * none. A run on which it never comes true ends somewhere, or circles for good within
 * one component of the nodes where it is false. Such a circle can be fair just if every
 * actor takes a step in the component, or has none in some node of it: a run that visits
 * the whole component again and again then is.
 */
import { Bits } from "./bits.ts";
import { type Components, componentsOf, OUTSIDE } from "./components.ts";
import { actorsOf, at, type Graph, type Pass, SLICE, sourceOf } from "./graph.ts";

export type Eventually =
  | { readonly verdict: "holds" }
  | {
      readonly verdict: "violated";
      /** Of the nodes where such a run ends, or begins to circle, the first. */
      readonly node: number;
      readonly circles: boolean;
      /** The edges of a run to that node on which it never comes true; none is shorter. */
      readonly edges: readonly number[];
    }
  /** The graph is not complete, and what is missing decides. */
  | { readonly verdict: "unknown" };

/** @param holds is it true in this node? It must answer the same whenever it is asked */
export function* eventually(graph: Graph, holds: (node: number) => boolean): Pass<Eventually> {
  const { inside, enteredBy } = yield* withoutIt(graph, holds);
  const components = yield* componentsOf(graph, inside);
  const trapped = yield* trapsOf(graph, components);
  let complete = true;
  for (let node = 0; node < graph.states; node++) {
    if (node % SLICE === SLICE - 1) yield;
    const own = at(components.of, node);
    if (own === OUTSIDE) continue;
    const ends = node < graph.expanded && graph.edges(node) === graph.edges(node + 1);
    const circles = trapped(own);
    if (ends || circles) return { verdict: "violated", node, circles, edges: wayTo(graph, enteredBy, node) };
    if (node >= graph.expanded) complete = false;
  }
  return { verdict: complete ? "holds" : "unknown" };
}

interface Without {
  /** The nodes that some run reaches on which it has never been true. */
  readonly inside: Bits;
  /** The last edge of a shortest such run. */
  readonly enteredBy: Int32Array;
}

const BY_NOTHING = -1;

function* withoutIt(graph: Graph, holds: (node: number) => boolean): Pass<Without> {
  const inside = new Bits(graph.states);
  const enteredBy = new Int32Array(graph.states).fill(BY_NOTHING);
  const asked = new Bits(graph.states);
  const queue = new Int32Array(graph.states);
  let [queued, work] = [0, 0];

  const enter = (node: number, edge: number): void => {
    if (asked.has(node)) return;
    asked.add(node);
    if (holds(node)) return;
    inside.add(node);
    enteredBy[node] = edge;
    queue[queued++] = node;
  };

  enter(0, BY_NOTHING);
  for (let next = 0; next < queued; next++) {
    const node = at(queue, next);
    for (let edge = graph.edges(node); edge < graph.edges(node + 1); edge++) enter(graph.target(edge), edge);
    if (++work % SLICE === 0) yield;
  }
  return { inside, enteredBy };
}

/** @returns whether a fair run can circle in a component for good */
function* trapsOf(graph: Graph, { of, count, loop }: Components): Pass<(component: number) => boolean> {
  const actors = yield* actorsOf(graph);
  /** Pairs of a component and an actor that fairness asks nothing of there. */
  const content = new Bits(count * actors);
  const idle = new Uint8Array(actors);
  for (let node = 0; node < graph.states; node++) {
    if (node % SLICE === SLICE - 1) yield;
    const own = at(of, node);
    if (own === OUTSIDE || loop[own] === 0) continue;
    idle.fill(1);
    for (let edge = graph.edges(node); edge < graph.edges(node + 1); edge++) {
      const actor = graph.actor(edge);
      idle[actor] = 0;
      if (of[graph.target(edge)] === own) content.add(own * actors + actor);
    }
    for (let actor = 0; actor < actors; actor++) if (idle[actor] === 1) content.add(own * actors + actor);
  }
  return (component) => {
    if (loop[component] === 0) return false;
    for (let actor = 0; actor < actors; actor++) if (!content.has(component * actors + actor)) return false;
    return true;
  };
}

function wayTo(graph: Graph, enteredBy: Int32Array, node: number): readonly number[] {
  const edges: number[] = [];
  for (let edge = at(enteredBy, node); edge !== BY_NOTHING; edge = at(enteredBy, sourceOf(graph, edge))) edges.push(edge);
  return edges.reverse();
}
