import type { Story } from "../../../engine/protocol.ts";
import { type Actor, folded, scene, writer } from "../scenes.ts";

const PERF: Actor = { name: "CPU1", kind: "kernel", calls: [{ fn: "perf_get_pgtable_size", index: 9 }] };

/** CPU0 reads PTE 3 of a block, and stores what it got in PTE 20. */
const COPY = writer({ fn: "ptep_get", index: 3 }, { fn: "set_ptes", index: 20, nr: 1, pte: { result: 1, apply: [] } });

/** Why CONT leaks out of getters and is taken away by setters. */
export const letThrough: Story = {
  id: "let-through",
  shelf: "thread",
  title: "Out by getters, not in by setters",
  teaches: "CONT belongs to arm64's own code; getters let it out because perf needs to see it, so setters never let it in.",
  covers: ["thread-3.2", "thread-3.3", "thread-3.4", "thread-3.20"],
  acts: [
    {
      title: "As it was merged",
      scenario: scene("perf asks for the size of a page", [], folded("young"), writer({ fn: "ptep_get", index: 9 }), PERF),
      beats: [
        {
          caption:
            "Every setter takes `CONT`, the contiguous bit, out of the page-table entry (PTE) it is given: the bit is arm64's own affair. Why is that needed, asked Mark Rutland. Because getters such as `ptep_get` let it out: CPU0 reads PTE 9.",
          moves: [{ actors: ["CPU0"], until: "CPU0 returned valid" }],
          focus: { entries: "9", line: "CPU0" },
          checks: ["CPU0 returned cont"],
        },
        {
          predict: {
            ask: "So why do getters not hide it? Ryan Roberts, the author: for `perf`, which shows where programs spend their time, and asks how large the mapping of page 9 is. What should it be told?",
            answers: ["4 KiB: a page", "64 KiB: a block"],
            right: 1,
            because:
              "`perf` is to see the real size of the mapping, as the table has it: with `CONT` one entry of the TLB, the cache of translations, may cover the whole block.",
          },
          caption:
            "65,536 bytes. The answer comes from one bit, `CONT`, in what the getter returned. For that CPU1 made 18 reads, PTE 9 twice and then all sixteen, to gather marks that `perf` does not look at.",
          moves: [{ actors: ["CPU1"], steps: 18 }],
          focus: { entries: "0-15", line: "CPU1" },
          checks: ["CPU1 finished", "CPU1 returned 65536"],
        },
      ],
      expect: { violates: [] },
    },
    {
      title: "If getters hid it",
      scenario: scene("perf is told half the truth", ["getters-strip-cont"], folded("young"), PERF),
      beats: [
        {
          caption:
            "Ryan called it ideal if getters hid `CONT`: no setter could ever be given it. In this kernel they do, but then `perf` is told 4,096 bytes for every page of a block.",
          moves: [{ actors: ["CPU1"], until: "CPU1 finished" }],
          focus: { entries: "9", line: "CPU1" },
          checks: ["CPU1 returned 4096", "block 0 folded"],
        },
      ],
      expect: { violates: [] },
    },
    {
      title: "A getter for the size",
      scenario: scene("perf reads one entry", ["size-lockless"], folded("young"), PERF),
      beats: [
        {
          caption:
            "Mark's idea: a getter for the size alone. It reads PTE 9, sees `CONT`, and is done: one read instead of eighteen. It was never written.",
          moves: [{ actors: ["CPU1"], steps: 1 }],
          focus: { entries: "9", line: "CPU1" },
          checks: ["CPU1 finished", "CPU1 returned 65536"],
        },
      ],
      expect: { violates: [] },
    },
    {
      title: "The setter's part",
      scenario: scene("A value with CONT is stored", [], { ...folded("young"), entries: 32 }, COPY),
      beats: [
        {
          caption: "So it stayed as it was: out by getters. CPU0 reads PTE 3, and holds a value with `CONT`.",
          moves: [{ actors: ["CPU0"], until: "CPU0 returned valid" }],
          focus: { entries: "3", line: "CPU0" },
          checks: ["CPU0 returned cont", "entry 20 none"],
        },
        {
          caption:
            "It stores that value in PTE 20, where there is no block. `set_ptes` begins by taking `CONT` away. Where the bit belongs is for arm64's code to find out, from the entries themselves.",
          moves: [{ actors: ["CPU0"], until: "CPU0 finished" }],
          focus: { entries: "3, 20", line: "CPU0" },
          checks: ["entry 20 pfn = 0x1003", "entry 20 valid and entry 20 is not cont", "block 0 folded"],
        },
      ],
      expect: { violates: [] },
    },
  ],
};
