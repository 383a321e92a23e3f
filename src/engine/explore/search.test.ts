import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { machineFor, subjectOf } from "../lab.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { aScenario, SEED } from "../testing/arbitraries.ts";
import { hexWord, hexWords } from "../testing/drawing.ts";
import { everyInterleaving, keyOf } from "../testing/everyInterleaving.ts";
import { type ActorDocument, kernel, mmu, scenarioOf } from "../testing/scenarioOf.ts";
import { searched, searchOf } from "../testing/searched.ts";
import { resultOf } from "./graph/graph.ts";
import { machineGraphOf } from "./machineGraph.ts";
import { PROPERTIES, type Report } from "./properties/property.ts";
import { watchesFor } from "./properties/watches.ts";
import type { Search } from "./search.ts";

vi.setConfig({ testTimeout: 60_000 });

const successorsOf = (graph: Pick<Search, "expanded" | "edges" | "target">): readonly (readonly number[])[] =>
  Array.from({ length: graph.expanded }, (_, node) =>
    Array.from({ length: graph.edges(node + 1) - graph.edges(node) }, (__, n) => graph.target(graph.edges(node) + n)),
  );

const allWatches = (scenario: Scenario) => (report: Report) => watchesFor(subjectOf(scenario), new Set(PROPERTIES), report);

/** The whole of a space that the plainest search can still find. */
const MOST = 3000;

describe("a search", () => {
  it("finds the states and steps that the plainest search over the machine finds, in the same order", () => {
    let compared = 0;
    fc.assert(
      fc.property(aScenario, (scenario) => {
        const search = searched(scenario, MOST);
        if (search.expanded < search.states) return;
        compared += 1;
        expect(successorsOf(search)).toEqual(everyInterleaving(machineFor(scenario)).successors);
      }),
      { seed: SEED, numRuns: 150 },
    );
    expect(compared).toBeGreaterThan(50);
  });

  it("knows a way to every state, and who makes each step of it", () => {
    let followed = 0;
    fc.assert(
      fc.property(aScenario, (scenario) => {
        const machine = machineFor(scenario);
        const search = searched(scenario, 300);
        const row = new Int32Array(search.product.width);
        for (let number = 0; number < search.states; number += 7) {
          let state = machine.initial;
          for (const { actor, nth } of search.wayTo(number)) {
            const choice = machine.offer(state, actor).choices[nth];
            const next = choice === undefined ? undefined : machine.step(state, choice);
            expect(next?.step.actor).toBe(actor);
            state = next?.state ?? state;
            followed += 1;
          }
          search.row(number, row);
          expect(keyOf(search.product.automata.stateOf(row))).toBe(keyOf(state));
        }
      }),
      { seed: SEED, numRuns: 60 },
    );
    expect(followed).toBeGreaterThan(1000);
  });

  it("with watches finds the same machine states and steps", () => {
    const compare = (scenario: Scenario): readonly [bare: number, watched: number] | undefined => {
      const [bare, watched] = [searched(scenario, MOST), searched(scenario, 3 * MOST, allWatches(scenario))];
      if (bare.expanded < bare.states || watched.expanded < watched.states) return undefined;
      expect(successorsOf(resultOf(machineGraphOf(watched)))).toEqual(successorsOf(bare));
      return [bare.states, watched.states];
    };
    fc.assert(
      fc.property(aScenario, (scenario) => void compare(scenario)),
      { seed: SEED, numRuns: 100 },
    );
    // Here the reader's watch remembers whether the write came before the call or during it.
    const race = scenarioOf({
      machine: { ptes: hexWords("CW*16") },
      actors: [kernel({ fn: "pte_clear", index: 3 }), kernel({ fn: "ptep_get_lockless", index: 9 }), mmu({ rw: "write", index: 5 })],
    });
    const [bare = 0, watched = 0] = compare(race) ?? [];
    expect(bare).toBeGreaterThan(1000);
    expect(watched).toBeGreaterThan(bare);
  });

  it("of two actors of three independent steps has 16 states and 24 steps", () => {
    const reads = (index: number): ActorDocument => kernel(...Array.from({ length: 3 }, () => ({ fn: "ptep_get", index })));
    const search = searched(scenarioOf({ machine: { ptes: hexWords("W R .*14") }, actors: [reads(0), reads(1)] }));
    // A grid of 4 by 4 positions; 3 steps in each of 4 rows and 4 columns.
    expect([search.states, search.transitions, search.expanded]).toEqual([16, 24, 16]);
  });

  it("stops at the number of states it may have, and what it has is whole", () => {
    const scenario = scenarioOf({
      machine: { ptes: hexWords("CW*16") },
      actors: [kernel({ fn: "pte_clear", index: 3 }), kernel({ fn: "ptep_get_lockless", index: 9 })],
    });
    const whole = searched(scenario);
    expect(whole.expanded).toBe(whole.states);
    for (let most = 1; most < 100; most++) {
      const part = searched(scenario, most);
      expect(part.states).toBe(most);
      expect(part.expanded).toBeLessThan(most);
      expect(successorsOf(part)).toEqual(successorsOf(whole).slice(0, part.expanded));
    }
    expect(searched(scenario, whole.states).expanded).toBe(whole.states);
  });

  it("tells how far it is now and then, and goes on where it was left", () => {
    const scenario = scenarioOf({
      machine: { ptes: hexWords("CW*16") },
      actors: [
        kernel({ fn: "set_ptes", index: 15, nr: 1, pte: hexWord("W") }),
        kernel({ fn: "ptep_get_lockless", index: 9 }),
        mmu({ rw: "any", index: "any" }, { rw: "any", index: 3 }),
      ],
    });
    const whole = searched(scenario);
    const search = searchOf(scenario);
    let [reports, depth] = [0, 0];
    for (;;) {
      // A new run each time: all there is to go on from is in the search itself.
      const next = search.run().next();
      if (next.done) break;
      reports += 1;
      expect(next.value).toMatchObject({
        states: search.states,
        transitions: search.transitions,
        frontier: search.states - search.expanded,
      });
      expect(next.value.depth).toBeGreaterThanOrEqual(depth);
      depth = next.value.depth;
    }
    expect(reports).toBeGreaterThan(3);
    expect(successorsOf(search)).toEqual(successorsOf(whole));
    expect(search.progress()).toEqual(whole.progress());
  });
});
