import { describe, expect, it } from "vitest";
import { TINY_CALLS, tinyKernel, tinyModule } from "../testing/tinyModule.ts";
import { tracerOf } from "./traces.ts";
import { functionsIn, whereaboutsIn } from "./whereabouts.ts";

const call = { fn: "ptep_get", args: { index: 3 } };
const [first, second] = TINY_CALLS;
const outer = { fn: "look", file: "a.c", line: 4 };
const places = new Map([
  [first, [{ fn: "peek", file: "a.h", line: 1 }, outer]],
  [
    second,
    [
      { fn: "__ptep_get", file: "a.h", line: 2 },
      { ...outer, line: 5 },
    ],
  ],
]);

describe("a call that runs in one go", () => {
  const tracer = tracerOf(tinyModule, tinyKernel);

  it("is found at each of its operations", () => {
    expect(tracer.stacks(call, [1n, 2n])).toEqual([[first], [second]]);
    expect(tracer.stacks(call, [1n])).toEqual([[first]]);
  });

  it("is found at the operation after those that were answered, however often", () => {
    expect([tracer.stackAfter(call, [1n]), tracer.stackAfter(call, []), tracer.stackAfter(call, [1n])]).toEqual([
      [second],
      [first],
      [second],
    ]);
  });

  it("stands nowhere once it has returned", () => {
    expect(() => tracer.stackAfter(call, [1n, 2n])).toThrow("ptep_get makes no operation after 2 answers");
  });
});

describe("where it stands in a tree", () => {
  it("is told innermost first, and which functions are only helpers", () => {
    const whereabouts = whereaboutsIn(tinyModule, places, tinyKernel);
    expect(whereabouts(call, [])).toEqual([{ fn: "peek", file: "a.h", line: 1 }, outer]);
    expect(whereabouts(call, [1n])).toEqual([
      { fn: "__ptep_get", file: "a.h", line: 2, helper: true },
      { ...outer, line: 5 },
    ]);
  });

  it("is nowhere if no function of the tree is under way", () => {
    expect(whereaboutsIn(tinyModule, new Map(), tinyKernel)(call, [])).toEqual([]);
  });

  it("names every function that accesses or calls something", () => {
    expect([...functionsIn(places)]).toEqual(["peek", "look", "__ptep_get"]);
  });
});
