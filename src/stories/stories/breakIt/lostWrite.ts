import type { Story } from "../../../engine/protocol.ts";
import { folded, scene, user, writer } from "../scenes.ts";

/** A read and a store where one access is needed. */
export const lostWrite: Story = {
  id: "lost-write",
  shelf: "break-it",
  title: "A read, then a store",
  teaches: "Whoever changes an entry that hardware may mark does so in one access: what is marked between a read and a store is lost.",
  covers: ["convert-read-then-store", "wrprotect-plain-store"],
  acts: [
    {
      title: "While a block is unfolded",
      scenario: scene(
        "An unfold that reads, then stores",
        ["convert-read-then-store"],
        folded(),
        writer({ fn: "ptep_get_and_clear", index: 4 }, { fn: "flush_tlb_range", index: 4, nr: 1 }),
        user({ rw: "write", index: 12 }),
      ),
      beats: [
        {
          caption:
            "A folded block: sixteen page-table entries (PTEs) with `CONT`, the contiguous bit, all clean. CPU0 is to unmap page 4, and empties PTE after PTE to unfold the block. It comes to PTE 12.",
          moves: [{ actors: ["CPU0"], until: "entry 11 none" }],
          focus: { entries: "0-12", line: "CPU0" },
          checks: ["entry 12 not dirty", "entries 0-11 all none"],
        },
        {
          caption: "This kernel does it in two steps. The first reads PTE 12: clean. CPU0 notes that there is nothing to keep.",
          moves: [{ actors: ["CPU0"], steps: 1 }],
          focus: { entries: "12", line: "CPU0" },
          checks: ["entry 12 valid", "entry 12 not dirty"],
        },
        {
          caption: "In between, CPU1 writes page 12. Its hardware finds a writable PTE and marks it dirty, by itself and at once.",
          moves: [{ actors: ["CPU1"], until: "CPU1 finished" }],
          focus: { entries: "12", tlb: "CPU1" },
          checks: ["CPU1 got ok", "entry 12 dirty"],
        },
        {
          predict: {
            ask: "CPU0's second step stores 0 into PTE 12, and the block is written anew from what CPU0 noted. Is page 12 dirty afterwards?",
            answers: ["Yes: hardware marked it", "No: the mark was overwritten"],
            right: 1,
            because: "The store does not look at what it replaces. CPU0 knows only what it read, and that was a clean PTE.",
          },
          caption:
            "All PTEs are clean, and page 12 was written. Linux may now throw the page away as unchanged: data is lost. An `xchg` stores 0 and returns the old word in one access, so nothing fits in between.",
          moves: [{ actors: ["CPU0"], until: "CPU0 finished" }],
          focus: { entries: "12" },
          checks: ["entry 12 valid", "entries 5-15 all not dirty", "CPU1 got ok"],
        },
      ],
      expect: { violates: ["no-lost-dirty", "no-lost-young"] },
    },
    {
      title: "While a block is write-protected",
      scenario: scene(
        "A write-protect that reads, then stores",
        ["wrprotect-plain-store"],
        folded("young"),
        writer({ fn: "wrprotect_ptes", index: 0, nr: 16 }, { fn: "flush_tlb_range", index: 0, nr: 16 }),
        user({ rw: "write", index: 9 }),
      ),
      beats: [
        {
          caption:
            "A fork makes pages read-only, so that parent and child can share them. CPU0 protects the whole block, PTE by PTE, and has just read PTE 9: writable and clean.",
          moves: [
            { actors: ["CPU0"], until: "entry 8 not write" },
            { actors: ["CPU0"], steps: 1 },
          ],
          focus: { entries: "0-9", line: "CPU0" },
          checks: ["entries 0-8 all not write", "entry 9 write", "entry 9 not dirty"],
        },
        {
          caption:
            "CPU1 writes page 9, and hardware marks PTE 9 dirty. Then CPU0 stores the word that it has read, without the permission to write, and without the mark.",
          moves: [
            { actors: ["CPU1"], until: "CPU1 finished" },
            { actors: ["CPU0"], until: "entry 9 not write" },
          ],
          focus: { entries: "9", line: "CPU0" },
          checks: ["CPU1 got ok", "entry 9 not dirty"],
        },
        {
          caption:
            "Lost again. Here an `xchg` would not do: the PTE has to stay in place all the time. Linux uses `cmpxchg`, which stores only if the word is still the one that was read, and tries again otherwise.",
          moves: [{ actors: ["CPU0"], until: "CPU0 finished" }],
          focus: { entries: "9" },
          checks: ["entries 0-15 all not write", "entries 0-15 all not dirty"],
        },
      ],
      expect: { violates: ["no-lost-dirty"] },
    },
  ],
};
