/** Flushes that do not wait, and accesses that miss the table: what no built-in call does yet, but the machine must know. */
import { describe, expect, it } from "vitest";
import { asPte } from "../hardware/descriptor.ts";
import { lookup } from "../hardware/tlb.ts";
import { perform, routineOf, type Script, site } from "../kernel/script.ts";
import { machineFor } from "../lab.ts";
import type { Operation, RoutineProvider } from "../routine.ts";
import type { Choice } from "../scenario/scenario.ts";
import { hexWords } from "../testing/drawing.ts";
import { kernelState, mmuState } from "../testing/running.ts";
import { type ActorDocument, kernel, mmu, scenarioOf } from "../testing/scenarioOf.ts";
import type { Machine } from "./machine.ts";
import { finalState, replay } from "./run.ts";

const tlbi = (index: number, nr: number, sync: boolean): Operation => ({
  op: "tlbi",
  index,
  nr,
  stride: 4096n,
  lastLevel: true,
  level: 3,
  sync,
});
const read = (index: number): Operation => ({ op: "read", index });

/** A provider whose every call performs these operations. */
const performing = (...operations: readonly Operation[]): RoutineProvider => ({
  applyHelper: (_, pte) => pte,
  routine: ({ fn }) =>
    routineOf(fn, function* (): Script<bigint | undefined> {
      for (const [i, operation] of operations.entries()) yield* perform(site(`${fn}.operation`, { i }), operation);
      return undefined;
    }),
});

const READER = mmu({ rw: "read", index: 3 }, { rw: "read", index: 20 });
const CALL = kernel({ fn: "ptep_get", index: 0 });

const machineWith = (provider: RoutineProvider, ...actors: readonly ActorDocument[]): Machine =>
  machineFor(scenarioOf({ machine: { ptes: hexWords("Wy*32") }, actors: [...actors] }), provider);

const LAND: Choice = { actor: 0, land: 0 };

function afterwards(machine: Machine, choices: readonly Choice[]) {
  const run = replay(machine, choices);
  expect(run.diverged).toBeUndefined();
  return { state: finalState(run), steps: run.steps };
}

const cached = (machine: Machine, choices: readonly Choice[]): readonly number[] =>
  [3, 20].filter((index) => lookup(mmuState(afterwards(machine, choices).state, 1).tlb, index).length > 0);

describe("a flush", () => {
  it("that waits removes the range from every TLB in one step", () => {
    const machine = machineWith(performing(tlbi(0, 16, true)), CALL, READER, READER);
    const { state } = afterwards(machine, [1, 1, 2, 2, 0]);
    expect([1, 2].map((actor) => mmuState(state, actor).tlb.map((entry) => entry.start))).toEqual([[20], [20]]);
    expect(state.pending).toEqual([]);
  });

  it("of one's own CPU reaches no other's TLB, and nothing pending", () => {
    const local: Operation = { op: "tlbi", index: 0, nr: 32, stride: 4096n, lastLevel: true, level: 3, sync: true, local: true };
    const machine = machineWith(performing(tlbi(0, 16, false), local, read(0)), CALL, READER);
    expect(cached(machine, [1, 1, 0, 0])).toEqual([3, 20]);
    expect(afterwards(machine, [1, 1, 0, 0]).state.pending).toEqual([{ actor: 0, index: 0, nr: 16 }]);
  });

  it("that does not wait leaves the TLBs alone until it lands, which is a choice", () => {
    const machine = machineWith(performing(tlbi(0, 16, false), read(0)), CALL, READER);
    expect(cached(machine, [1, 1, 0])).toEqual([3, 20]);
    expect(machine.choices(afterwards(machine, [1, 1, 0]).state)).toEqual([0, LAND]);
    expect(cached(machine, [1, 1, 0, LAND])).toEqual([20]);
    const { state, steps } = afterwards(machine, [1, 1, 0, LAND]);
    expect(state.pending).toEqual([]);
    expect(steps.at(-1)).toEqual({ kind: "land", actor: 0, choice: LAND, index: 0, nr: 16, events: [] });
  });

  it("that does not wait does not land before it is issued, nor twice", () => {
    const machine = machineWith(performing(tlbi(0, 16, false), read(0)), CALL, READER);
    expect(machine.step(machine.initial, LAND)).toBeUndefined();
    expect(machine.step(afterwards(machine, [0, LAND]).state, LAND)).toBeUndefined();
  });

  it("that does not wait lands at the latest when its actor finishes", () => {
    const machine = machineWith(performing(tlbi(0, 16, false), read(0)), CALL, READER);
    expect(cached(machine, [1, 1, 0, 0])).toEqual([20]);
    expect(afterwards(machine, [1, 1, 0, 0]).state.pending).toEqual([]);
  });

  it("that does not wait outlives its call while there is another", () => {
    const machine = machineWith(performing(tlbi(0, 16, false)), kernel({ fn: "ptep_get", index: 0 }, { fn: "ptep_get", index: 0 }), READER);
    expect(cached(machine, [1, 1, 0])).toEqual([3, 20]);
    expect(cached(machine, [1, 1, 0, 0])).toEqual([20]);
  });

  it("that waits brings down those of its own actor that did not, and nobody else's", () => {
    const operations = [tlbi(0, 16, false), tlbi(31, 1, true), read(0)];
    const machine = machineWith(performing(...operations), CALL, READER, CALL);
    const { state } = afterwards(machine, [1, 1, 2, 0, 0]);
    expect(state.pending).toEqual([{ actor: 2, index: 0, nr: 16 }]);
    expect(cached(machine, [1, 1, 0, 0])).toEqual([20]);
    expect(cached(machine, [2, 1, 1])).toEqual([3, 20]);
  });

  it("lands in any order, each named by its place among those pending", () => {
    const machine = machineWith(performing(tlbi(0, 16, false), tlbi(16, 16, false), read(0)), CALL, READER);
    const later: Choice = { actor: 0, land: 1 };
    expect(cached(machine, [1, 1, 0, 0, later])).toEqual([3]);
    expect(cached(machine, [1, 1, 0, 0, later, LAND])).toEqual([]);
  });

  it("that is pending can land while its actor waits for the lock", () => {
    const machine = machineWith(performing(tlbi(0, 16, false), { op: "lock" }), CALL, READER, CALL);
    const { state } = afterwards(machine, [2, 2, 1, 1, 0]);
    expect(machine.offer(state, 0)).toEqual({ choices: [LAND] });
    const landed = afterwards(machine, [2, 2, 1, 1, 0, LAND]).state;
    expect(machine.offer(landed, 0)).toEqual({ choices: [], idle: "waits-for-lock", holder: 2 });
  });
});

describe("an access outside the table", () => {
  it.each([-1, 32, 65536])("at entry %i violates scope, changes nothing and ends its actor", (index) => {
    const machine = machineWith(
      performing({ op: "write", index, value: asPte(1n) }, read(0)),
      kernel({ fn: "ptep_get", index: 0 }, { fn: "ptep_get", index: 0 }),
      READER,
    );
    const { state, steps } = afterwards(machine, [0]);
    expect(steps).toMatchObject([{ effect: { op: "overrun", index }, events: [{ kind: "scope", index, violation: true }] }]);
    expect(state.table).toBe(machine.initial.table);
    expect(machine.offer(state, 0)).toEqual({ choices: [], idle: "finished" });
    expect(kernelState(state, 0).returns).toEqual([]);
    expect(machine.choices(state)).toEqual([1]);
  });
});

describe("a cmpxchg", () => {
  it("stores where it finds what it expects, and otherwise observes only", () => {
    const expected = BigInt(hexWords("Wy")[0] ?? "0x0");
    const value = asPte(5n);
    const swap = (expect: bigint): Operation => ({ op: "cmpxchg", index: 0, expected: asPte(expect), value });
    const machine = machineWith(performing(swap(7n), swap(expected)), CALL);
    const { steps } = afterwards(machine, [0, 0]);
    expect(steps.map((step) => step.kind === "kernel" && step.effect)).toEqual([
      { op: "cmpxchg", index: 0, old: expected, new: expected },
      { op: "cmpxchg", index: 0, old: expected, new: 5n },
    ]);
  });
});

describe("a folio reference", () => {
  it("is a step that changes no shared state", () => {
    const machine = machineWith(performing({ op: "ref", pfn: 0x1000n, change: 1 }), CALL);
    const { state, steps } = afterwards(machine, [0]);
    expect(steps).toMatchObject([{ effect: { op: "ref", pfn: 0x1000n, change: 1 } }]);
    expect(state.table).toBe(machine.initial.table);
  });
});
