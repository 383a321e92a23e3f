import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hex } from "../hardware/descriptor.ts";
import { machineFor } from "../lab.ts";
import { type Run, replay } from "../machine/run.ts";
import { changeOf } from "../machine/step.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { aScenario, aSchedule } from "../testing/arbitraries.ts";
import { words } from "../testing/drawing.ts";
import { kernel, lock, mmu, scenarioOf } from "../testing/scenarioOf.ts";
import { inspection } from "./inspection.ts";

function walked(scenario: Scenario, schedule: readonly number[]): Run {
  const machine = machineFor(scenario);
  let run = replay(machine, []);
  for (const pick of schedule.slice(0, 25)) {
    const offered = machine.choices(run.states.at(-1) ?? machine.initial);
    const choice = offered[pick % offered.length];
    if (choice === undefined) break;
    run = replay(machine, [...run.choices, choice], run);
  }
  return run;
}

const NAMES = ["CPU0", "CPU1", "CPU2", "CPU3"];

describe("an entry looked at closely", () => {
  it("has been what its changes say, each the last word that the table held before", () => {
    fc.assert(
      fc.property(aScenario, aSchedule, fc.nat(15), (scenario, schedule, index) => {
        const machine = machineFor(scenario);
        const run = walked(scenario, schedule);
        const at = run.steps.length;
        const { word, before, changes, earlier } = inspection(machine, run, at, index, NAMES);
        const history = run.states.map(({ table }) => hex(table.words()[index] as bigint));
        const made = history.flatMap((now, n) => (n > 0 && now !== history[n - 1] ? [n] : []));
        expect(word).toBe(history.at(-1));
        expect(changes.map(({ step }) => step)).toEqual(made);
        expect(earlier).toBe(0);
        expect(before?.word).toBe(made.length === 0 ? undefined : history[(made.at(-1) as number) - 1]);
        for (const { step, by } of changes) {
          const { kind } = run.steps[step - 1] as (typeof run.steps)[number];
          expect(by).toBe(kind === "mmu" ? "hardware" : "software");
          expect(changeOf(run.steps[step - 1] as (typeof run.steps)[number])?.index).toBe(index);
        }
      }),
    );
  });
});

it("an entry that has been emptied is told in the fields of what it was", () => {
  const scenario = scenarioOf({
    machine: { folios: [{ pfn: "0x1000", pages: 16 }], ptes: words("W*4 .*12").map(hex) },
    actors: [kernel(lock, { fn: "ptep_get_and_clear", index: 2 })],
  });
  const machine = machineFor(scenario);
  const run = replay(machine, [0, 0, 0]);
  const { word, fields, before } = inspection(machine, run, run.steps.length, 2, NAMES);
  expect(word).toBe("0x0");
  const valid = (of: typeof fields | undefined) => of?.find(({ name }) => name === "valid")?.value;
  expect([valid(before?.fields), valid(fields)]).toEqual(["1", "0"]);
  expect(fields.map(({ low }) => low)).toEqual(before?.fields.map(({ low }) => low));
});

/** CPU0 takes entry 4 out of a folded block while CPU1's TLB holds it. */
const stale = scenarioOf({
  machine: { folios: [{ pfn: "0x1000", pages: 16 }], ptes: words("CWy*16").map(hex) },
  actors: [kernel(lock, { fn: "ptep_get_and_clear", index: 4 }), mmu({ rw: "read", index: 3 }, { rw: "write", index: 4 })],
});

function lookupsOf(choices: readonly number[], index: number) {
  const machine = machineFor(stale);
  return inspection(machine, replay(machine, choices), choices.length, index, NAMES).lookups;
}

describe("what a lookup of its page answers", () => {
  it("is nothing while the TLB is empty: a walk would do", () => {
    expect(lookupsOf([], 3)).toEqual([
      {
        actor: 1,
        answer: "miss",
        entries: [],
        pending: [],
        read: "a walk to frame 0x1003",
        write: "a walk to frame 0x1003 that marks entry 3",
      },
    ]);
  });

  it("is the whole block's entry, also where the table has none any more", () => {
    const cleared = [1, 0, 0, 0, 0, 0, 0, 0]; // the lock, the read of entry 4, and entries 0 to 4 taken out one by one
    expect(lookupsOf(cleared, 4)).toEqual([
      {
        actor: 1,
        answer: "hit",
        entries: [{ start: 0, count: 16, pfn: "0x1004", writable: false }],
        pending: [],
        read: "frame 0x1004 from the TLB",
        write: "a translation fault",
      },
    ]);
  });
});
