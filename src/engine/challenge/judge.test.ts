import { describe, expect, it } from "vitest";
import { unfoldRace } from "../../stories/scenarios/unfoldRace.ts";
import { resultOf } from "../explore/graph/graph.ts";
import { machineFor } from "../lab.ts";
import { finish } from "../machine/finish.ts";
import type { Choice } from "../scenario/scenario.ts";
import { Untellable } from "../story/untellable.ts";
import { kernel, lock, mmu, scenarioOf, unlock } from "../testing/scenarioOf.ts";
import { judge } from "./judge.ts";

const times = (actor: number, many: number): readonly Choice[] => new Array<Choice>(many).fill(actor);

const race = machineFor(scenarioOf(unfoldRace));

describe("a condition", () => {
  const taken = { so: "lock held by CPU0" };

  it("is met at the step after which it holds, and with the switches made until then", () => {
    expect(judge(race, taken, [])).toEqual({});
    expect(judge(race, taken, [1, 1])).toEqual({});
    expect(judge(race, taken, [0])).toEqual({ met: { at: 1, switches: 0 } });
    expect(judge(race, taken, [1, 0])).toEqual({ met: { at: 2, switches: 1 } });
  });

  it("stays met: what comes later counts no more", () => {
    expect(judge(race, taken, [1, 0, 1, 0, 1])).toEqual({ met: { at: 2, switches: 1 } });
    const all = resultOf(finish(race, race.initial)).choices;
    expect(judge(race, { so: "CPU0 is in ptep_get_and_clear and lock held" }, all)).toEqual({ met: { at: 1, switches: 0 } });
  });

  it("may hold before anybody moves", () => {
    expect(judge(race, { so: "block 0 folded" }, [0, 1])).toEqual({ met: { at: 0, switches: 0 } });
  });

  it("may ask how often somebody began again", () => {
    // CPU0 takes the lock, looks, and clears entry 0. CPU1 reads entry 9, enters, reads it again, finds entry 0 gone: twice over.
    const run = [...times(0, 3), ...times(1, 30)];
    const first = judge(race, { so: "CPU1 retried" }, run).met;
    const second = judge(race, { so: "CPU1 retried >= 2" }, run).met;
    expect(first?.switches).toBe(1);
    expect(second?.switches).toBe(1);
    expect(first?.at).toBeLessThan(second?.at ?? 0);
  });

  it("that is none is refused", () => {
    expect(() => judge(race, { so: "entry 99 none" }, [])).toThrow(Untellable);
  });
});

describe("a property", () => {
  // Folded by the last entry, without a flush: what the TLB holds of one page then meets the block.
  const machine = machineFor(
    scenarioOf({
      kernel: { variants: ["convert-no-tlbi"] },
      machine: { folios: [{ pfn: "0x1000", pages: 16 }], ptes: [{ index: 0, count: 15, pfn: "0x1000", prot: "rw", flags: ["young"] }] },
      actors: [
        kernel(lock, { fn: "set_ptes", index: 15, pte: "0x6800000100fbc3", nr: 1 }, unlock),
        mmu({ rw: "read", index: 3 }, { rw: "read", index: 9 }, { rw: "read", index: 9 }),
      ],
    }),
  );
  const goal = { violates: "tlb-unique" } as const;
  const folding = resultOf(finish(machine, machine.initial, { actors: [0] })).choices;

  it("fails at the step that breaks it, and not before", () => {
    const run = [1, ...folding, 1];
    expect(judge(machine, goal, run.slice(0, -1))).toEqual({});
    expect(judge(machine, goal, run)).toEqual({ met: { at: run.length, switches: 2 } });
    expect(judge(machine, goal, [...run, 1])).toEqual({ met: { at: run.length, switches: 2 } });
  });

  it("holds where the same steps come in another order", () => {
    expect(judge(machine, goal, [...folding, 1, 1, 1])).toEqual({});
    expect(judge(machine, goal, [1, 1, 1, ...folding])).toEqual({});
  });

  it("may fail where nobody can move", () => {
    const stuck = machineFor(scenarioOf({ actors: [kernel(lock), kernel(lock)] }));
    const deadlock = { violates: "no-deadlock" } as const;
    expect(judge(stuck, deadlock, [])).toEqual({});
    expect(judge(stuck, deadlock, [1])).toEqual({ met: { at: 1, switches: 0 } });
  });
});
