import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { machineFor, subjectOf } from "../lab.ts";
import type { Machine } from "../machine/machine.ts";
import { outcomeReport } from "../machine/outcomeReport.ts";
import type { MachineState } from "../machine/state.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { SEED } from "../testing/arbitraries.ts";
import { hexWord, hexWords } from "../testing/drawing.ts";
import { type ActorDocument, kernel, lock, mmu, scenarioOf, unlock } from "../testing/scenarioOf.ts";
import { explore, type Wishes } from "./explore.ts";
import { type Findings, findingsOf } from "./findings.ts";
import { resultOf } from "./graph/graph.ts";
import { PROPERTIES } from "./properties/property.ts";

vi.setConfig({ testTimeout: 60_000 });

function findings(scenario: Scenario, properties: Wishes["properties"]): Findings {
  const wishes = { bounds: { states: 20_000 }, properties, questions: [], first: false };
  return resultOf(findingsOf(resultOf(explore(subjectOf(scenario), wishes, () => 0)), wishes));
}

/** Every path to its end, one by one, with no notion of equal states. Undefined if there are too many, or one that may have no end. */
function everyPath(machine: Machine, mostPaths: number, longest: number): ReadonlyMap<string, bigint> | undefined {
  const ways = new Map<string, bigint>();
  let paths = 0;
  const walk = (state: MachineState, length: number): void => {
    const choices = machine.choices(state);
    if (choices.length === 0) {
      paths += 1;
      const outcome = JSON.stringify(outcomeReport(state));
      ways.set(outcome, (ways.get(outcome) ?? 0n) + 1n);
    }
    for (const choice of choices) {
      if (length === longest) paths = Number.POSITIVE_INFINITY;
      if (paths > mostPaths) return;
      const next = machine.step(state, choice);
      if (next !== undefined) walk(next.state, length + 1);
    }
  };
  walk(machine.initial, 0);
  return paths > mostPaths ? undefined : ways;
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

describe("findings", () => {
  it("count every interleaving, outcome by outcome, as walking each of them does", () => {
    let compared = 0;
    fc.assert(
      fc.property(fewSteps, (scenario) => {
        const expected = everyPath(machineFor(scenario), 2000, 100);
        if (expected === undefined) return;
        compared += 1;
        const { outcomes, interleavings } = findings(scenario, PROPERTIES);
        expect(new Map(outcomes.map(({ state, interleavings: ways }) => [JSON.stringify(outcomeReport(state)), ways]))).toEqual(expected);
        expect(interleavings).toBe([...expected.values()].reduce((sum, ways) => sum + ways, 0n));
      }),
      { seed: SEED, numRuns: 150 },
    );
    expect(compared).toBeGreaterThan(100);
  });

  it("beside the verdicts do not depend on the properties looked after", () => {
    let compared = 0;
    fc.assert(
      fc.property(fewSteps, (scenario) => {
        const [all, none] = [findings(scenario, PROPERTIES), findings(scenario, [])];
        if (all.stopped !== undefined || none.stopped !== undefined) return;
        compared += 1;
        const summary = ({ machineStates, loops, interleavings, outcomes, stuck, spinning }: Findings) => {
          const ends = outcomes.map(({ state, ...rest }) => ({ ...rest, ...outcomeReport(state) }));
          return { machineStates, loops, interleavings, ends, stuck, spinning };
        };
        expect(summary(all)).toEqual(summary(none));
      }),
      { seed: SEED, numRuns: 60 },
    );
    expect(compared).toBeGreaterThan(30);
  });
});
