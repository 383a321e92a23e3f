/** The counterexample that a person reads most easily: the one with the fewest context switches. */
import type { Exploration } from "./explore.ts";
import { fewestSwitches, type Standing } from "./graph/fewestSwitches.ts";
import { type Graph, type Pass, type Turn, turnOf } from "./graph/graph.ts";
import type { PropertyId } from "./properties/property.ts";

export interface EasiestWay {
  readonly switches: number;
  readonly way: readonly Turn[];
}

/** Pairs of a state and who went last that may be visited: some hundred megabytes. */
const MOST_PAIRS = 2_000_000;

/** Finds the steps on which properties fail by making them once more. */
export function failingSteps({ space, failuresAt }: Exploration): (property: PropertyId) => (node: number, edge: number) => boolean {
  const looked = new Uint8Array(space.expanded);
  const failing = new Map<number, ReadonlyMap<PropertyId, ReadonlySet<number>>>();
  const positionsAt = (node: number, property: PropertyId): ReadonlySet<number> | undefined => {
    if (node >= space.expanded) return undefined;
    if (looked[node] === 0) {
      looked[node] = 1;
      const at = new Map<PropertyId, Set<number>>();
      for (const sight of failuresAt(node)) at.set(sight.property, (at.get(sight.property) ?? new Set()).add(sight.position));
      if (at.size > 0) failing.set(node, at);
    }
    return failing.get(node)?.get(property);
  };
  const isEnd = (node: number): boolean => node < space.expanded && space.edges(node) === space.edges(node + 1);
  return (property) => (node, edge) => {
    if (positionsAt(node, property)?.has(edge - space.edges(node))) return true;
    const target = space.target(edge);
    return isEnd(target) && positionsAt(target, property) !== undefined;
  };
}

/** @returns undefined if no step is wanted, or there is too much to look through */
export function* easiestWay(graph: Graph, wanted: (node: number, edge: number) => boolean, from?: Standing): Pass<EasiestWay | undefined> {
  const found = yield* fewestSwitches(graph, wanted, MOST_PAIRS, from);
  if (found.kind !== "run") return undefined;
  return { switches: found.switches, way: found.edges.map((edge) => turnOf(graph, edge)) };
}
