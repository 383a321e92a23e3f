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

  it("gives the states and choices that belong to its steps", () => {
    const { choices, states, steps, blocked } = runToEnd(
      scenarioOf({ actors: [kernel(lock), kernel({ fn: "ptep_get", index: 0 }, lock)] }),
    );
    expect(choices).toEqual([0, 1]);
    expect(steps.map((step) => step.choice)).toEqual(choices);
    expect(states).toHaveLength(3);
    expect(blocked).toEqual([1]);
  });
});
