import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SEED } from "../../testing/arbitraries.ts";
import { aGraph, type Drawn, edgesFrom, edgesOf, graphOf, reachable } from "../../testing/graphs.ts";
import { type Eventually, eventually } from "./fairness.ts";
import { type Graph, resultOf } from "./graph.ts";

const asked = (graph: Graph, holdsIn: readonly number[]): Eventually => resultOf(eventually(graph, (node) => holdsIn.includes(node)));

describe("eventually", () => {
  it("holds if it is true at the start, whatever comes", () => {
    expect(asked(graphOf([[0]]), [0])).toEqual({ verdict: "holds" });
  });

  it("is violated by a run that ends before it", () => {
    const graph = graphOf([[1, 2], [3], [], []]);
    expect(asked(graph, [3])).toEqual({ verdict: "violated", node: 2, circles: false, edges: [1] });
    expect(asked(graph, [2, 3])).toEqual({ verdict: "holds" });
  });

  it("holds though one may spin, if the other's step ends that and fairness makes it come", () => {
    // Actor 0 tries again at 0; actor 1 can always lead on to 1.
    expect(
      asked(
        graphOf([
          [
            [0, 0],
            [1, 1],
          ],
          [],
        ]),
        [1],
      ),
    ).toEqual({ verdict: "holds" });
  });

  it("is violated by a circle in which the other is now and then without a step", () => {
    expect(
      asked(
        graphOf([
          [
            [1, 0],
            [2, 1],
          ],
          [[0, 0]],
          [],
        ]),
        [2],
      ),
    ).toEqual({ verdict: "violated", node: 0, circles: true, edges: [] });
  });

  it("is violated by a circle in which both go on", () => {
    expect(
      asked(
        graphOf([
          [
            [1, 0],
            [2, 1],
          ],
          [
            [1, 0],
            [0, 1],
          ],
          [],
        ]),
        [2],
      ),
    ).toMatchObject({ verdict: "violated", node: 0, circles: true });
  });

  it("holds if every circle passes it", () => {
    expect(asked(graphOf([[1], [2], [0]]), [1])).toEqual({ verdict: "holds" });
  });

  it("gives a way along which it has never been true, though a shorter one leads past it", () => {
    const graph = graphOf([[1, 2], [4], [3], [4], []]);
    expect(asked(graph, [1])).toEqual({ verdict: "violated", node: 4, circles: false, edges: [1, 3, 4] });
  });

  it("is not known where the graph is not complete, unless what is there decides", () => {
    expect(asked(graphOf([[1, 2], []], 3), [])).toMatchObject({ verdict: "violated", node: 1 });
    expect(asked(graphOf([[1, 2], []], 3), [1])).toEqual({ verdict: "unknown" });
    expect(asked(graphOf([[1, 2], []], 3), [1, 2])).toEqual({ verdict: "holds" });
  });

  const cases = (incomplete: boolean): fc.Arbitrary<readonly [Drawn, readonly number[]]> =>
    aGraph({ nodes: 8, actors: 3, incomplete }).chain((graph) => fc.tuple(fc.constant(graph), fc.uniqueArray(fc.nat(graph.states - 1))));

  it("is violated just where some set of nodes can be circled fairly, or a run ends", () => {
    const seen = { holds: 0, ends: 0, circles: 0 };
    fc.assert(
      fc.property(cases(false), ([graph, holdsIn]) => {
        const answer = asked(graph, holdsIn);
        expect(answer).toMatchObject(bySets(graph, holdsIn));
        seen[answer.verdict !== "violated" ? "holds" : answer.circles ? "circles" : "ends"] += 1;
      }),
      { seed: SEED, numRuns: 1500 },
    );
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(50);
  });

  it("comes with a run on which it is never true", () => {
    fc.assert(
      fc.property(cases(true), ([graph, holdsIn]) => {
        const answer = asked(graph, holdsIn);
        if (answer.verdict !== "violated") return;
        let node = 0;
        for (const edge of answer.edges) {
          expect(holdsIn).not.toContain(node);
          expect(edgesOf(graph)[edge]?.from).toBe(node);
          node = graph.target(edge);
        }
        expect(holdsIn).not.toContain(node);
        expect(node).toBe(answer.node);
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  it("says the same of an incomplete graph, if it says anything, however it goes on", () => {
    let decided = 0;
    fc.assert(
      fc.property(cases(false), fc.nat(7), ([graph, holdsIn], most) => {
        const part = asked(graphOf(graph.steps.slice(0, most), graph.states), holdsIn);
        if (part.verdict === "unknown") return;
        expect(asked(graph, holdsIn).verdict).toBe(part.verdict);
        decided += 1;
      }),
      { seed: SEED, numRuns: 1000 },
    );
    expect(decided).toBeGreaterThan(300);
  });
});

/** By the definition of weak fairness, of every set of nodes that a run could visit for good. */
function bySets(graph: Graph, holdsIn: readonly number[]): object {
  const isFalse = (node: number): boolean => !holdsIn.includes(node);
  if (!isFalse(0)) return { verdict: "holds" };
  const inside = [0, ...reachable(graph, 0, ({ to }) => isFalse(to))].filter((node, n, all) => all.indexOf(node) === n);
  const ends = inside.filter((node) => edgesFrom(graph, node).length === 0);
  const circled = subsets(inside)
    .filter((nodes) => isFair(graph, nodes))
    .flat();
  const node = Math.min(...ends, ...circled);
  return Number.isFinite(node) ? { verdict: "violated", node, circles: circled.includes(node) } : { verdict: "holds" };
}

function isFair(graph: Graph, nodes: readonly number[]): boolean {
  const within = nodes.flatMap((node) => edgesFrom(graph, node)).filter(({ to }) => nodes.includes(to));
  const ways = nodes.map((node) => reachable(graph, node, (edge) => within.some((other) => other.edge === edge.edge)));
  if (nodes.length === 0 || !ways.every((way) => nodes.every((node) => way.has(node)))) return false;
  return [0, 1, 2].every(
    (actor) =>
      within.some((edge) => edge.actor === actor) || nodes.some((node) => edgesFrom(graph, node).every((edge) => edge.actor !== actor)),
  );
}

const subsets = (nodes: readonly number[]): readonly (readonly number[])[] =>
  Array.from({ length: 2 ** nodes.length }, (_, bits) => nodes.filter((__, n) => (bits & (1 << n)) !== 0));
