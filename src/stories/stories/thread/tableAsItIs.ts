import type { Story } from "../../../engine/protocol.ts";
import { type Actor, foldedWithDirty, scene, user } from "../scenes.ts";

const DUMP: Actor = {
  name: "CPU0",
  kind: "kernel",
  calls: [
    { fn: "ptdump_pte_entry", index: 0 },
    { fn: "ptdump_pte_entry", index: 12 },
  ],
};

/** ptdump: the table as it is, or as Linux sees it? */
export const tableAsItIs: Story = {
  id: "table-as-it-is",
  shelf: "thread",
  title: "The table as it is",
  teaches: "What a developer sees in a dump of the page table, and what stands in memory.",
  covers: ["thread-3.18"],
  acts: [
    {
      title: "As it was merged",
      scenario: scene("ptdump shows gathered marks", [], foldedWithDirty(12), DUMP, user({ rw: "write", index: 3 })),
      beats: [
        {
          caption:
            "A folded block of page-table entries (PTEs). PTE 12 alone is young and dirty: it was marked as accessed and written. `ptdump` writes the table out for developers to read.",
          focus: { entries: "0-15" },
          checks: ["block 0 folded", "entry 12 dirty", "entries 0-11 all not dirty", "entries 13-15 all not dirty"],
        },
        {
          predict: {
            ask: "`ptdump` comes to PTE 0. What will it show?",
            answers: ["Old and clean", "Young and dirty"],
            right: 1,
            because: "It reads through the same getter as everybody else, and that gathers the marks of the block.",
          },
          caption:
            "Young and dirty, and so for all sixteen. That is what Linux believes of these pages. What stands in memory, and what a walk would read, cannot be seen.",
          moves: [{ actors: ["CPU0"], until: "CPU0 call 1 returned valid" }],
          focus: { entries: "0, 12", line: "CPU0" },
          checks: ["CPU0 call 1 returned young", "CPU0 call 1 returned dirty", "entry 0 not dirty"],
        },
        {
          caption: "CPU1 writes page 3, and PTE 3 is marked too. In the dump nothing changes.",
          moves: [
            { actors: ["CPU1"], until: "CPU1 finished" },
            { actors: ["CPU0"], until: "CPU0 finished" },
          ],
          focus: { entries: "3, 12", line: "CPU0" },
          checks: ["entry 3 dirty", "CPU0 call 2 returned dirty"],
        },
      ],
      expect: { violates: [], questions: { "sometimes CPU0 call 1 returned not dirty": "fails" } },
    },
    {
      title: "Entry by entry",
      scenario: scene("ptdump shows each entry's own marks", ["ptdump-per-entry"], foldedWithDirty(12), DUMP),
      beats: [
        {
          caption:
            "Mark Rutland thought there was a case for `ptdump` to go on showing each PTE's own marks. Here it reads PTE 0 alone: old and clean.",
          moves: [{ actors: ["CPU0"], until: "CPU0 call 1 returned valid" }],
          focus: { entries: "0", line: "CPU0" },
          checks: ["CPU0 call 1 returned not young", "CPU0 call 1 returned not dirty"],
        },
        {
          caption:
            "And PTE 12: young and dirty. One read each. The idea was not taken up; in Linux 6.12 the dump still shows what is gathered.",
          moves: [{ actors: ["CPU0"], until: "CPU0 finished" }],
          focus: { entries: "12", line: "CPU0" },
          checks: ["CPU0 call 2 returned young", "CPU0 call 2 returned dirty"],
        },
      ],
      expect: { violates: [] },
    },
  ],
};
