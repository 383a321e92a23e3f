import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { machineFor } from "../../lab.ts";
import type { MachineState } from "../../machine/state.ts";
import { SEED } from "../../testing/arbitraries.ts";
import { hexWords } from "../../testing/drawing.ts";
import { aGraph, edgesOf, firstsOf, graphOf, gridOf } from "../../testing/graphs.ts";
import { type ActorDocument, kernel, mmu, scenarioOf } from "../../testing/scenarioOf.ts";
import { searched } from "../../testing/searched.ts";
import { componentsOf } from "./components.ts";
import { type Graph, resultOf } from "./graph.ts";
import { type Interleavings, interleavingsOf } from "./interleavings.ts";

const counted = (graph: Graph): Interleavings | undefined => resultOf(interleavingsOf(graph, resultOf(componentsOf(graph))));

/** Walks every path over the contracted graph, and counts those that end in each component. */
function everyPath(graph: Graph): ReadonlyMap<number, bigint> {
  const firsts = firstsOf(graph);
  const between = edgesOf(graph).filter(({ from, to }) => firsts[from] !== firsts[to]);
  const ends = new Map<number, bigint>();
  const walk = (first: number): void => {
    const onward = between.filter(({ from }) => firsts[from] === first);
    if (onward.length === 0) ends.set(first, (ends.get(first) ?? 0n) + 1n);
    for (const { to } of onward) walk(firsts[to] ?? -1);
  };
  walk(firsts[0] ?? -1);
  return ends;
}

const sum = (numbers: Iterable<bigint>): bigint => [...numbers].reduce((a, b) => a + b, 0n);

/** The ways to put n steps of one actor among n of another. */
function twoOrders(n: number): bigint {
  let ways = 1n;
  for (let k = 1n; k <= BigInt(n); k++) ways = (ways * (BigInt(n) + k)) / k;
  return ways;
}

describe("interleavings", () => {
  it("of a graph of one node: there is one, and it ends at once", () => {
    expect(counted(graphOf([[]]))).toEqual({ total: 1n, endingAt: new Map([[0, 1n]]) });
  });

  it("count parallel steps each, and the end of each by itself", () => {
    expect(counted(graphOf([[1, 1, 2], [3], [], []]))).toEqual({
      total: 3n,
      endingAt: new Map([
        [2, 1n],
        [3, 2n],
      ]),
    });
  });

  it("pass a loop once, by each edge out of it", () => {
    expect(counted(graphOf([[1], [0, 2, 3], [3], []]))).toEqual({ total: 2n, endingAt: new Map([[3, 2n]]) });
  });

  it("end in a loop that nothing leaves", () => {
    expect(counted(graphOf([[1, 3], [2], [1], []]))).toEqual({
      total: 2n,
      endingAt: new Map([
        [1, 1n],
        [3, 1n],
      ]),
    });
  });

  it("have no number while the graph is not complete", () => {
    expect(counted(graphOf([[1, 2], []], 3))).toBeUndefined();
  });

  it.each([false, true])("are the paths over the components, walked one by one (loop-free: %s)", (loopFree) => {
    fc.assert(
      fc.property(aGraph({ nodes: loopFree ? 10 : 14, actors: 1, loopFree }), (graph) => {
        const ends = everyPath(graph);
        expect(counted(graph)).toEqual({ total: sum(ends.values()), endingAt: ends });
      }),
      { seed: SEED, numRuns: 1000 },
    );
  });

  it("of two actors of 300 steps each are a number of 180 digits", () => {
    const total = counted(gridOf(301, 301))?.total;
    expect(total).toBe(twoOrders(300));
    expect(`${total}`).toHaveLength(180);
  });

  it("of a scenario without loops are all its runs", () => {
    const reads = (index: number, nr: number): ActorDocument =>
      kernel(...Array.from({ length: nr }, () => ({ fn: "ptep_get_and_clear", index })));
    const actors = [reads(0, 2), reads(0, 2), mmu({ rw: "write", index: 0 })];
    const scenario = scenarioOf({ machine: { ptes: hexWords("W R .*14") }, actors });
    const machine = machineFor(scenario);
    const walk = (state: MachineState): bigint => {
      const steps = machine.steps(state);
      return steps.length === 0 ? 1n : sum(steps.map((step) => walk(step.state)));
    };
    expect(counted(searched(scenario))?.total).toBe(walk(machine.initial));
  });
});
