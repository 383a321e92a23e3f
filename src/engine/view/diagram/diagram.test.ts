import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { READY_SCENARIOS } from "../../../stories/scenarios/index.ts";
import { machineFor } from "../../lab.ts";
import { type Run, replay } from "../../machine/run.ts";
import { parseScenarioText } from "../../scenario/parse.ts";
import type { Choice, Scenario } from "../../scenario/scenario.ts";
import { aScenario, aSchedule } from "../../testing/arbitraries.ts";
import { kernel, lock, scenarioOf, unlock } from "../../testing/scenarioOf.ts";
import { callText } from "../words.ts";
import { inColumns, WIDTH } from "./columns.ts";
import { diagram } from "./diagram.ts";
import { happenings } from "./happenings.ts";

/** As far as a schedule goes. */
function walked(scenario: Scenario, schedule: readonly number[]): Run {
  const machine = machineFor(scenario);
  let run = replay(machine, []);
  for (const pick of schedule) {
    const offered = machine.choices(run.states.at(-1) ?? machine.initial);
    const choice = offered[pick % offered.length];
    if (choice === undefined) break;
    run = replay(machine, [...run.choices, choice], run);
  }
  return run;
}

function ready(name: string): Scenario {
  const parsed = parseScenarioText(JSON.stringify(READY_SCENARIOS.find((scenario) => scenario.name === name)?.document));
  if (!parsed.ok) throw new Error(`no scenario ${name}`);
  return parsed.scenario;
}

const drawn = (scenario: Scenario, choices: readonly Choice[], all = false): string =>
  diagram(scenario, replay(machineFor(scenario), choices), "Linux 6.12", all);

describe("the diagram of any run", () => {
  it("fits into a mail, and says nothing but text", () => {
    fc.assert(
      fc.property(aScenario, aSchedule, fc.boolean(), (scenario, schedule, all) => {
        const text = diagram(scenario, walked(scenario, schedule), "Linux 6.12", all);
        for (const line of text.split("\n")) expect(line.length, line).toBeLessThanOrEqual(WIDTH);
        expect(text).not.toMatch(/undefined|NaN|\[object/);
      }),
    );
  });

  it("tells every call that began and everything that changes memory, each in its order, and every access if asked to", () => {
    fc.assert(
      fc.property(aScenario, aSchedule, (scenario, schedule) => {
        const { steps } = walked(scenario, schedule);
        const calls = scenario.actors.map((spec, actor) => {
          const begun = steps.flatMap((step) => (step.actor === actor && step.kind === "kernel" ? [step.call] : []));
          return spec.kind === "kernel" ? [...new Set(begun)].map((call) => callText(spec.calls[call] as (typeof spec.calls)[number])) : [];
        });
        for (const all of [false, true]) {
          const lines = happenings(scenario, steps, all);
          scenario.actors.forEach((spec, actor) => {
            const told = lines.filter(({ column, inner }) => column === actor && !inner).map(({ text }) => text);
            if (spec.kind === "kernel") expect(told).toEqual(calls[actor]);
            else expect(told).toHaveLength(steps.filter((step) => step.actor === actor && step.kind === "mmu").length);
          });
        }
        const accesses = (lines: ReturnType<typeof happenings>) =>
          lines.flatMap(({ text }) => {
            const [, op, first, last = first] = /^(read|write|clear|xchg|cmpxchg) \[(\d+)(?:-(\d+))?\]/.exec(text) ?? [];
            if (op === undefined) return [];
            const kind = op === "clear" ? "xchg" : op;
            return Array.from({ length: Number(last) - Number(first) + 1 }, (_, n) => `${kind} ${Number(first) + n}`);
          });
        const made = steps.flatMap((step) =>
          step.kind === "kernel" && "old" in step.effect ? [`${step.effect.op} ${step.effect.index}`] : [],
        );
        expect(accesses(happenings(scenario, steps, true))).toEqual(made);
        expect(accesses(happenings(scenario, steps, false)).filter((access) => !access.startsWith("read"))).toEqual(
          made.filter((access) => !access.startsWith("read")),
        );
      }),
    );
  });
});

/** Written from what the routines do: convert clears from entry 0 on, the reader looks at its own entry twice, then from entry 0 on. */
const RACE = `The same, and hardware dirties a page (Linux 6.12)

At first: [0-15] 1000-100f CW

CPU0                           CPU1                        CPU2 (MMU)
----                           ----                        ----------
                                                           reads page 12:
                                                             sets Y in [12]
                               ptep_get_lockless(9)
                                 read [0-1]: 1000-1001 CW
                                                           writes page 12:
                                                             sets Dh in
                                                             [12]
ptl_lock()
ptep_get_and_clear(4)
  clear [0-3], was 1000-1003
    CW
                                 read [2]: none
                                 inconsistent: starts
                                   again

At the end: [0-3] none, [4-11] 1004-100b CW, [12] 100c CWYDh, [13-15]
  100d-100f CW

[n]: the pte of page n, told by its frame, C: contiguous, W: writable, Y:
  young, Dh: dirty by hardware
`;

describe("the diagram", () => {
  it("of the race of the thread is one that could be mailed", () => {
    expect(drawn(ready("unfold-race-dirty"), [2, 1, 1, 1, 1, 2, 0, 0, 0, 0, 0, 0, 1])).toBe(RACE);
  });

  it("leaves out reads of what nobody else changes, and tells them if asked to", () => {
    const scenario = ready("unfold-race-dirty");
    expect(drawn(scenario, [1, 1, 1])).not.toContain("read [");
    expect(drawn(scenario, [1, 1, 1], true)).toMatch(/read \[9\].*\n.*read \[9\].*\n.*read \[0\]/);
  });

  it("of a run without a step says so", () => {
    expect(drawn(ready("unfold-race"), [])).toContain("Nothing has moved yet.");
  });

  it("of more actors than fit beside each other puts their names before their lines", () => {
    const scenario = scenarioOf({ actors: Array.from({ length: 6 }, () => kernel(lock, { fn: "ptep_get", index: 3 }, unlock)) });
    const text = drawn(scenario, [3, 3, 3]);
    expect(text).toContain("CPU3\n----\nptl_lock()"); // whoever does nothing has no column
    const lines = Array.from({ length: 6 }, (_, column) => ({ column, inner: false, text: "ptep_modify_prot_start(4)" }));
    const names = lines.map(({ column }) => `CPU${column}`);
    expect(inColumns(names, lines)).toEqual(names.map((name) => `${name}  ptep_modify_prot_start(4)`));
  });
});
