/**
 * Every access of every routine, in order. What is expected here was derived by hand
 * from domain.md §2 and Linux 6.12.117 (asm/pgtable.h, mm/contpte.c); nothing was pasted
 * from a run.
 */
import { describe, expect, it } from "vitest";
import { machineFor } from "../lab.ts";
import { replay } from "../machine/run.ts";
import type { MachineState } from "../machine/state.ts";
import type { ScenarioDocument } from "../scenario/document.ts";
import { draw, drawWord, hexWord, hexWords, word } from "../testing/drawing.ts";
import { countsOf, kernelState, runToEnd, traceOf } from "../testing/running.ts";
import { type CallDocument, kernel, scenarioOf } from "../testing/scenarioOf.ts";

type MachineDocument = ScenarioDocument["machine"];

/** One folio of 64 pages under every drawn frame, so that folios refuse nothing unless a test says so. */
const FOLIO = { pfn: "0x1000", pages: 64 };

function run(drawing: string, calls: readonly CallDocument[], machine: Partial<MachineDocument> = {}) {
  const { steps, final, spinning } = runToEnd(
    scenarioOf({ machine: { folios: [FOLIO], ptes: hexWords(drawing), ...machine }, actors: [kernel(...calls)] }),
  );
  return { trace: traceOf(steps), table: draw(final.table.words()), returned: returnedBy(final), steps, spinning };
}

const returnedBy = (state: MachineState) =>
  kernelState(state, 0).returns.map((value) => (value === undefined ? "nothing" : drawWord(value)));

const setPte = (index: number, token: string, pfn = 0x1000n + BigInt(index)): CallDocument => ({
  fn: "set_ptes",
  index,
  nr: 1,
  pte: hexWord(token, pfn),
});

const CONVERT = (start: number): readonly string[] => [
  `xchg ${start}..${start + 15} contpte_convert.clear`,
  `tlbi ${start}+16 contpte_convert.flush`,
  `write ${start}..${start + 15} contpte_convert.set`,
];

describe("set_ptes of one entry", () => {
  it("reads the slot and stores, when nothing is folded and the slot is not the last", () => {
    const { trace, table } = run(".*16", [setPte(4, "W")]);
    expect(trace).toEqual(["read 4 set_ptes.read", "write 4 set_ptes.set"]);
    expect(table).toBe(".*4 W .*11");
  });

  it("unfolds the block that the slot lies in, then stores", () => {
    const { trace, table } = run("CW*16", [setPte(4, "R")]);
    expect(trace).toEqual(["read 4 set_ptes.read", ...CONVERT(0), "write 4 set_ptes.set"]);
    expect(table).toBe("W*4 R W*11");
  });

  it("folds when the last slot completes a run, after checking every slot", () => {
    const { trace, table } = run("W*15 .", [setPte(15, "W")]);
    expect(trace).toEqual(["read 15 set_ptes.read", "write 15 set_ptes.set", "read 0..15 __contpte_try_fold.check", ...CONVERT(0)]);
    expect(table).toBe("CW*16");
  });

  it("unfolds and folds again when the last slot of a folded block is rewritten alike", () => {
    const { trace, table } = run("CW*16", [setPte(15, "W")]);
    expect(trace).toEqual([
      "read 15 set_ptes.read",
      ...CONVERT(0),
      "write 15 set_ptes.set",
      "read 0..15 __contpte_try_fold.check",
      ...CONVERT(0),
    ]);
    expect(table).toBe("CW*16");
  });

  it("does not fold when the missing slot was not the last one", () => {
    const { trace, table } = run("W*3 . W*12", [setPte(3, "W")]);
    expect(trace).toEqual(["read 3 set_ptes.read", "write 3 set_ptes.set"]);
    expect(table).toBe("W*16");
  });

  it("works on the block of the slot and leaves the neighbours alone", () => {
    const { trace, table } = run("CW*48", [setPte(20, "W")]);
    expect(trace).toEqual(["read 20 set_ptes.read", ...CONVERT(16), "write 20 set_ptes.set"]);
    expect(table).toBe("CW*16 W*16 CW*16");
  });

  it("drops the CONT bit that a getter leaked", () => {
    const { table, trace } = run("CW*16 .*16", [
      { fn: "ptep_get", index: 3 },
      { fn: "set_ptes", index: 20, nr: 1, pte: { result: 0 } },
    ]);
    expect(trace.slice(-2)).toEqual(["read 20 set_ptes.read", "write 20 set_ptes.set"]);
    expect(table).toBe("CW*16 .*4 W@1003 .*11");
  });

  it("sees no block in an entry that has CONT without being valid", () => {
    expect(run("CN*16", [setPte(4, "W")]).trace).toEqual(["read 4 set_ptes.read", "write 4 set_ptes.set"]);
  });
});

describe("a fold is refused", () => {
  const unread = ["read 15 set_ptes.read", "write 15 set_ptes.set"];
  const cases: readonly [why: string, machine: Partial<MachineDocument>, pte: string, pfn: bigint][] = [
    ["the folio ends inside the block", { folios: [{ pfn: "0x1000", pages: 15 }] }, "W", 0x100fn],
    ["the folio begins inside the block", { folios: [{ pfn: "0x1001", pages: 64 }] }, "W", 0x100fn],
    ["every page is its own folio", { folios: [] }, "W", 0x100fn],
    ["the mm is init_mm", { mm: "init" }, "W", 0x100fn],
    ["the mm is the EFI mm", { mm: "efi" }, "W", 0x100fn],
    ["the frame is not the last of an aligned run", {}, "W", 0x1010n],
    ["the entry is special", {}, "Ws", 0x100fn],
    ["the entry is not valid", {}, "N", 0x100fn],
  ];
  it.each(cases)("without looking at the block: %s", (_, machine, pte, pfn) => {
    const { trace, table } = run("W*15 .", [setPte(15, pte, pfn)], machine);
    expect(trace).toEqual(unread);
    expect(table).not.toContain("C");
  });

  const siblings: readonly [why: string, drawing: string, lastRead: number][] = [
    ["a sibling is write-protected", "W*6 R W*8 .", 6],
    ["a sibling is missing", "W*2 . W*12 .", 2],
    ["a sibling maps another frame", "W*9 W@2000 W*5 .", 9],
    ["a sibling is not valid", "W*11 N W*3 .", 11],
    ["a sibling is special", "W*1 Ws W*13 .", 1],
    ["a sibling is write-protected for userfaultfd", "W*14 Wu .", 14],
    ["a sibling has CONT", "W*5 CW W*9 .", 5],
    ["the first entry is missing", ". W*14 .", 0],
  ];
  it.each(siblings)("at the first entry that does not fit: %s", (_, drawing, lastRead) => {
    const { trace } = run(drawing, [setPte(15, "W")]);
    expect(trace).toEqual([...unread, lastRead === 0 ? "read 0 __contpte_try_fold.check" : `read 0..${lastRead} __contpte_try_fold.check`]);
  });

  it("never because of access and dirty bits", () => {
    expect(run("W Wy Wd Wh Wdy Why W*9 .", [setPte(15, "W")]).table).toBe("CWdy*16");
  });

  it("while a large folio only has to cover the block, not to begin with it", () => {
    expect(run("W*15 .", [setPte(15, "W")], { folios: [{ pfn: "0xff0", pages: 32 }] }).table).toBe("CW*16");
  });
});

describe("nothing is unfolded for a kernel mm", () => {
  it.each(["init", "efi"] as const)("%s: a slot of a block is overwritten alone", (mm) => {
    const { trace, table } = run("CW*16", [setPte(4, "W")], { mm });
    expect(trace).toEqual(["read 4 set_ptes.read", "write 4 set_ptes.set"]);
    expect(table).toBe("CW*4 W CW*11");
  });
});

describe("set_ptes of several entries", () => {
  const batch = (index: number, nr: number, token: string, pfn: bigint): CallDocument => ({
    fn: "set_ptes",
    index,
    nr,
    pte: hexWord(token, pfn),
  });

  it("stores a whole block with CONT, reading nothing and flushing nothing", () => {
    const { trace, table } = run(".*16", [batch(0, 16, "W", 0x1000n)]);
    expect(trace).toEqual(["write 0..15 contpte_set_ptes.set"]);
    expect(table).toBe("CW*16");
  });

  it("sets CONT on the whole blocks inside slots 4 to 51 only (domain.md §8.28)", () => {
    const { trace, table } = run(".*64", [batch(4, 48, "W", 0x1004n)]);
    expect(trace).toEqual(["write 4..51 contpte_set_ptes.set"]);
    expect(table).toBe(".*4 W*12 CW*32 W*4 .*12");
  });

  it("sets no CONT when the frame is off by one", () => {
    const { table } = run(".*16", [batch(0, 16, "W", 0x1001n)]);
    expect(table).toBe(Array.from({ length: 16 }, (_, i) => `W@${(0x1001 + i).toString(16)}`).join(" "));
  });

  it("sets no CONT on a part of a block", () => {
    expect(run(".*16", [batch(0, 15, "W", 0x1000n)]).table).toBe("W*15 .");
  });

  it("drops CONT from the value given", () => {
    expect(run(".*16", [batch(0, 2, "CW", 0x1000n)]).table).toBe("W*2 .*14");
  });

  it("leaves entries that are not valid without CONT (PROT_NONE)", () => {
    const { trace, table } = run(".*16", [batch(0, 16, "N", 0x1000n)]);
    expect(trace).toEqual(["write 0..15 contpte_set_ptes.plain"]);
    expect(table).toBe("N*16");
  });

  it.each(["init", "efi"] as const)("leaves the %s mm without CONT", (mm) => {
    const { trace, table } = run(".*16", [batch(0, 16, "W", 0x1000n)], { mm });
    expect(trace).toEqual(["write 0..15 contpte_set_ptes.plain"]);
    expect(table).toBe("W*16");
  });

  it("asks neither for a folio nor whether the entry is special", () => {
    expect(run(".*16", [batch(0, 16, "Ws", 0x1000n)], { folios: [] }).table).toBe("CWs*16");
  });
});

describe("ptep_get", () => {
  it("reads a single entry once", () => {
    const { trace, returned } = run("W*4 Wdy W*11", [{ fn: "ptep_get", index: 4 }]);
    expect(trace).toEqual(["read 4 ptep_get.read"]);
    expect(returned).toEqual(["Wdy"]);
  });

  it("reads the target and then the whole block of a folded entry", () => {
    const { trace, returned } = run("CW*16 CW*2 CWd CW*4 CWy CW*8", [{ fn: "ptep_get", index: 25 }]);
    expect(trace).toEqual(["read 25 ptep_get.read", "read 16..31 contpte_ptep_get.entry"]);
    expect(returned).toEqual(["CWdy"]);
  });

  it("takes frame and protection from the target alone and checks nothing", () => {
    const { returned, trace } = run("CW*8 CR . Wh CW*5", [{ fn: "ptep_get", index: 8 }]);
    expect(trace).toEqual(["read 8 ptep_get.read", "read 0..15 contpte_ptep_get.entry"]);
    expect(returned).toEqual(["CRd"]);
  });

  it("reads an entry with CONT that is not valid once", () => {
    expect(run("CN*16", [{ fn: "ptep_get", index: 2 }]).trace).toEqual(["read 2 ptep_get.read"]);
  });
});

describe("ptep_get_lockless", () => {
  const TWICE = ["read 9 ptep_get_lockless.read", "read 9 contpte_ptep_get_lockless.target"];
  const lockless: CallDocument = { fn: "ptep_get_lockless", index: 9 };

  it("reads a single entry once", () => {
    const { trace, returned } = run("W*9 Wy W*6", [lockless]);
    expect(trace).toEqual(["read 9 ptep_get_lockless.read"]);
    expect(returned).toEqual(["Wy"]);
  });

  it("reads a folded target twice before it scans the block", () => {
    const { trace, returned } = run("CW*2 CWd CW*11 CWy CW", [lockless]);
    expect(trace).toEqual([...TWICE, "read 0..15 contpte_ptep_get_lockless.entry"]);
    expect(returned).toEqual(["CWdy"]);
  });

  const misfits: readonly [why: string, drawing: string][] = [
    ["is empty", "CW*3 . CW*12"],
    ["has lost CONT", "CW*3 W CW*12"],
    ["maps another frame", "CW*3 CW@2003 CW*12"],
    ["has another protection", "CW*3 CR CW*12"],
    ["is no longer valid", "CW*3 CN CW*12"],
  ];
  it.each(misfits)("starts again for ever at an entry that %s", (_, drawing) => {
    const { trace, spinning, returned, steps } = run(drawing, [lockless]);
    // The second reading of the target is where a person may say: it only repeats itself.
    expect(trace).toEqual([...TWICE, "read 0..3 contpte_ptep_get_lockless.entry"]);
    expect(spinning).toEqual([0]);
    expect(returned).toEqual([]);
    expect(steps.at(-1)?.events).toEqual([{ kind: "retry", label: "contpte_ptep_get_lockless.target" }]);
  });

  /** CPU1 takes out entry 5 while CPU0 reads entry 9: one step of CPU1 is its read, 16 its clearing. */
  const unfolding = (choices: readonly number[]) => {
    const machine = machineFor(
      scenarioOf({
        machine: { ptes: hexWords("CW*2 CWdy CW*13") },
        actors: [kernel(lockless), kernel({ fn: "ptep_get_and_clear", index: 5 })],
      }),
    );
    const { steps, states, diverged } = replay(machine, choices);
    expect(diverged).toBeUndefined();
    const final = states.at(-1) ?? machine.initial;
    return { trace: traceOf(steps.filter((s) => s.actor === 0)), returned: returnedBy(final) };
  };
  const times = (n: number, actor: number): readonly number[] => Array.from({ length: n }, () => actor);

  it("starts again when the block is unfolded meanwhile, and then returns the single entry", () => {
    const all = 1 + 16 + 1 + 16 + 1;
    const { trace, returned } = unfolding([...times(6, 0), ...times(all, 1), ...times(2, 0)]);
    expect(trace).toEqual([...TWICE, "read 0..4 contpte_ptep_get_lockless.entry", "read 9 contpte_ptep_get_lockless.target"]);
    expect(returned).toEqual(["Wdy"]);
  });

  it("returns an empty entry when it starts again while the block is cleared", () => {
    const { trace, returned } = unfolding([...times(4, 0), ...times(1 + 16, 1), ...times(2, 0)]);
    expect(trace).toEqual([...TWICE, "read 0..2 contpte_ptep_get_lockless.entry", "read 9 contpte_ptep_get_lockless.target"]);
    expect(returned).toEqual(["."]);
  });

  it("forgets what a failed scan gathered", () => {
    // Slot 2's bits are gathered, then the block is retaken read-only and clean by frames 0x2000…
    const machine = machineFor(
      scenarioOf({
        machine: { ptes: hexWords("CW*2 CWdy CW*13") },
        actors: [
          kernel(lockless),
          kernel(...Array.from({ length: 16 }, (_, i): CallDocument => ({ fn: "ptep_get_and_clear", index: i })), {
            fn: "set_ptes",
            index: 0,
            nr: 16,
            pte: "0x60000002000bc3",
          }),
        ],
      }),
    );
    const clearing = 1 + 16 + 1 + 16 + 1 + 15 * 2;
    const { states, diverged } = replay(machine, [...times(2 + 3, 0), ...times(clearing + 16, 1), ...times(1 + 1 + 16, 0)]);
    expect(diverged).toBeUndefined();
    const final = states.at(-1) ?? machine.initial;
    expect(kernelState(final, 0).returns).toEqual([word("CR", 0x2009n)]);
  });
});

describe("ptep_get_and_clear", () => {
  it("reads a single entry and swaps in 0", () => {
    const { trace, returned, table } = run("W*4 Wdy W*11", [{ fn: "ptep_get_and_clear", index: 4 }]);
    expect(trace).toEqual(["read 4 ptep_get_and_clear.read", "xchg 4 ptep_get_and_clear.clear"]);
    expect(returned).toEqual(["Wdy"]);
    expect(table).toBe("W*4 . W*11");
  });

  it("on a folded block makes exactly 1 read, 16 xchg, 1 tlbi, 16 writes, 1 xchg", () => {
    const { trace, returned, table, steps } = run("CW*16", [{ fn: "ptep_get_and_clear", index: 4 }]);
    expect(trace).toEqual(["read 4 ptep_get_and_clear.read", ...CONVERT(0), "xchg 4 ptep_get_and_clear.clear"]);
    expect(countsOf(steps)).toEqual({ read: 1, xchg: 17, tlbi: 1, write: 16 });
    expect(returned).toEqual(["W"]);
    expect(table).toBe("W*4 . W*11");
  });

  it("flushes the whole block: leaf entries at level 3, page by page, waiting for it", () => {
    const { steps } = run("CW*32", [{ fn: "ptep_get_and_clear", index: 20 }]);
    const flush = steps.flatMap((step) => (step.kind === "kernel" && step.effect.op === "tlbi" ? [step.effect] : []));
    expect(flush).toEqual([{ op: "tlbi", index: 16, nr: 16, stride: 4096n, lastLevel: true, level: 3, sync: true }]);
  });
});

describe("other granules", () => {
  const cases = [
    { granule: "16K", block: 128, shift: 14n, page: 16384n },
    { granule: "64K", block: 32, shift: 16n, page: 65536n },
  ] as const;
  const machineOf = (granule: "16K" | "64K", shift: bigint, drawing: string): MachineDocument => ({
    granule,
    folios: [{ pfn: "0x1000", pages: 512 }],
    ptes: hexWords(drawing, 0x1000n, shift),
  });

  it.each(cases)("$granule: unfolding is $block xchg, one flush and $block writes", ({ granule, block, shift, page }) => {
    const { steps } = runToEnd(
      scenarioOf({ machine: machineOf(granule, shift, `CW*${block}`), actors: [kernel({ fn: "ptep_get_and_clear", index: 4 })] }),
    );
    expect(countsOf(steps)).toEqual({ read: 1, xchg: block + 1, tlbi: 1, write: block });
    const flush = steps.flatMap((step) => (step.kind === "kernel" && step.effect.op === "tlbi" ? [step.effect] : []));
    expect(flush).toEqual([{ op: "tlbi", index: 0, nr: block, stride: page, lastLevel: true, level: 3, sync: true }]);
  });

  it.each(cases)("$granule: the last of $block slots folds", ({ granule, block, shift }) => {
    const last = block - 1;
    const set: CallDocument = { fn: "set_ptes", index: last, nr: 1, pte: hexWord("Wy", 0x1000n + BigInt(last), shift) };
    const { steps, final } = runToEnd(scenarioOf({ machine: machineOf(granule, shift, `W*${last} .`), actors: [kernel(set)] }));
    expect(countsOf(steps)).toEqual({ read: 1 + block, xchg: block, tlbi: 1, write: 1 + block });
    expect(final.table.words().map((pte, i) => pte === word("CWy", 0x1000n + BigInt(i), shift))).toEqual(
      Array.from({ length: block }, () => true),
    );
  });

  it.each(cases)("$granule: slot 15, the last of a 4K block, folds nothing", ({ granule, block, shift }) => {
    const set: CallDocument = { fn: "set_ptes", index: 15, nr: 1, pte: hexWord("W", 0x100fn, shift) };
    const { steps } = runToEnd(scenarioOf({ machine: machineOf(granule, shift, `W*15 . W*${block - 16}`), actors: [kernel(set)] }));
    expect(traceOf(steps)).toEqual(["read 15 set_ptes.read", "write 15 set_ptes.set"]);
  });

  it.each(cases)(
    "$granule: a getter reads the target and $block entries, the lockless one the target twice",
    ({ granule, block, shift }) => {
      const actors = [kernel({ fn: "ptep_get", index: 40 % block }), kernel({ fn: "ptep_get_lockless", index: 40 % block })];
      const { steps } = runToEnd(scenarioOf({ machine: machineOf(granule, shift, `CW*${block}`), actors }));
      expect(countsOf(steps.filter((step) => step.actor === 0))).toEqual({ read: 1 + block });
      expect(countsOf(steps.filter((step) => step.actor === 1))).toEqual({ read: 2 + block });
    },
  );

  it.each(cases)("$granule: a batch sets CONT on the whole blocks of $block", ({ granule, block, shift }) => {
    const set: CallDocument = { fn: "set_ptes", index: 1, nr: 2 * block, pte: hexWord("W", 0x1001n, shift) };
    const { steps, final } = runToEnd(
      scenarioOf({ machine: { ...machineOf(granule, shift, "."), entries: 3 * block }, actors: [kernel(set)] }),
    );
    expect(countsOf(steps)).toEqual({ write: 2 * block });
    const shape = final.table
      .words()
      .map((pte) => (pte === 0n ? "." : (pte >> 52n) & 1n ? "C" : "W"))
      .join("");
    expect(shape).toBe(`.${"W".repeat(block - 1)}${"C".repeat(block)}W${".".repeat(block - 1)}`);
  });
});

describe("convert gathers access and dirty bits", () => {
  const marks: readonly [mark: string, after: string][] = [
    ["Wy", "Wy"],
    ["Wd", "Wd"],
    ["Wh", "Wd"],
    ["Wdy", "Wdy"],
  ];
  const slots = Array.from({ length: 16 }, (_, slot) => slot);

  for (const [mark, after] of marks) {
    it.each(slots)(`unfolding: ${mark} at slot %i alone makes every slot ${after}`, (slot) => {
      const drawing = slots.map((i) => (i === slot ? `C${mark}` : "CW")).join(" ");
      const cleared = slot === 4 ? 5 : 4;
      const { table, returned } = run(drawing, [{ fn: "ptep_get_and_clear", index: cleared }]);
      expect(returned).toEqual([after]);
      expect(table).toBe(`${after}*${cleared} . ${after}*${15 - cleared}`);
    });
  }

  it.each(slots.slice(0, 15))("folding: hardware dirt at slot %i alone makes the whole block dirty", (slot) => {
    const drawing = slots.map((i) => (i === 15 ? "." : i === slot ? "Why" : "W")).join(" ");
    expect(run(drawing, [setPte(15, "W")]).table).toBe("CWdy*16");
  });

  it("keeps a read-only block read-only when a member is dirty", () => {
    const { table, returned } = run("CR*3 CRd CR*12", [{ fn: "ptep_get_and_clear", index: 0 }]);
    expect(returned).toEqual(["Rd"]);
    expect(table).toBe(". Rd*15");
  });

  it("leaves a clean old block clean and old", () => {
    expect(run("CW*16", [{ fn: "ptep_get_and_clear", index: 0 }]).table).toBe(". W*15");
  });
});
