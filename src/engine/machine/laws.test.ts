/** Laws that hold for every scenario and every schedule. */
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { machineFor } from "../lab.ts";
import { type Choice, choiceKey } from "../scenario/scenario.ts";
import { aScenario, aSchedule, SEED } from "../testing/arbitraries.ts";
import { snapshot } from "../testing/running.ts";
import type { Machine } from "./machine.ts";
import { type Run, replay } from "./run.ts";
import type { MachineState } from "./state.ts";
import { changeOf, type Step, type Transition } from "./step.ts";

// Half a second each when alone; a busy machine must not fail a law.
vi.setConfig({ testTimeout: 60_000 });

const RUNS = { seed: SEED, numRuns: 200 };

/** Follows the schedule as far as it goes. */
function follow(
  machine: Machine,
  schedule: readonly number[],
  onState: (state: MachineState, offered: readonly Choice[]) => void = () => undefined,
): Run {
  const choices: Choice[] = [];
  const states: MachineState[] = [machine.initial];
  const steps: Step[] = [];
  let state = machine.initial;
  for (const wanted of schedule) {
    const offered = machine.choices(state);
    onState(state, offered);
    const choice = offered[wanted % Math.max(1, offered.length)];
    if (choice === undefined) break;
    const transition = machine.step(state, choice);
    if (transition === undefined) throw new Error(`offered and refused: ${choiceKey(choice)}`);
    ({ state } = transition);
    choices.push(choice);
    states.push(state);
    steps.push(transition.step);
  }
  return { choices, states, steps };
}

const snapshots = (states: readonly MachineState[]) => states.map(snapshot);

describe("for every scenario and schedule", () => {
  it("replaying the choices gives the run, on the same machine and on a fresh one", () => {
    fc.assert(
      fc.property(aScenario, aSchedule, (scenario, schedule) => {
        const machine = machineFor(scenario);
        const run = follow(machine, schedule);
        const whole = snapshots(run.states);
        for (const again of [replay(machine, run.choices), replay(machineFor(scenario), run.choices)]) {
          expect(again.diverged).toBeUndefined();
          expect(again.choices).toEqual(run.choices);
          expect(again.steps).toEqual(run.steps);
          expect(snapshots(again.states)).toEqual(whole);
        }
      }),
      RUNS,
    );
  });

  it("replaying from an earlier run gives what replaying from nothing gives", () => {
    fc.assert(
      fc.property(aScenario, aSchedule, aSchedule, fc.nat(80), (scenario, one, other, kept) => {
        const machine = machineFor(scenario);
        const earlier = follow(machine, one);
        const branch = follow(machine, [...one.slice(0, kept), ...other]);
        const extended = replay(machine, branch.choices, earlier);
        expect(extended.diverged).toBeUndefined();
        expect(extended.steps).toEqual(branch.steps);
        expect(snapshots(extended.states)).toEqual(snapshots(replay(machineFor(scenario), branch.choices).states));
      }),
      { ...RUNS, numRuns: 100 },
    );
  });

  it("going forward and back restores the whole state, and forward again does the same", () => {
    fc.assert(
      fc.property(aScenario, aSchedule, fc.array(fc.nat(1000), { maxLength: 6 }), (scenario, schedule, visits) => {
        const machine = machineFor(scenario);
        const taken: string[] = [];
        const run = follow(machine, schedule, (state) => taken.push(snapshot(state)));
        const before = snapshots(run.states);
        expect(before.slice(0, taken.length)).toEqual(taken.slice(0, before.length));

        for (const visit of visits) {
          const at = visit % run.states.length;
          const kept = run.states[at];
          if (kept === undefined) continue;
          // Every other way first, so that what is kept has been used before it is used again.
          for (const choice of [...machine.choices(kept)].reverse()) machine.step(kept, choice);
          const choice = run.choices[at];
          if (choice === undefined) continue;
          const again = machine.step(kept, choice);
          expect(again?.step).toEqual(run.steps[at]);
          expect(again && snapshot(again.state)).toBe(before[at + 1]);
        }
        expect(snapshots(run.states)).toEqual(before);
      }),
      RUNS,
    );
  });

  it("a step changes one entry at most, and changeOf says which", () => {
    let changes = 0;
    fc.assert(
      fc.property(aScenario, aSchedule, (scenario, schedule) => {
        const { states, steps } = follow(machineFor(scenario), schedule);
        steps.forEach((step, n) => {
          const [before, after] = [states[n]?.table.words() ?? [], states[n + 1]?.table.words() ?? []];
          const differing = before.flatMap((pte, i) => (after[i] === pte ? [] : [i]));
          const change = changeOf(step);
          if (change === undefined) {
            expect(differing).toEqual([]);
            return;
          }
          changes += differing.length;
          expect(differing).toEqual(change.old === change.new ? [] : [change.index]);
          expect([before[change.index], after[change.index]]).toEqual([change.old, change.new]);
        });
      }),
      RUNS,
    );
    expect(changes).toBeGreaterThan(1000);
  });

  it("what is offered is accepted, and what is not offered is refused", () => {
    fc.assert(
      fc.property(aScenario, aSchedule, (scenario, schedule) => {
        const machine = machineFor(scenario);
        const actors = scenario.actors.length;
        const rarely = (n: number): boolean => n < 4 || n % 16 === 0;
        let visited = 0;
        follow(machine, schedule, (state, offered) => {
          if (!rarely(visited++)) return;
          const keys = new Set(offered.map(choiceKey));
          expect(keys.size).toBe(offered.length);
          for (const choice of offered) expect(machine.step(state, choice)).toBeDefined();
          for (const choice of candidates(actors, state.table.length)) {
            if (!keys.has(choiceKey(choice))) expect(machine.step(state, choice)).toBeUndefined();
          }
        });
      }),
      { ...RUNS, numRuns: 120 },
    );
  });

  it("making every step at once is making each choice on offer", () => {
    fc.assert(
      fc.property(aScenario, aSchedule, (scenario, schedule) => {
        const machine = machineFor(scenario);
        let visited = 0;
        follow(machine, schedule, (state, offered) => {
          if (visited++ % 8 !== 0) return;
          const shown = (transition: Transition | undefined) => transition && [transition.step, snapshot(transition.state)];
          expect(machine.steps(state).map(shown)).toEqual(offered.map((choice) => shown(machine.step(state, choice))));
        });
      }),
      { ...RUNS, numRuns: 100 },
    );
  });

  it("nobody can move only when every actor has a reason", () => {
    const reasons = new Set<string>();
    fc.assert(
      fc.property(aScenario, aSchedule, (scenario, schedule) => {
        const machine = machineFor(scenario);
        const actors = scenario.actors.map((_, actor) => actor);
        follow(machine, schedule, (state, offered) => {
          const offers = actors.map((actor) => machine.offer(state, actor));
          expect(offers.flatMap((offer) => offer.choices)).toEqual(offered);
          for (const offer of offers) {
            expect(offer.choices.length === 0).toBe(offer.idle !== undefined);
            expect(offer.idle === "waits-for-lock").toBe(offer.holder !== undefined);
            if (offer.holder !== undefined) expect(offer.holder).toBe(state.ptl);
            if (offer.idle !== undefined) reasons.add(offer.idle);
          }
        });
      }),
      RUNS,
    );
    expect([...reasons].sort()).toEqual(["finished", "no-valid-entry", "waits-for-lock"]);
  });

  it("the scenarios and schedules drawn here go where it matters", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(aScenario, aSchedule, (scenario, schedule) => {
        for (const step of follow(machineFor(scenario), schedule).steps) {
          if (step.kind === "kernel") seen.add(step.label);
          if (step.kind === "mmu") seen.add(step.result);
          for (const event of step.events) seen.add(event.kind);
          if (typeof step.choice !== "number") for (const freedom of Object.keys(step.choice)) seen.add(freedom);
        }
      }),
      RUNS,
    );
    const places = [
      "contpte_convert.set",
      "__contpte_try_fold.check",
      "contpte_ptep_get.entry",
      "contpte_ptep_get_lockless.entry",
      "contpte_set_ptes.set",
      "contpte_set_ptes.plain",
    ];
    const results = ["ok", "fault-translation", "fault-access", "fault-permission"];
    const happenings = ["return", "warning", "retry", "fault", "tlb-conflict"];
    expect([...places, ...results, ...happenings, "entry", "access", "answer"].filter((wanted) => !seen.has(wanted))).toEqual([]);
  });

  it("a TLB never holds two entries of one range", () => {
    let filled = 0;
    fc.assert(
      fc.property(aScenario, aSchedule, (scenario, schedule) => {
        const { states } = follow(machineFor(scenario), schedule);
        for (const state of states) {
          for (const own of state.actors) {
            if (own.kind !== "mmu") continue;
            const ranges = own.tlb.map((entry) => `${entry.start}+${entry.count}`);
            expect(new Set(ranges).size).toBe(ranges.length);
            filled += ranges.length;
          }
        }
      }),
      { ...RUNS, numRuns: 100 },
    );
    expect(filled).toBeGreaterThan(100);
  });
});

function candidates(actors: number, entries: number): readonly Choice[] {
  const each = Array.from({ length: actors + 1 }, (_, actor) => actor);
  return [-1, ...each].flatMap((actor): readonly Choice[] => [
    actor,
    { actor, land: 0 },
    { actor, entry: 0 },
    { actor, entry: entries - 1 },
    { actor, entry: entries },
    { actor, answer: 0 },
    { actor, answer: 1 },
    { actor, answer: 2 },
    { actor, access: ["read", 0] },
    { actor, access: ["write", entries - 1] },
    { actor, access: ["write", entries] },
    { actor, access: ["evict", 0] },
    { actor, access: ["write", 3], entry: 3 },
    { actor, access: ["write", 3], entry: 3, answer: 0 },
  ]);
}
