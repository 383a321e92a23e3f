import { describe, expect, it } from "vitest";
import { asPte } from "../hardware/descriptor.ts";
import { perform, routineOf, type Script, site } from "../kernel/script.ts";
import { machineFor } from "../lab.ts";
import type { RoutineProvider } from "../routine.ts";
import { kernelState, runToEnd } from "../testing/running.ts";
import { kernel, lock, mmu, scenarioOf } from "../testing/scenarioOf.ts";

describe("a run to the end", () => {
  it("lets an actor come back to the same place as long as memory changes", () => {
    const countsToThree: RoutineProvider = {
      applyHelper: (_, pte) => pte,
      routine: ({ fn }) =>
        routineOf(fn, function* (): Script<bigint> {
          for (;;) {
            const value = yield* perform(site("count.read"), { op: "read", index: 0 });
            if (value === 3n) return value;
            yield* perform(site("count.write", { value }), { op: "write", index: 0, value: asPte(value + 1n) });
          }
        }),
    };
    const scenario = scenarioOf({ actors: [kernel({ fn: "ptep_get", index: 0 })] });
    const { final, spinning, steps } = runToEnd(scenario, machineFor(scenario, countsToThree));
    expect(spinning).toEqual([]);
    expect(kernelState(final, 0).returns).toEqual([3n]);
    expect(steps).toHaveLength(4 + 3);
  });

  it("stops one that comes back with nothing changed, and goes on with the next", () => {
    const waits: RoutineProvider = {
      applyHelper: (_, pte) => pte,
      routine: ({ fn }) =>
        routineOf(fn, function* (): Script<undefined> {
          for (;;) {
            const value = yield* perform(site("wait.read"), { op: "read", index: 0 });
            if (value !== 0n) return undefined;
          }
        }),
    };
    const scenario = scenarioOf({ actors: [kernel({ fn: "ptep_get", index: 0 }), mmu({ rw: "read", index: 0 })] });
    const { spinning, blocked, steps } = runToEnd(scenario, machineFor(scenario, waits));
    expect({ spinning, blocked }).toEqual({ spinning: [0], blocked: [] });
    expect(steps.map((step) => step.actor)).toEqual([0, 1]);
  });

  it("gives one that waited another turn when a later one has helped it", () => {
    const pte = "0x68000001000fc3";
    const scenario = scenarioOf({ actors: [mmu({ rw: "read", index: "any" }), kernel({ fn: "set_ptes", index: 0, pte, nr: 1 })] });
    const { steps, blocked } = runToEnd(scenario);
    expect(steps.map((step) => step.actor)).toEqual([1, 1, 0]);
    expect(blocked).toEqual([]);
  });

  it("gives the choices that lead to its final state", () => {
    const scenario = scenarioOf({ actors: [kernel(lock), kernel({ fn: "ptep_get", index: 0 }, lock)] });
    const { choices, final, steps, blocked } = runToEnd(scenario);
    expect(choices).toEqual([0, 1]);
    expect(steps.map((step) => step.choice)).toEqual(choices);
    expect(final.ptl).toBe(0);
    expect(final.actors.map((actor) => (actor.kind === "kernel" ? actor.returns.length : 0))).toEqual([1, 1]);
    expect(blocked).toEqual([1]);
  });
});
