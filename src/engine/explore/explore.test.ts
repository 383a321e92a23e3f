import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { builtInRoutines } from "../kernel/calls.ts";
import { rawGet } from "../kernel/primitives.ts";
import { routineOf, site } from "../kernel/script.ts";
import { kernelOf, subjectOf } from "../lab.ts";
import { outcomeReport } from "../machine/outcomeReport.ts";
import type { RoutineProvider } from "../routine.ts";
import { aScenario, SEED } from "../testing/arbitraries.ts";
import { compiled } from "../testing/compiled.ts";
import { hexWords } from "../testing/drawing.ts";
import { KILLS } from "../testing/killTable.ts";
import { kernel, mmu, scenarioOf } from "../testing/scenarioOf.ts";
import { type Exploration, explore, type Subject, type Wishes } from "./explore.ts";
import { findingsOf } from "./findings.ts";
import { resultOf } from "./graph/graph.ts";
import { PROPERTIES } from "./properties/property.ts";

vi.setConfig({ testTimeout: 120_000 });

const ALL: Wishes = { bounds: { states: 100_000 }, properties: PROPERTIES, questions: [], first: false, compiled };
const still = (): number => 0;

const explored = (subject: Subject, wishes: Partial<Wishes> = {}, clock = still): Exploration =>
  resultOf(explore(subject, { ...ALL, ...wishes }, clock));

const race = (): Subject =>
  subjectOf(
    scenarioOf({
      machine: { ptes: hexWords("CW*16") },
      actors: [
        kernel({ fn: "pte_clear", index: 3 }),
        kernel({ fn: "ptep_get_lockless", index: 9 }),
        mmu({ rw: "any", index: 5 }, { rw: "any", index: "any" }),
      ],
    }),
  );

describe("an exploration", () => {
  it("without a failure and within its bounds is complete", () => {
    const { space, failures, stopped } = explored(race());
    expect(stopped).toBeUndefined();
    expect(failures).toEqual([]);
    expect(space.expanded).toBe(space.states);
  });

  it("ends at each bound, says which, and has what it found until then", () => {
    let calls = 0;
    for (const [bounds, clock, name] of [
      [{ states: 100 }, still, "states"],
      [{ states: 100_000, seconds: 2 }, () => calls++, "seconds"],
      [{ states: 100_000, memory: 1 }, still, "memory"],
    ] as const) {
      const { space, stopped } = explored(race(), { bounds }, clock);
      expect(stopped).toBe(name);
      expect(space.expanded).toBeGreaterThan(0);
      expect(space.expanded).toBeLessThan(space.states);
    }
    // At the beginning, and after each of two reports.
    expect(calls).toBe(3);
  });

  it("needs no more memory than it may have", () => {
    for (const memory of [2, 4, 8]) {
      const { space, stopped } = explored(race(), { bounds: { states: 1_000_000, memory } });
      expect(space.bytes).toBeLessThan(memory * 1024 * 1024);
      if (stopped === undefined) expect(space.expanded).toBe(space.states);
    }
  });

  it("does not stop while it is below its bounds", () => {
    expect(explored(race(), { bounds: { states: 100_000, seconds: 2, memory: 64 } }).stopped).toBeUndefined();
  });

  it("stops when it is told to, and keeps what it has", () => {
    let asked = 0;
    const { space, stopped } = resultOf(explore(race(), ALL, still, () => ++asked === 2));
    expect(stopped).toBe("person");
    expect(space.expanded).toBeGreaterThan(0);
    expect(space.expanded).toBeLessThan(space.states);
  });

  describe("of a routine that runs off the table", () => {
    const of = scenarioOf({
      machine: { ptes: hexWords("CW*16") },
      actors: [kernel({ fn: "ptep_get_lockless", index: 9 }), kernel({ fn: "ptep_get", index: 0 }), kernel({ fn: "pte_clear", index: 3 })],
    });
    /** ptep_get reads two entries, and then one outside. */
    const builtIn = builtInRoutines(kernelOf(of));
    const overrun: RoutineProvider = {
      ...builtIn,
      routine: (call) =>
        call.fn !== "ptep_get"
          ? builtIn.routine(call)
          : routineOf("ptep_get", function* () {
              for (const i of [0, 1, 16]) yield* rawGet(site("mistake.read", { i }), i);
              return 0n;
            }),
    };

    it("gives the shortest way there", () => {
      expect(explored({ ...subjectOf(of), provider: overrun }).failures).toEqual([{ property: "scope", entry: 16, choices: [1, 1, 1] }]);
    });

    it("goes on to the end, or stops there if asked to", () => {
      const whole = explored({ ...subjectOf(of), provider: overrun });
      expect(whole.space.expanded).toBe(whole.space.states);
      const first = explored({ ...subjectOf(of), provider: overrun }, { first: true });
      expect(first.failures).toEqual(whole.failures);
      expect(first.stopped).toBeUndefined();
      expect(first.space.expanded).toBeLessThan(first.space.states);
    });

    it("looks after the properties asked for and no others", () => {
      expect(explored({ ...subjectOf(of), provider: overrun }, { properties: ["tlb-unique"] }).failures).toHaveLength(0);
      expect(explored({ ...subjectOf(of), provider: overrun }, { properties: ["scope"] }).failures).toHaveLength(1);
    });
  });
});

/** Outcomes and failures, whatever the order in which they were found. */
function conclusions(subject: Subject, reduced: boolean): { readonly states: number; readonly told: readonly string[] } {
  const wishes = { ...ALL, bounds: { states: 10_000 }, reduced };
  const exploration = explored(subject, wishes);
  if (exploration.stopped !== undefined) return { states: exploration.space.states, told: ["stopped"] };
  const { outcomes, stuck, properties } = resultOf(findingsOf(exploration, wishes));
  const told = [
    ...outcomes.map(({ state }) => JSON.stringify(outcomeReport(state))),
    ...(stuck.length > 0 ? [`stuck: ${[...new Set(stuck.map(({ actors }) => actors.join()))].sort().join(" or ")}`] : []),
    ...properties.flatMap(({ id, verdict }) => (verdict === "violated" ? [id] : [])),
  ];
  return { states: exploration.space.states, told: told.sort() };
}

describe("a reduced search", () => {
  it("comes to the same outcomes and verdicts as the full one", () => {
    let smaller = 0;
    fc.assert(
      fc.property(aScenario, (scenario) => {
        const [full, reduced] = [conclusions(subjectOf(scenario), false), conclusions(subjectOf(scenario), true)];
        if (full.told[0] === "stopped") return;
        expect(reduced.told).toEqual(full.told);
        expect(reduced.states).toBeLessThanOrEqual(full.states);
        if (reduced.states < full.states) smaller += 1;
      }),
      { seed: SEED, numRuns: 150 },
    );
    // Drawn actors mostly work on one block.
    expect(smaller).toBeGreaterThan(0);
  });

  it("comes to the same verdicts for every mistake of the kill table", () => {
    for (const { variant, scenario } of KILLS)
      expect([variant, conclusions(subjectOf(scenario(variant)), true).told]).toEqual([
        variant,
        conclusions(subjectOf(scenario(variant)), false).told,
      ]);
  });

  it("leaves out nearly all orders of three CPUs that work on blocks of their own", () => {
    const three = subjectOf(
      scenarioOf({
        machine: { ptes: hexWords("CW*48") },
        actors: [3, 20, 40].map((index) => kernel({ fn: "ptep_get", index })),
      }),
    );
    const [full, reduced] = [conclusions(three, false), conclusions(three, true)];
    expect(reduced.told).toEqual(full.told);
    expect(reduced.states).toBeLessThan(full.states / 10);
  });
});
