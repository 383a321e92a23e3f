import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { all } from "../../testing/all.ts";
import { SEED } from "../../testing/arbitraries.ts";
import { componentsOf, type Graph } from "./components.ts";

/** @param successors of each node; of the nodes after them nothing is known yet */
function graphOf(successors: readonly (readonly number[])[], states = successors.length): Graph {
  const targets = successors.flat();
  const offsets = [0];
  for (const list of successors) offsets.push((offsets.at(-1) ?? 0) + list.length);
  return {
    states,
    expanded: successors.length,
    edges: (node) => offsets[Math.min(node, successors.length)] ?? -1,
    target: (edge) => targets[edge] ?? -1,
  };
}

/** Without the components themselves. */
function summaryOf(graph: Graph) {
  const { count, loops, closed } = all(componentsOf(graph));
  return { count, loops, closed };
}

describe("components", () => {
  it("of a line are its nodes, and its end is closed", () => {
    expect(summaryOf(graphOf([[1], [2], []]))).toEqual({ count: 3, loops: false, closed: [2] });
  });

  it("of a loop that something leaves: the loop is not closed", () => {
    expect(summaryOf(graphOf([[1], [0, 2], []]))).toEqual({ count: 2, loops: true, closed: [2] });
  });

  it("of a loop that nothing leaves: it is closed, and named by its first node", () => {
    expect(summaryOf(graphOf([[1], [2], [3], [1]]))).toEqual({ count: 2, loops: true, closed: [1] });
  });

  it("of a node with an edge to itself: that is a loop too", () => {
    expect(summaryOf(graphOf([[1], [1]]))).toEqual({ count: 2, loops: true, closed: [1] });
  });

  it("that hold a node not yet expanded are not closed", () => {
    expect(summaryOf(graphOf([[1, 2], []], 3))).toEqual({ count: 3, loops: false, closed: [1] });
  });

  it("are found a million nodes deep", () => {
    const states = 1_000_000;
    const ring = { states, expanded: states, edges: (node: number) => node, target: (edge: number) => (edge + 1) % states };
    expect(summaryOf(ring)).toEqual({ count: 1, loops: true, closed: [0] });
  });

  it("are those that reachability gives, in every graph", () => {
    const graphs = fc
      .integer({ min: 1, max: 12 })
      .chain((n) => fc.array(fc.array(fc.nat(n - 1), { maxLength: 3 }), { minLength: n, maxLength: n }));
    fc.assert(
      fc.property(graphs, (successors) => {
        const nodes = successors.map((_, node) => node);
        const reach = nodes.map((node) => reachable(successors, node));
        const together = (a: number, b: number): boolean => a === b || (reach[a]?.has(b) === true && reach[b]?.has(a) === true);
        const firsts = nodes.filter((node) => !nodes.some((other) => other < node && together(other, node)));
        expect(summaryOf(graphOf(successors))).toEqual({
          count: firsts.length,
          loops: nodes.some((node) => reach[node]?.has(node)),
          closed: firsts.filter((node) => [...(reach[node] ?? [])].every((other) => together(node, other))),
        });
      }),
      { seed: SEED, numRuns: 500 },
    );
  });
});

/** By at least one edge. */
function reachable(successors: readonly (readonly number[])[], from: number): ReadonlySet<number> {
  const found = new Set<number>();
  const visit = (node: number): void => {
    for (const next of successors[node] ?? []) {
      if (found.has(next)) continue;
      found.add(next);
      visit(next);
    }
  };
  visit(from);
  return found;
}
