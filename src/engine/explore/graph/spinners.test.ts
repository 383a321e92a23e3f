import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SEED } from "../../testing/arbitraries.ts";
import { hexWords } from "../../testing/drawing.ts";
import { aGraph, edgesOf, firstsOf, graphOf } from "../../testing/graphs.ts";
import { kernel, scenarioOf } from "../../testing/scenarioOf.ts";
import { searched } from "../../testing/searched.ts";
import { componentsOf } from "./components.ts";
import { type Graph, resultOf } from "./graph.ts";
import { spinnersOf } from "./spinners.ts";

const spinnersIn = (graph: Graph): readonly (readonly [number, number])[] => [
  ...resultOf(spinnersOf(graph, resultOf(componentsOf(graph)))),
];

describe("spinners", () => {
  it("are those who step inside a loop that something leaves", () => {
    expect(
      spinnersIn(
        graphOf([
          [[1, 1]],
          [
            [1, 2],
            [2, 0],
          ],
          [[3, 0]],
          [[2, 1]],
        ]),
      ),
    ).toEqual([[2, 1]]);
  });

  it("are not those in a loop that nothing leaves", () => {
    expect(spinnersIn(graphOf([[1], [0]]))).toEqual([]);
  });

  it("are found as the definition says, in every graph", () => {
    fc.assert(
      fc.property(aGraph({ nodes: 10, actors: 3 }), (graph) => {
        const firsts = firstsOf(graph);
        const left = new Set(
          edgesOf(graph)
            .filter(({ from, to }) => firsts[from] !== firsts[to])
            .map(({ from }) => firsts[from]),
        );
        const inside = edgesOf(graph).filter(({ from, to }) => firsts[from] === firsts[to] && left.has(firsts[from]));
        const expected = [0, 1, 2].flatMap((actor) => {
          const places = inside.filter((edge) => edge.actor === actor).map(({ from }) => firsts[from] ?? -1);
          return places.length === 0 ? [] : [[actor, Math.min(...places)]];
        });
        expect(spinnersIn(graph)).toEqual(expected);
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  it("are the lockless reader while the writer is in the middle of a block, and not the writer", () => {
    const actors = [kernel({ fn: "pte_clear", index: 3 }), kernel({ fn: "ptep_get_lockless", index: 9 })];
    const search = searched(scenarioOf({ machine: { ptes: hexWords("CW*16") }, actors }));
    expect(spinnersIn(search).map(([actor]) => actor)).toEqual([1]);
  });
});
