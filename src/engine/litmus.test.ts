/**
 * Litmus tests, both ways: what can be seen in some interleaving, and what in none.
 * Every case runs through all interleavings of a whole 4K block; the numbers of
 * domain.md §8 are those of its teaching scenarios.
 */
import { describe, expect, it } from "vitest";
import { lookup } from "./hardware/tlb.ts";
import { machineFor } from "./lab.ts";
import type { Machine } from "./machine/machine.ts";
import { pick } from "./machine/random.ts";
import type { MachineState } from "./machine/state.ts";
import type { ScenarioDocument } from "./scenario/document.ts";
import type { Scenario } from "./scenario/scenario.ts";
import { draw, drawWord, hexWord, hexWords } from "./testing/drawing.ts";
import { everyInterleaving, outcomes } from "./testing/everyInterleaving.ts";
import { kernelState, mmuState } from "./testing/running.ts";
import { type ActorDocument, type CallDocument, kernel, lock, mmu, scenarioOf, unlock } from "./testing/scenarioOf.ts";

const FOLIO = { pfn: "0x1000", pages: 64 };

const scenario = (drawing: string, actors: readonly ActorDocument[], machine: Partial<ScenarioDocument["machine"]> = {}): Scenario =>
  scenarioOf({ machine: { folios: [FOLIO], ptes: hexWords(drawing), ...machine }, actors: [...actors] });

/** The same on a kernel that is changed by a variant. */
const changedBy = (variant: string, of: Scenario): Scenario => ({ ...of, variants: [variant] });

const returned = (end: MachineState, actor: number): string =>
  kernelState(end, actor)
    .returns.map((value) => (value === undefined ? "nothing" : drawWord(value)))
    .join(" ");

const set = (index: number, token: string): CallDocument => ({
  fn: "set_ptes",
  index,
  nr: 1,
  pte: hexWord(token, 0x1000n + BigInt(index)),
});
const clear = (index: number): CallDocument => ({ fn: "ptep_get_and_clear", index });
const lockless = (index: number): ActorDocument => kernel({ fn: "ptep_get_lockless", index });
const locked = (...calls: readonly CallDocument[]): ActorDocument => kernel(lock, ...calls, unlock);

/** Where a run ends in which chance says who moves. No state is ever taken for another here. */
function randomEnd(machine: Machine, seed: number): MachineState {
  let state = machine.initial;
  for (let n = 0; ; n++) {
    const steps = machine.steps(state);
    const taken = steps[pick(seed, n, steps.length)];
    if (taken === undefined) return state;
    state = taken.state;
  }
}

describe("a lockless reader", () => {
  const read = (of: Scenario) => {
    const { ends, states } = everyInterleaving(machineFor(of));
    return { seen: outcomes(ends, (end) => returned(end, 1)), states };
  };

  it("during an unfold sees exactly {C W dirty young, none, W dirty young} (§8.1)", () => {
    const { seen, states } = read(scenario("CW*2 CWdy CW*13", [locked(set(5, "W")), lockless(0)]));
    expect(seen).toEqual([".", "CWdy", "Wdy"]);
    expect(states).toBeGreaterThan(300);
  });

  it("that reads a single entry may lose the dirty bit (§8.2)", () => {
    const of = scenario("CW*2 CWdy CW*13", [locked(set(5, "W")), lockless(0)]);
    expect(read(changedBy("lockless-single-entry", of)).seen).toEqual([".", "CW", "Wdy"]);
  });

  it("that gives up on an inconsistent block may lose the dirty bit (§8.3)", () => {
    const of = scenario("CW*2 CWdy CW*13", [locked(set(5, "W")), lockless(0)]);
    expect(read(changedBy("lockless-give-up", of)).seen).toEqual([".", "CW", "CWdy", "Wdy"]);
  });

  it("during a fold sees exactly {W clean old, none, C W dirty young} of an unmarked page (§8.4)", () => {
    expect(read(scenario("W*2 Wdy Wy W*11 .", [locked(set(15, "W")), lockless(0)])).seen).toEqual([".", "CWdy", "W"]);
  });

  it("during a fold sees exactly {W young, none, C W dirty young} of a young page (§8.4)", () => {
    expect(read(scenario("W*2 Wdy Wy W*11 .", [locked(set(15, "W")), lockless(3)])).seen).toEqual([".", "CWdy", "Wy"]);
  });

  it("during an unfold and a refold under one hold of the lock sees {C W dirty young, none, W dirty young} (§8.17)", () => {
    expect(read(scenario("CW*2 CWdy CW*13", [locked(set(15, "W")), lockless(0)])).seen).toEqual([".", "CWdy", "Wdy"]);
  });

  it("of a page next to one that is unmapped sees {C W, none, W} (§8.13)", () => {
    expect(read(scenario("CW*16", [locked(clear(2), clear(3)), lockless(9)])).seen).toEqual([".", "CW", "W"]);
  });

  it("of the page that is unmapped may see none for good", () => {
    expect(read(scenario("CWy*16", [locked(clear(2)), lockless(2)])).seen).toEqual([".", "CWy", "Wy"]);
  });

  it("always comes to an end, whatever a writer does that finishes", () => {
    const { ends } = everyInterleaving(machineFor(scenario("CW*16", [locked(set(15, "W"), clear(2)), lockless(0)])));
    expect(ends.every((end) => kernelState(end, 1).returns.length === 1 && kernelState(end, 0).returns.length === 4)).toBe(true);
    expect(ends.length).toBeGreaterThan(1);
  });
});

describe("hardware dirties a page while its block is unfolded (§8.10)", () => {
  /** What the store got, and what is left; slot 5 is taken out by the writer. */
  const outcome = (end: MachineState): string => `${mmuState(end, 1).results.join()} | ${draw(end.table.words())}`;
  const race = (adUpdate: "walked" | "any", write: number): Scenario =>
    scenario("CWy*16", [locked(clear(5)), mmu({ rw: "write", index: write })], { adUpdate });

  const EXPECTED = [
    // It came too late and finds the slot empty: nothing is dirty.
    "fault-translation | Wy*5 . Wy*10",
    // It came after the unfold: only its own entry is dirty, by hardware.
    "ok | Wy*2 Why Wy*2 . Wy*10",
    // It came before its slot was cleared: the mark is carried to the whole block.
    "ok | Wdy*5 . Wdy*10",
  ].sort();

  it("either the store faults, or its mark is kept", () => {
    const { ends } = everyInterleaving(machineFor(race("walked", 2)));
    expect(outcomes(ends, outcome)).toEqual(EXPECTED);
  });

  it("also when hardware may mark any member of the block", () => {
    const { ends } = everyInterleaving(machineFor(race("any", 2)));
    expect(outcomes(ends, outcome)).toEqual(EXPECTED);
  });

  it("on the page that is taken out the mark is in the value returned, or nothing was marked", () => {
    const { ends } = everyInterleaving(machineFor(race("walked", 5)));
    const seen = outcomes(ends, (end) => `${mmuState(end, 1).results.join()} ${returned(end, 0)} | ${draw(end.table.words())}`);
    expect(seen).toEqual(
      [
        "fault-translation nothing Wy nothing | Wy*5 . Wy*10",
        "ok nothing Wdy nothing | Wdy*5 . Wdy*10",
        // After the unfold and before the entry is taken: marked by hardware, returned so.
        "ok nothing Why nothing | Wy*5 . Wy*10",
      ].sort(),
    );
  });

  it("reading and then storing 0, instead of an xchg, loses the store", () => {
    const { ends } = everyInterleaving(machineFor(changedBy("convert-read-then-store", race("walked", 2))));
    expect(outcomes(ends, outcome)).toEqual([...EXPECTED, "ok | Wy*5 . Wy*10"].sort());
  });
});

describe("TLBs during a fold and an unfold (§8.12)", () => {
  const walker = mmu({ rw: "read", index: 0 }, { rw: "read", index: 3 }, { rw: "write", index: 0 });

  /** Every state in which a TLB holds two entries for one page, and every access that met them. */
  const overlaps = (of: Scenario): { held: number; conflicts: number } => {
    const count = { held: 0, conflicts: 0 };
    everyInterleaving(machineFor(of), (step, _, after) => {
      count.conflicts += step.events.filter((event) => event.kind === "tlb-conflict").length;
      const { tlb } = mmuState(after, 1);
      count.held += tlb.some((entry) => lookup(tlb, entry.start).length > 1) ? 1 : 0;
    });
    return count;
  };

  it("no walker ever holds a page and its block together", () => {
    expect(overlaps(scenario("Wy*15 .", [locked(set(15, "Wy")), walker]))).toEqual({ held: 0, conflicts: 0 });
    expect(overlaps(scenario("CWy*16", [locked(set(4, "Wy")), walker]))).toEqual({ held: 0, conflicts: 0 });
    expect(overlaps(scenario("CWy*16", [locked(set(15, "Wy")), walker]))).toEqual({ held: 0, conflicts: 0 });
  });

  it("one does after a fold that does not flush", () => {
    const of = scenario("Wy*15 .", [kernel(set(15, "Wy")), walker]);
    const { held, conflicts } = overlaps(changedBy("convert-no-tlbi", of));
    expect(held).toBeGreaterThan(0);
    expect(conflicts).toBeGreaterThan(0);
  });
});

describe("gup_fast (§8.24)", () => {
  const PIN = { fn: "gup_fast", index: 9, write: true };
  const pinned = (of: Scenario): readonly string[] =>
    outcomes(everyInterleaving(machineFor(of)).ends, (end) => `${kernelState(end, 0).returns[0]?.toString(16)}`);

  it("during an unfold pins the page or falls back", () => {
    expect(pinned(scenario("CWy*16", [kernel(PIN), locked(clear(2))]))).toEqual(["0", "1009"]);
  });

  it("during a zap and a refill pins the old page, the new one or none", () => {
    const refill: CallDocument = { fn: "set_ptes", index: 0, nr: 16, pte: hexWord("Wdy", 0x2000n) };
    const zap: CallDocument = { fn: "clear_full_ptes", index: 0, nr: 16, full: false };
    const of = scenario("CWy*16", [kernel(PIN), locked(zap, { fn: "flush_tlb_range", index: 0, nr: 16 }, refill)]);
    expect(pinned(of)).toEqual(["0", "1009", "2009"]);
  });

  it("falls back when hardware marks the block between its two looks, unless access and dirty are left out of the comparison", () => {
    const of = scenario("CWy*16", [kernel(PIN), mmu({ rw: "write", index: 3 })]);
    expect(pinned(of)).toEqual(["0", "1009"]);
    expect(pinned(changedBy("gup-compare-modulo-ad", of))).toEqual(["1009"]);
  });

  it("gives the reference back exactly where it falls back after taking it", () => {
    const given: string[] = [];
    everyInterleaving(machineFor(scenario("CWy*16", [kernel(PIN), mmu({ rw: "write", index: 3 })])), (step, _, after) => {
      if (step.kind !== "kernel" || step.effect.op !== "ref") return;
      const returned = kernelState(after, 0).returns[0];
      given.push(`${step.effect.pfn.toString(16)} ${step.effect.change} ${returned}`);
    });
    expect([...new Set(given)].sort()).toEqual(["1000 -1 0", "1000 1 undefined"]);
  });
});

describe("handle_pte_fault (§8.25)", () => {
  const results = (of: Scenario): readonly string[] =>
    outcomes(everyInterleaving(machineFor(of)).ends, (end) => `${kernelState(end, 0).returns[0]}`);
  const FAULT = { fn: "handle_pte_fault", index: 9, write: true };

  it("during an unfold is done, or sees none and would go looking for the page", () => {
    expect(results(scenario("CWy*16", [kernel(FAULT), locked(clear(2))]))).toEqual(["0", "1"]);
  });

  it("holds the lock while it changes anything, and gives it back", () => {
    const of = scenario("CWy*16", [kernel(FAULT), mmu({ rw: "write", index: 3 })]);
    const { ends } = everyInterleaving(machineFor(of), (step, before) => {
      if (step.kind === "kernel" && "new" in step.effect) expect(before.ptl).toBe(0);
    });
    for (const end of ends) expect(end.ptl).toBeUndefined();
  });

  it("against stores that take no lock ends, on random schedules, only as the search says it may", () => {
    const store = (token: string): CallDocument => ({ fn: "set_pte", index: 3, pte: hexWord(token, 0x1003n) });
    const of = scenario("Wy*16", [kernel(store("R")), kernel({ fn: "handle_pte_fault", index: 3, write: false })]);
    const machine = machineFor(of);
    const outcome = (end: MachineState): string => `${kernelState(end, 1).returns.join()} ${drawWord(end.table.read(3))}`;
    const listed = outcomes(everyInterleaving(machine).ends, outcome);
    const met = new Set(Array.from({ length: 300 }, (_, seed) => outcome(randomEnd(machine, seed))));
    expect([...met].sort()).toEqual(listed);
    // A young entry needs no change, unless another one has come to stand in its place.
    expect(listed).toEqual(["0 R", "0 Ry", "0 Wy"]);
  });

  it("mends a device's fault on a clean page of a dirty block since 6.12.78; before, it found nothing to do (§8.18)", () => {
    const device = mmu({ rw: "write", index: 9 });
    const of = scenario("CWhy CWy*15", [kernel(FAULT, lock, unlock), device], { hardwareAD: "none" });
    const faultsAfter = (kind: Scenario): readonly string[] => {
      const found = new Set<string>();
      everyInterleaving(machineFor(kind), (step, before) => {
        if (step.kind === "mmu" && kernelState(before, 0).returns.length > 0) found.add(step.result);
      });
      return [...found].sort();
    };
    expect(faultsAfter(of)).toEqual(["ok"]);
    expect(faultsAfter(changedBy("set-access-flags-gathered", of))).toEqual(["fault-permission"]);
  });
});

describe("fork, a whole block at once (§8.6)", () => {
  it("leaves a lockless reader with the old protection or the new one, dirty either way", () => {
    const { ends } = everyInterleaving(
      machineFor(scenario("CWy CWhy CWy*14", [kernel({ fn: "copy_pte_range", index: 0, nr: 16 }), lockless(9)])),
    );
    expect(outcomes(ends, (end) => returned(end, 1))).toEqual(["CRdy", "CWdy"]);
  });
});

describe("the page-table lock", () => {
  it("lets nobody in while somebody is", () => {
    const writer = locked(set(4, "W"));
    let contended = 0;
    const machine = machineFor(scenario(".*16", [writer, writer]));
    const inside = (state: MachineState, actor: number): boolean =>
      kernelState(state, actor).call === 1 || kernelState(state, actor).call === 2;
    const { ends } = everyInterleaving(machine, (_, state) => {
      expect([0, 1].filter((actor) => inside(state, actor)).length).toBeLessThan(2);
      if (machine.offer(state, 1).idle === "waits-for-lock") contended += 1;
    });
    expect(contended).toBeGreaterThan(0);
    expect(ends).toHaveLength(1);
    expect(ends[0]?.ptl).toBeUndefined();
  });

  it("without it two writers do overlap", () => {
    const machine = machineFor(scenario(".*16", [kernel(set(4, "W")), kernel(set(4, "R"))]));
    expect(outcomes(everyInterleaving(machine).ends, (end) => drawWord(end.table.read(4)))).toEqual(["R", "W"]);
    let overlapped = false;
    everyInterleaving(machine, (_, state) => {
      overlapped ||= [0, 1].every((actor) => kernelState(state, actor).at?.state.next.op === "write");
    });
    expect(overlapped).toBe(true);
  });

  it("that is never given back leaves the other waiting for its holder", () => {
    const machine = machineFor(scenario(".*16", [kernel(lock), kernel(lock, unlock)]));
    const { ends } = everyInterleaving(machine);
    const waits = ends.map((end) => [0, 1].map((actor) => machine.offer(end, actor)));
    const finished = { choices: [], idle: "finished" };
    expect(waits).toHaveLength(2);
    expect(waits).toContainEqual([finished, { choices: [], idle: "waits-for-lock", holder: 0 }]);
    expect(waits).toContainEqual([finished, finished]);
  });

  it("blocks its own holder when taken twice", () => {
    const machine = machineFor(scenario(".*16", [kernel(lock, lock)]));
    const { ends } = everyInterleaving(machine);
    expect(ends.map((end) => machine.offer(end, 0))).toEqual([{ choices: [], idle: "waits-for-lock", holder: 0 }]);
  });

  it("is not released by someone else, who is warned each time", () => {
    const machine = machineFor(scenario(".*16", [kernel(lock), kernel(unlock, unlock)]));
    const { ends } = everyInterleaving(machine, (step, before, after) => {
      if (step.actor !== 1) return;
      expect(step.events.filter((event) => event.kind === "warning")).toHaveLength(1);
      expect(after.ptl).toBe(before.ptl);
    });
    expect(ends.map((end) => end.ptl)).toEqual([0]);
  });

  it("is released by its holder without a warning", () => {
    const warned: string[] = [];
    const { ends } = everyInterleaving(machineFor(scenario(".*16", [kernel(lock, unlock)])), (step) =>
      warned.push(...step.events.map((event) => event.kind)),
    );
    expect(warned).toEqual(["return", "return"]);
    expect(ends.map((end) => end.ptl)).toEqual([undefined]);
  });
});
