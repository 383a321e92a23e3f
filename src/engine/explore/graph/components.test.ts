import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SEED } from "../../testing/arbitraries.ts";
import { aGraph, edgesOf, firstsOf, graphOf, nodesOf } from "../../testing/graphs.ts";
import { Bits } from "./bits.ts";
import { type Components, closedOf, componentsOf, OUTSIDE } from "./components.ts";
import { type Graph, resultOf } from "./graph.ts";

const componentsIn = (graph: Graph, within?: Bits): Components => resultOf(componentsOf(graph, within));

function summary(graph: Graph): object {
  const components = componentsIn(graph);
  return { count: components.count, loops: components.loop.includes(1), closed: resultOf(closedOf(components)) };
}

describe("components", () => {
  it("of a line are its nodes, and its end is closed", () => {
    expect(summary(graphOf([[1], [2], []]))).toEqual({ count: 3, loops: false, closed: [2] });
  });

  it("of a loop that something leaves: the loop is not closed", () => {
    expect(summary(graphOf([[1], [0, 2], []]))).toEqual({ count: 2, loops: true, closed: [2] });
  });

  it("of a loop that nothing leaves: it is closed, and named by its first node", () => {
    expect(summary(graphOf([[1], [2], [3], [1]]))).toEqual({ count: 2, loops: true, closed: [1] });
  });

  it("of a node with an edge to itself: that is a loop too", () => {
    expect(summary(graphOf([[1], [1]]))).toEqual({ count: 2, loops: true, closed: [1] });
  });

  it("that hold a node not yet expanded are not closed", () => {
    expect(summary(graphOf([[1, 2], []], 3))).toEqual({ count: 3, loops: false, closed: [1] });
  });

  it("are found a million nodes deep, giving way on the way", () => {
    const states = 1_000_000;
    const ring: Graph = { states, expanded: states, edges: (node) => node, target: (edge) => (edge + 1) % states, actor: () => 0 };
    expect(summary(ring)).toEqual({ count: 1, loops: true, closed: [0] });
    expect([...componentsOf(ring)].length).toBeGreaterThan(20);
  });

  it("are those that reachability gives, in every graph and every part of one", () => {
    const parts = aGraph({ nodes: 12, actors: 1, incomplete: true }).chain((graph) =>
      fc.tuple(fc.constant(graph), fc.uniqueArray(fc.nat(graph.states - 1))),
    );
    fc.assert(
      fc.property(parts, ([graph, left]) => {
        const isIn = (node: number): boolean => !left.includes(node);
        const within = new Bits(graph.states);
        for (const node of nodesOf(graph).filter(isIn)) within.add(node);
        const { count, of, first, loop, open } = left.length === 0 ? componentsIn(graph) : componentsIn(graph, within);

        const firsts = firstsOf(graph, ({ from, to }) => isIn(from) && isIn(to));
        const expected = nodesOf(graph).map((node) => (isIn(node) ? firsts[node] : undefined));
        expect(nodesOf(graph).map((node) => (of[node] === OUTSIDE ? undefined : first[of[node] ?? -1]))).toEqual(expected);
        expect(count).toBe(new Set(expected.filter((node) => node !== undefined)).size);

        const edges = edgesOf(graph).filter(({ from }) => isIn(from));
        const inside = edges.filter(({ from, to }) => expected[from] === expected[to]);
        const leaving = edges.filter(({ from, to }) => expected[from] !== expected[to]).map(({ from }) => from);
        const unexpanded = nodesOf(graph).filter((node) => isIn(node) && node >= graph.expanded);
        const marked = (marks: Uint8Array) => new Set([...first].filter((_, component) => marks[component] === 1));
        expect(marked(loop)).toEqual(new Set(inside.map(({ from }) => expected[from])));
        expect(marked(open)).toEqual(new Set([...leaving, ...unexpanded].map((node) => expected[node])));
      }),
      { seed: SEED, numRuns: 1000 },
    );
  });

  it("have numbers that every edge between two of them lowers", () => {
    fc.assert(
      fc.property(aGraph({ nodes: 12, actors: 1 }), (graph) => {
        const { of } = componentsIn(graph);
        for (const { from, to } of edgesOf(graph)) expect(of[to]).toBeLessThanOrEqual(of[from] ?? -1);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });
});
