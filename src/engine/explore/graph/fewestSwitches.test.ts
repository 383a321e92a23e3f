import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SEED } from "../../testing/arbitraries.ts";
import { aGraph, edgesFrom, edgesOf, graphOf, gridOf } from "../../testing/graphs.ts";
import { type FewestSwitches, fewestSwitches } from "./fewestSwitches.ts";
import { type Graph, resultOf, sourceOf } from "./graph.ts";

const search = (graph: Graph, wanted: (node: number, edge: number) => boolean, most?: number): FewestSwitches =>
  resultOf(fewestSwitches(graph, wanted, most));

const into =
  (graph: Graph, node: number) =>
  (_: number, edge: number): boolean =>
    graph.target(edge) === node;

const switchesOf = (graph: Graph, edges: readonly number[]): number =>
  edges.filter((edge, n) => n > 0 && graph.actor(edge) !== graph.actor(edges[n - 1] ?? -1)).length;

/** The least [switches, length] to go on with from here, walking every path without a repeated pair of node and actor. */
function byEveryPath(graph: Graph, isWanted: (edge: number) => boolean): readonly [number, number] | undefined {
  let best: readonly [number, number] | undefined;
  const walk = (node: number, last: number | undefined, switches: number, length: number, seen: ReadonlySet<string>): void => {
    for (const { edge, to, actor } of edgesFrom(graph, node)) {
      const cost = [switches + (last === undefined || last === actor ? 0 : 1), length + 1] as const;
      if (isWanted(edge) && (best === undefined || cost[0] < best[0] || (cost[0] === best[0] && cost[1] < best[1]))) best = cost;
      const pair = `${to} ${actor}`;
      if (!seen.has(pair)) walk(to, actor, ...cost, new Set([...seen, pair]));
    }
  };
  walk(0, undefined, 0, 0, new Set());
  return best;
}

describe("going on in the middle of a run", () => {
  const graph = graphOf([
    [
      [1, 0],
      [2, 1],
    ],
    [[3, 1]],
    [[3, 0]],
    [],
  ]);
  const from = (node: number, last: number) => resultOf(fewestSwitches(graph, into(graph, 3), undefined, { node, last }));

  it("the first step may be a switch", () => {
    expect(from(1, 1)).toEqual({ kind: "run", edges: [2], switches: 0 });
    expect(from(1, 0)).toEqual({ kind: "run", edges: [2], switches: 1 });
  });

  it("may be possible for others only", () => {
    expect(from(0, 2)).toEqual({ kind: "run", edges: [0, 2], switches: 2 });
    expect(from(0, 1)).toEqual({ kind: "run", edges: [1, 3], switches: 1 });
  });

  it("may lead nowhere", () => {
    expect(from(3, 0)).toEqual({ kind: "none" });
  });
});

describe("the run with the fewest switches", () => {
  it("takes a longer way if it switches less", () => {
    const graph = graphOf([
      [
        [1, 0],
        [2, 0],
      ],
      [[4, 1]],
      [[3, 0]],
      [[4, 0]],
      [],
    ]);
    expect(search(graph, into(graph, 4))).toEqual({ kind: "run", edges: [1, 3, 4], switches: 0 });
  });

  it("takes the shortest of those that switch as little", () => {
    const graph = graphOf([
      [
        [1, 0],
        [2, 0],
      ],
      [[2, 0]],
      [[3, 1]],
      [],
    ]);
    expect(search(graph, into(graph, 3))).toEqual({ kind: "run", edges: [1, 3], switches: 1 });
  });

  it("ends with the first step that is wanted, not at the node behind it", () => {
    const graph = graphOf([[1], [0, [0, 1]]]);
    expect(search(graph, (_, edge) => edge === 2)).toEqual({ kind: "run", edges: [0, 2], switches: 1 });
  });

  it("may be there only after a place has been passed twice, by different actors", () => {
    // Who is at 1 last decides what it costs to leave.
    const graph = graphOf([
      [
        [1, 0],
        [2, 1],
      ],
      [[3, 1]],
      [[1, 1]],
      [],
    ]);
    expect(search(graph, into(graph, 3))).toEqual({ kind: "run", edges: [1, 3, 2], switches: 0 });
  });

  it("is not there if nothing that is wanted can be reached", () => {
    const graph = graphOf([[1], [], [1]]);
    expect(search(graph, (node) => node === 2)).toEqual({ kind: "none" });
    expect(search(graphOf([[]]), () => true)).toEqual({ kind: "none" });
  });

  it("is given up when too many pairs would be visited, and found with just enough", () => {
    const graph = gridOf(20, 20);
    const corner = into(graph, graph.states - 1);
    const whole = search(graph, corner);
    expect(whole).toMatchObject({ kind: "run", switches: 1 });
    const enough = Array.from({ length: 2 * graph.states }, (_, most) => most).find((most) => search(graph, corner, most).kind === "run");
    expect(enough).toBeGreaterThanOrEqual(37);
    expect(search(graph, corner, enough)).toEqual(whole);
    expect(search(graph, corner, (enough ?? 0) - 1)).toEqual({ kind: "limit" });
  });

  it("is as good as the best of every path", () => {
    const cases = aGraph({ nodes: 6, actors: 3 }).chain((graph) =>
      fc.tuple(fc.constant(graph), fc.uniqueArray(fc.nat(Math.max(0, graph.edges(graph.states) - 1)), { maxLength: 2 })),
    );
    let runs = 0;
    fc.assert(
      fc.property(cases, ([graph, list]) => {
        const found = search(graph, (node, edge) => {
          expect(sourceOf(graph, edge)).toBe(node);
          return list.includes(edge);
        });
        const best = byEveryPath(graph, (edge) => list.includes(edge));
        if (found.kind !== "run") {
          expect([found.kind, best]).toEqual(["none", undefined]);
          return;
        }
        runs += 1;
        expect([found.switches, found.edges.length]).toEqual(best);
        expect(switchesOf(graph, found.edges)).toBe(found.switches);
        expect(list).toContain(found.edges.at(-1));
        let node = 0;
        for (const edge of found.edges) {
          expect(edgesOf(graph)[edge]?.from).toBe(node);
          node = graph.target(edge);
        }
      }),
      { seed: SEED, numRuns: 500 },
    );
    expect(runs).toBeGreaterThan(100);
  });
});
