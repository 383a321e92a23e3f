import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SEED } from "../../testing/arbitraries.ts";
import { aGraph, edgesOf, graphOf } from "../../testing/graphs.ts";
import { Bits } from "./bits.ts";
import { actorsOf, resultOf, sourceOf } from "./graph.ts";

describe("a graph", () => {
  it("knows the node that each edge leaves", () => {
    fc.assert(
      fc.property(aGraph({ nodes: 10, actors: 2, incomplete: true }), (graph) => {
        for (const { edge, from } of edgesOf(graph)) expect(sourceOf(graph, edge)).toBe(from);
      }),
      { seed: SEED },
    );
  });

  it("has as many actors as its highest one says", () => {
    expect(resultOf(actorsOf(graphOf([[]])))).toBe(0);
    expect(resultOf(actorsOf(graphOf([[[1, 2]], [[0, 0]]])))).toBe(3);
  });
});

describe("a set of bits", () => {
  it("has what was added and nothing else", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(40)), (numbers) => {
        const bits = new Bits(41);
        for (const number of numbers) bits.add(number);
        for (let number = 0; number <= 40; number++) expect(bits.has(number)).toBe(numbers.includes(number));
      }),
      { seed: SEED },
    );
  });

  it("refuses what lies outside", () => {
    expect(() => new Bits(8).add(8)).toThrow(RangeError);
  });
});
