import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { machineFor } from "../lab.ts";
import type { Machine } from "../machine/machine.ts";
import { finalState, replay } from "../machine/run.ts";
import type { MachineState } from "../machine/state.ts";
import type { Choice, Scenario } from "../scenario/scenario.ts";
import { aScenario, SEED } from "../testing/arbitraries.ts";
import { hexWord, hexWords } from "../testing/drawing.ts";
import { type ActorDocument, kernel, lock, mmu, scenarioOf, unlock } from "../testing/scenarioOf.ts";
import { gotOf, outcomesOf } from "./findings.ts";
import { createSearch, type Search } from "./search.ts";

vi.setConfig({ testTimeout: 60_000 });

function searched(machine: Machine, most?: number): Search {
  const search = createSearch(machine, machine.initial, most);
  for (const _ of search.run());
  return search;
}

const outcomeOf = (state: MachineState): string =>
  `${gotOf(state)
    .map((list) => list.join())
    .join(";")} ${state.table.words().join()}`;

/**
 * What a search must find, found without any notion of equal states: every path to its end.
 * Undefined if there are too many, or one that may have no end.
 */
function everyPath(machine: Machine, mostPaths: number, longest: number): ReadonlyMap<string, number> | undefined {
  const shortest = new Map<string, number>();
  let paths = 0;
  const walk = (state: MachineState, length: number): void => {
    const choices = machine.choices(state);
    if (choices.length === 0) {
      paths += 1;
      const outcome = outcomeOf(state);
      shortest.set(outcome, Math.min(length, shortest.get(outcome) ?? length));
    }
    for (const choice of choices) {
      if (length === longest) paths = Number.POSITIVE_INFINITY;
      if (paths > mostPaths) return;
      const next = machine.step(state, choice);
      if (next !== undefined) walk(next.state, length + 1);
    }
  };
  walk(machine.initial, 0);
  return paths > mostPaths ? undefined : shortest;
}

/** Actors of a few steps each: their paths can be counted out. */
const fewSteps: fc.Arbitrary<Scenario> = (() => {
  const index = fc.nat(2);
  const pte = fc.constantFrom("W", "Wy", "R").map((token) => hexWord(token));
  const call = fc.oneof(
    fc.record({
      fn: fc.constantFrom("ptep_get", "ptep_get_lockless", "ptep_get_and_clear", "ptep_set_wrprotect", "flush_tlb_page"),
      index,
    }),
    fc.record({ fn: fc.constant("ptep_clear_flush_young"), index }),
    fc.record({ fn: fc.constant("set_ptes"), index, nr: fc.constant(1), pte }),
    fc.constant(lock),
    fc.constant(unlock),
  );
  const access = fc.record({
    rw: fc.constantFrom("read" as const, "write" as const, "any" as const, "evict" as const),
    index: fc.oneof(index, fc.constant("any" as const)),
  });
  const actor: fc.Arbitrary<ActorDocument> = fc.oneof(
    fc.array(call, { minLength: 1, maxLength: 3 }).map((calls) => kernel(...calls)),
    fc.array(access, { minLength: 1, maxLength: 2 }).map((accesses) => mmu(...accesses)),
  );
  const table = fc.constantFrom("W Wy R .*13", "Why Wy .*14", "CWy Wy .*14");
  return fc
    .tuple(table, fc.array(actor, { minLength: 2, maxLength: 3 }))
    .map(([drawing, actors]) => scenarioOf({ machine: { ptes: hexWords(drawing), adUpdate: "any", tlbAnswer: "any" }, actors }));
})();

describe("a search", () => {
  it("finds what walking every single path finds, and the shortest way to it", () => {
    let compared = 0;
    fc.assert(
      fc.property(fewSteps, (scenario) => {
        const machine = machineFor(scenario);
        const expected = everyPath(machine, 2000, 100);
        if (expected === undefined) return;
        compared += 1;
        const search = searched(machine);
        const found = outcomesOf(search).map((number) => [outcomeOf(search.stateAt(number)), search.choicesTo(number).length] as const);
        expect(new Map(found)).toEqual(expected);
        expect(found).toHaveLength(expected.size);
      }),
      { seed: SEED, numRuns: 150 },
    );
    expect(compared).toBeGreaterThan(100);
  });

  it("knows a way to every state, and every step in between is there", () => {
    fc.assert(
      fc.property(aScenario, (scenario) => {
        const machine = machineFor(scenario);
        const search = searched(machine, 300);
        for (let number = 0; number < search.states; number += 7) {
          const run = replay(machine, search.choicesTo(number));
          expect(run.diverged).toBeUndefined();
          const [replayed, kept] = [finalState(run), search.stateAt(number)];
          expect(outcomeOf(replayed)).toBe(outcomeOf(kept));
          expect(machine.choices(replayed)).toEqual(machine.choices(kept));
          if (number >= search.expanded) continue;
          expect(search.edges(number + 1) - search.edges(number)).toBe(machine.choices(replayed).length);
        }
      }),
      { seed: SEED, numRuns: 60 },
    );
  });

  it("of two actors of three independent steps has 16 states and 24 steps", () => {
    const reads = (index: number): ActorDocument => kernel(...Array.from({ length: 3 }, () => ({ fn: "ptep_get", index })));
    const search = searched(machineFor(scenarioOf({ machine: { ptes: hexWords("W R .*14") }, actors: [reads(0), reads(1)] })));
    // A grid of 4 by 4 positions; 3 steps in each of 4 rows and 4 columns.
    expect([search.states, search.transitions, search.expanded]).toEqual([16, 24, 16]);
  });

  it("tells states apart that differ only in what a call returned", () => {
    const machine = machineFor(
      scenarioOf({
        machine: { ptes: hexWords("W .*15") },
        actors: [kernel({ fn: "ptep_get", index: 0 }, { fn: "flush_tlb_page", index: 0 }), kernel({ fn: "pte_clear", index: 0 })],
      }),
    );
    const search = searched(machine);
    expect(outcomesOf(search).map((number) => gotOf(search.stateAt(number))[0]?.[0])).toEqual([BigInt(hexWord("W")), 0n]);
  });

  it("tells states apart that differ only in the order of pending flushes", () => {
    const young = (index: number): ActorDocument => kernel({ fn: "ptep_clear_flush_young", index }, { fn: "ptep_get", index: 15 });
    const search = searched(machineFor(scenarioOf({ machine: { ptes: hexWords("Wy Wy .*14") }, actors: [young(0), young(1)] })));
    const states = Array.from({ length: search.states }, (_, number) => search.stateAt(number));
    const orders = new Set(states.filter(({ pending }) => pending.length === 2).map(({ pending }) => pending.map((f) => f.actor).join()));
    expect(orders).toEqual(new Set(["0,1", "1,0"]));
  });

  it("stops at the number of states it may have, and what it has is whole", () => {
    const machine = machineFor(
      scenarioOf({
        machine: { ptes: hexWords("CW*16") },
        actors: [kernel({ fn: "pte_clear", index: 3 }), kernel({ fn: "ptep_get_lockless", index: 9 })],
      }),
    );
    const all = searched(machine);
    expect(all.expanded).toBe(all.states);
    for (let most = 1; most < 100; most++) {
      const part = searched(machine, most);
      expect(part.states).toBe(most);
      expect(part.expanded).toBeLessThan(most);
      expect(part.transitions).toBe(all.edges(part.expanded));
      for (let edge = 0; edge < part.transitions; edge++) expect(part.target(edge)).toBe(all.target(edge));
    }
    expect(searched(machine, all.states).expanded).toBe(all.states);
  });

  it("tells how far it is now and then, and goes on where it was left", () => {
    const actors = [kernel({ fn: "pte_clear", index: 3 }), kernel({ fn: "ptep_get_lockless", index: 9 })];
    const machine = machineFor(scenarioOf({ machine: { ptes: hexWords("CW*16") }, actors }));
    const search = createSearch(machine, machine.initial);
    const first = search.run().next();
    expect(first.done).toBe(false);
    expect(first.value).toEqual({ states: search.states, transitions: search.transitions, frontier: search.states - search.expanded });
    expect(search.expanded).toBeLessThan(search.states);
    for (const _ of search.run());
    const whole = searched(machine);
    expect([search.states, search.transitions, search.expanded]).toEqual([whole.states, whole.transitions, whole.expanded]);
  });

  it("shows its watcher every step once", () => {
    const actors = [kernel({ fn: "ptep_get", index: 0 }), kernel({ fn: "ptep_get", index: 0 })];
    const machine = machineFor(scenarioOf({ machine: { ptes: hexWords("W .*15") }, actors }));
    const seen: [number, Choice][] = [];
    const search = createSearch(machine, machine.initial, undefined, (step, from) => seen.push([from, step.choice]));
    for (const _ of search.run());
    expect(seen).toEqual([
      [0, 0],
      [0, 1],
      [1, 1],
      [2, 0],
    ]);
  });
});
