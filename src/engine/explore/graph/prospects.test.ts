import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SEED } from "../../testing/arbitraries.ts";
import { aGraph, edgesFrom, graphOf, nodesOf, reachable } from "../../testing/graphs.ts";
import { type Graph, resultOf } from "./graph.ts";
import { FAILS, PASSES, prospectsOf, UNSEEN } from "./prospects.ts";

const prospects = (graph: Graph, edges: readonly number[], ends: readonly number[] = []): readonly number[] => [
  ...resultOf(prospectsOf(graph, { edge: (edge) => edges.includes(edge), end: (node) => ends.includes(node) })),
];

describe("what may follow", () => {
  it("is failure or not where a step fails on one of two ways", () => {
    // 0 -> 1 -> 2 fails; 0 -> 3 does not.
    expect(prospects(graphOf([[1, 3], [2], [], []]), [2])).toEqual([FAILS | PASSES, FAILS, PASSES, PASSES]);
  });

  it("is failure alone where every way fails, by a step or by an end", () => {
    expect(prospects(graphOf([[1, 2], [], []]), [0], [2])).toEqual([FAILS, PASSES, FAILS]);
  });

  it("is no circling for good in a loop that somebody's step leaves", () => {
    // Round and round at 0, until the step that fails.
    expect(prospects(graphOf([[0, 1], []]), [1])).toEqual([FAILS, PASSES]);
  });

  it("is a circle that nothing leaves, which fails if it is one that does", () => {
    const graph = graphOf([[1], [2], [1]]);
    expect(prospects(graph, [])).toEqual([PASSES, PASSES, PASSES]);
    expect(prospects(graph, [], [1])).toEqual([FAILS, FAILS, FAILS]);
    // One step round it fails: sooner or later it is made.
    expect(prospects(graph, [2])).toEqual([FAILS, FAILS, FAILS]);
  });

  it("differs within a loop that only a failing step closes", () => {
    // 0 -> 1 -> 0, of which 1 -> 0 fails; 0 -> 2 ends well.
    expect(prospects(graphOf([[1, 2], [0], []]), [2])).toEqual([FAILS | PASSES, FAILS, PASSES]);
  });

  it("is not known where the search did not come", () => {
    expect(prospects(graphOf([[1, 2], []], 3), [])).toEqual([PASSES | UNSEEN, PASSES, UNSEEN]);
  });

  it("is what looking along every way from every node says", () => {
    fc.assert(
      fc.property(aGraph({ nodes: 7, actors: 1, incomplete: true }), fc.array(fc.nat(30)), fc.array(fc.nat(10)), (graph, edges, ends) => {
        const from = (node: number) => edgesFrom(graph, node);
        const fromAll = (nodes: readonly number[]) => nodes.flatMap(from);
        const reach = (node: number, failing: boolean) => [
          node,
          ...[...reachable(graph, node, ({ edge }) => failing || !edges.includes(edge))].filter((other) => other !== node),
        ];
        const isKnown = (node: number): boolean => node < graph.expanded;
        /** From all that a node reaches it can be reached again: a run that is there stays there. */
        const isLast = (node: number): boolean => reach(node, true).every((other) => isKnown(other) && reach(other, true).includes(node));
        const failsLast = (node: number): boolean => reach(node, true).some((other) => ends.includes(other));
        // A component is asked about by any of its nodes: all of them must say the same.
        const said = nodesOf(graph).filter((node) => isLast(node) && failsLast(node));
        const expected = nodesOf(graph).map((node) => {
          const all = reach(node, true);
          const unfailed = reach(node, false);
          const fails = fromAll(all).some(({ edge }) => edges.includes(edge)) || all.some((other) => isLast(other) && said.includes(other));
          const comesThrough = (other: number): boolean =>
            isLast(other) && !said.includes(other) && fromAll(reach(other, true)).every(({ edge }) => !edges.includes(edge));
          return (fails ? FAILS : 0) | (unfailed.some(comesThrough) ? PASSES : 0) | (unfailed.every(isKnown) ? 0 : UNSEEN);
        });
        expect(prospects(graph, edges, said)).toEqual(expected);
      }),
      { seed: SEED, numRuns: 3000 },
    );
  });
});
