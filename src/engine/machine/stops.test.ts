import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hex } from "../hardware/descriptor.ts";
import { machineFor } from "../lab.ts";
import { aScenario } from "../testing/arbitraries.ts";
import { words } from "../testing/drawing.ts";
import { runToEnd } from "../testing/running.ts";
import { kernel, lock, mmu, scenarioOf, unlock } from "../testing/scenarioOf.ts";
import { finish, type Limits } from "./finish.ts";
import type { Machine } from "./machine.ts";
import { type Stop, stopMet } from "./stops.ts";

function run(machine: Machine, limits: Limits) {
  const work = finish(machine, machine.initial, limits);
  for (;;) {
    const next = work.next();
    if (next.done) return next.value;
  }
}

const until = (machine: Machine, stop: Stop, limits: Limits = {}) =>
  run(machine, { ...limits, isStop: (before, transition) => stopMet([stop], before, transition) !== undefined });

const aStop: fc.Arbitrary<Stop> = fc.oneof(
  fc.record<Stop & { on: "change" }>(
    { on: fc.constant("change"), index: fc.nat(15), by: fc.constantFrom("hardware", "software") },
    { requiredKeys: ["on"] },
  ),
  fc.record<Stop & { on: "event" }>(
    { on: fc.constant("event"), event: fc.constantFrom("return", "retry", "fault", "warning", "tlb-conflict"), actor: fc.nat(3) },
    { requiredKeys: ["on", "event"] },
  ),
);

describe("a run that is to stop", () => {
  it("is the run to the end as far as the first step that a plain reading of its trace stops at", () => {
    fc.assert(
      fc.property(aScenario, aStop, (scenario, stop) => {
        const whole = runToEnd(scenario);
        const cut = until(machineFor(scenario), stop);
        const isIt = (step: (typeof whole.steps)[number]): boolean => {
          if (stop.on === "event") {
            const isReturn = stop.event === "return" && step.kind === "mmu";
            return (stop.actor ?? step.actor) === step.actor && (isReturn || step.events.some(({ kind }) => kind === stop.event));
          }
          const store = step.kind === "mmu" ? step.update : step.kind === "kernel" && "new" in step.effect ? step.effect : undefined;
          if (stop.on !== "change" || store === undefined || store.old === store.new) return false;
          const by = step.kind === "mmu" ? "hardware" : "software";
          return (stop.index === undefined || stop.index === store.index) && (stop.by === undefined || stop.by === by);
        };
        const first = whole.steps.findIndex(isIt);
        expect(cut.ended).toBe(first < 0 ? undefined : "stop");
        expect(cut.choices).toEqual(first < 0 ? whole.choices : whole.choices.slice(0, first + 1));
      }),
    );
  });

  const unfolding = scenarioOf({
    machine: { folios: [{ pfn: "0x1000", pages: 16 }], ptes: words("CW*16").map(hex) },
    actors: [kernel(lock, { fn: "ptep_get_and_clear", index: 4 }, unlock), mmu({ rw: "read", index: 3 })],
  });

  it("stops at a line of the innermost function each time an actor comes to it, and at a caller's once", () => {
    const machine = machineFor(unfolding);
    const stop: Stop = { on: "line", label: "contpte_convert.clear" };
    const first = until(machine, stop);
    expect(first.steps).toHaveLength(2); // the lock and the read of entry 4; entry 0 is to be cleared next
    const stops = run(machine, { isStop: () => false }).steps;
    expect(stops.filter((step) => step.kind === "kernel" && step.label === "contpte_convert.clear")).toHaveLength(16);
    let met = 0;
    run(machine, {
      isStop: (before, transition) => {
        if (stopMet([stop], before, transition) !== undefined) met++;
        return false;
      },
    });
    expect(met).toBe(16);
  });

  it("moves only the actors that may move: until a call returns it is a step over it", () => {
    const machine = machineFor(unfolding);
    const locked = until(machine, { on: "event", event: "return", actor: 0 }, { actors: [0] });
    expect(locked.steps).toHaveLength(1);
    const alone = run(machine, { actors: [1] });
    expect(alone.steps.map(({ actor }) => actor)).toEqual([1]);
  });
});
