import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { unfoldRace } from "../../stories/scenarios/unfoldRace.ts";
import { unfoldRaceDirty } from "../../stories/scenarios/unfoldRaceDirty.ts";
import { resultOf } from "../explore/graph/graph.ts";
import { machineFor, subjectOf } from "../lab.ts";
import type { Machine } from "../machine/machine.ts";
import { replay } from "../machine/run.ts";
import type { ScenarioDocument } from "../scenario/document.ts";
import type { Choice } from "../scenario/scenario.ts";
import { switchesIn } from "../scenario/switches.ts";
import { SEED } from "../testing/arbitraries.ts";
import { compiled } from "../testing/compiled.ts";
import { scenarioOf } from "../testing/scenarioOf.ts";
import type { Goal } from "./challenge.ts";
import { judge } from "./judge.ts";
import { type Sought, seek } from "./seek.ts";
import { type Way, wayFrom } from "./way.ts";

vi.setConfig({ testTimeout: 60_000 });

function sought(machine: Machine, goal: Goal): Sought {
  const found = resultOf(seek(subjectOf(machine.scenario), goal, () => 0, undefined, compiled));
  if (found === "stopped") throw new Error("it was stopped");
  return found;
}

const race = machineFor(scenarioOf(unfoldRace));
const none: Goal = { so: "CPU1 returned none" };
const toNone = sought(race, none);
const way = (choices: readonly Choice[], to = toNone): Way => resultOf(wayFrom(to, choices));

/** A run that goes on by so many steps at the most, each drawn among the choices on offer. */
function drawn(machine: Machine, picks: readonly number[], after: readonly Choice[] = []): readonly Choice[] {
  const choices = [...after];
  let state = replay(machine, after).states.at(-1) ?? machine.initial;
  for (const pick of picks) {
    const offered = machine.choices(state);
    const choice = offered[pick % offered.length];
    const next = choice === undefined ? undefined : machine.step(state, choice);
    if (choice === undefined || next === undefined) break;
    choices.push(choice);
    state = next.state;
  }
  return choices;
}

describe("the way to a goal", () => {
  it("from the start is the one with the fewest switches, and the first actor is none of them", () => {
    expect(way([])).toMatchObject({ kind: "way", switches: 1 });
  });

  it("counts a switch to the first actor where another has gone before", () => {
    expect(way([0])).toMatchObject({ kind: "way", switches: 1 });
    expect(way([1])).toMatchObject({ kind: "way", switches: 2 });
  });

  it("is at its end where the goal is met", () => {
    const found = way([]);
    const run = found.kind === "way" ? found.choices : [];
    expect(way(run)).toEqual({ kind: "met" });
    expect(way([...run, 0])).toEqual({ kind: "met" });
  });

  it("is lost from the step on after which no run meets the goal", () => {
    // CPU1 reads entry 9 of a whole block, all of it, and returns it.
    const alone = new Array<Choice>(18).fill(1);
    const lost = way([...alone, 0]);
    expect(lost).toEqual({ kind: "lost", since: 18 });
    expect(way(alone.slice(0, 17))).toMatchObject({ kind: "way" });
  });

  it("is not looked for to the end if the person stops it", () => {
    const { scenario } = machineFor(scenarioOf(unfoldRaceDirty));
    const stopping = seek(
      subjectOf(scenario),
      none,
      () => 0,
      () => true,
      compiled,
    );
    expect(resultOf(stopping) === "stopped").toBe(true);
  });
});

describe.each([
  ["a condition", unfoldRace, none],
  ["a condition about retries", unfoldRace, { so: "CPU1 retried >= 2 and CPU1 returned none" }],
  ["a condition among hardware's freedoms", unfoldRaceDirty, { so: "CPU2 access 1 got ok and CPU2 access 2 got fault-translation" }],
  ["a property", { ...unfoldRaceDirty, kernel: { variants: ["convert-read-then-store"] } }, { violates: "no-lost-dirty" }],
] satisfies readonly (readonly [string, ScenarioDocument, Goal])[])("after any run, the way to %s", (_, document, goal) => {
  const machine = machineFor(scenarioOf(document));
  const to = sought(machine, goal);

  it("meets it with as many switches as it says, as the judge counts; what is lost stays lost", () => {
    const runs = fc.array(fc.nat(100), { maxLength: 60 }).map((picks) => drawn(machine, picks));
    fc.assert(
      fc.property(runs, fc.array(fc.nat(100), { maxLength: 100 }), (run, more) => {
        const found = way(run, to);
        const { met } = judge(machine, goal, run);
        if (found.kind === "met") return expect(met).toBeDefined();
        expect(met).toBeUndefined();
        if (found.kind === "lost") {
          expect(way(run.slice(0, found.since), to).kind).toBe("lost");
          expect(way(run.slice(0, found.since - 1), to).kind).toBe("way");
          expect(judge(machine, goal, drawn(machine, more, run))).toEqual({});
          return;
        }
        const whole = [...run, ...found.choices];
        expect(judge(machine, goal, whole)).toEqual({ met: { at: whole.length, switches: switchesIn(run) + found.switches } });
      }),
      { seed: SEED, numRuns: 100 },
    );
  });
});
