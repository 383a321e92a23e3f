import { describe, expect, it } from "vitest";
import { builtInRoutines } from "../kernel/calls.ts";
import { rawGet } from "../kernel/primitives.ts";
import { routineOf, site } from "../kernel/script.ts";
import { kernelOf, machineFor } from "../lab.ts";
import type { Machine } from "../machine/machine.ts";
import { BREACHES } from "../machine/step.ts";
import type { RoutineProvider } from "../routine.ts";
import { hexWords } from "../testing/drawing.ts";
import { kernel, mmu, scenarioOf } from "../testing/scenarioOf.ts";
import { type Exploration, explore, type Gauges, type Wishes } from "./explore.ts";

const ALL: Wishes = { bounds: { states: 100_000 }, properties: BREACHES, first: false };
const STILL: Gauges = { seconds: () => 0, memory: () => 0 };

function explored(machine: Machine, wishes: Partial<Wishes> = {}, gauges = STILL): Exploration {
  const exploring = explore(machine, machine.initial, { ...ALL, ...wishes }, gauges);
  for (;;) {
    const next = exploring.next();
    if (next.done) return next.value;
  }
}

const race = (): Machine =>
  machineFor(
    scenarioOf({
      machine: { ptes: hexWords("CW*16") },
      actors: [kernel({ fn: "pte_clear", index: 3 }), kernel({ fn: "ptep_get_lockless", index: 9 }), mmu({ rw: "write", index: 5 })],
    }),
  );

describe("an exploration", () => {
  it("without a breach and within its bounds is complete", () => {
    const { space, breaches, stopped } = explored(race());
    expect(stopped).toBeUndefined();
    expect(breaches.size).toBe(0);
    expect(space.expanded).toBe(space.states);
  });

  it("ends at each bound, says which, and has what it found until then", () => {
    let calls = 0;
    const clock = { ...STILL, seconds: () => calls++ };
    for (const [bounds, gauges, name] of [
      [{ states: 100 }, STILL, "states"],
      [{ states: 100_000, seconds: 2 }, clock, "seconds"],
      [{ states: 100_000, memory: 64 }, { ...STILL, memory: () => 64 }, "memory"],
    ] as const) {
      const { space, stopped } = explored(race(), { bounds }, gauges);
      expect(stopped).toBe(name);
      expect(space.expanded).toBeGreaterThan(0);
      expect(space.expanded).toBeLessThan(space.states);
    }
    // At the beginning, and after each of two reports.
    expect(calls).toBe(3);
  });

  it("does not stop while it is below its bounds", () => {
    const below = { seconds: () => 1e6, memory: () => 63 };
    expect(explored(race(), { bounds: { states: 100_000, seconds: 2, memory: 64 } }, below).stopped).toBeUndefined();
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
      expect(explored(machineFor(of, overrun)).breaches).toEqual(new Map([["scope", [1, 1, 1]]]));
    });

    it("goes on to the end, or stops there if asked to", () => {
      const all = explored(machineFor(of, overrun));
      expect(all.space.expanded).toBe(all.space.states);
      const first = explored(machineFor(of, overrun), { first: true });
      expect(first.breaches).toEqual(all.breaches);
      expect(first.stopped).toBeUndefined();
      expect(first.space.expanded).toBeLessThan(first.space.states);
    });

    it("looks after the properties asked for and no others", () => {
      expect(explored(machineFor(of, overrun), { properties: ["tlb-unique"] }).breaches.size).toBe(0);
      expect(explored(machineFor(of, overrun), { properties: ["scope"] }).breaches.size).toBe(1);
    });
  });
});
