import type { Story } from "../../../engine/protocol.ts";
import { folded, scene } from "../scenes.ts";

/** mprotect changes entries one by one. */
export const thereAndBack: Story = {
  id: "there-and-back",
  shelf: "history",
  title: "There and back again",
  teaches:
    "Protecting a block entry by entry unfolds it and folds it again; change one page in the middle, there and back, and it stays unfolded.",
  covers: ["history-6.11"],
  acts: [
    {
      title: "All sixteen pages",
      scenario: scene("A block is made read only", [], folded("young"), {
        name: "CPU0",
        kind: "kernel",
        calls: [{ fn: "change_pte_range", index: 0, nr: 16, prot: "ro" }],
      }),
      beats: [
        {
          caption:
            "A program asks, by `mprotect`, that its memory be read only: here a folded block of sixteen page-table entries (PTEs). Linux goes over them one by one. For PTE 0 the block is unfolded: flushed, and written anew as single PTEs.",
          moves: [{ actors: ["CPU0"], until: "entry 0 valid and entry 0 not write" }],
          focus: { entries: "0-15", line: "CPU0" },
          checks: ["entries 1-15 all write", "entries 0-15 all not cont"],
        },
        {
          caption: "Fourteen more, each taken out, changed and put back. Only PTE 15 is left.",
          moves: [{ actors: ["CPU0"], until: "entry 14 valid and entry 14 not write" }],
          focus: { entries: "0-14", line: "CPU0" },
          checks: ["entries 0-14 all not write", "entry 15 write"],
        },
        {
          predict: {
            ask: "PTE 15 is put back too. What happens then?",
            answers: ["Nothing more", "The block is folded again"],
            right: 1,
            because: "A setter that stores the last PTE of a block looks whether all sixteen fit, and they do: all are read only now.",
          },
          caption:
            "Checked, emptied, flushed and written once more. A block was made into single PTEs and these into a block, with two flushes of all of it, to change one bit.",
          moves: [{ actors: ["CPU0"], until: "CPU0 finished" }],
          focus: { entries: "0-15" },
          checks: ["block 0 folded", "entries 0-15 all not write", "CPU0 returned 16"],
        },
      ],
      expect: { violates: [] },
    },
    {
      title: "One page, there and back",
      scenario: scene("A page is made read only, and writable again", [], folded("young"), {
        name: "CPU0",
        kind: "kernel",
        calls: [
          { fn: "change_pte_range", index: 4, nr: 1, prot: "ro" },
          { fn: "change_pte_range", index: 4, nr: 1, prot: "rw" },
          { fn: "change_pte_range", index: 0, nr: 16, prot: "rw" },
        ],
      }),
      beats: [
        {
          caption: "Now page 4 alone. The block is unfolded, PTE 4 becomes read only, and no fold is tried, as PTE 4 is not the last.",
          moves: [{ actors: ["CPU0"], event: "return" }],
          focus: { entries: "4", line: "CPU0" },
          checks: ["entry 4 not write", "entries 5-15 all write", "entries 0-15 all not cont"],
        },
        {
          predict: {
            ask: "Page 4 is made writable again, so all sixteen are alike. Is the block folded?",
            answers: ["Yes", "No"],
            right: 1,
            because: "A fold is tried only when the last PTE of a block is stored. Nobody looked at the block this time.",
          },
          caption:
            "Sixteen PTEs that would make a block, and do not. Each takes a place of its own in the TLB, the cache of translations, until something stores PTE 15.",
          moves: [{ actors: ["CPU0"], event: "return" }],
          focus: { entries: "0-15", line: "CPU0" },
          checks: ["entries 0-15 all write", "entries 0-15 all not cont", "block 0 is not folded"],
        },
        {
          caption:
            "A change of all sixteen stores PTE 15 at the end, and the block is back. Since 2025 `mprotect` hands over batches, so that a block that is covered whole need not be unfolded at all.",
          moves: [{ actors: ["CPU0"], until: "CPU0 finished" }],
          focus: { entries: "0-15", line: "CPU0" },
          checks: ["block 0 folded", "entries 0-15 all write"],
        },
      ],
      expect: { violates: [] },
    },
  ],
};
