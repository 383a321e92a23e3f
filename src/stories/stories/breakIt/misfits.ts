import type { Story } from "../../../engine/protocol.ts";
import { foldedWithDirty, reader, scene, writer } from "../scenes.ts";

const MACHINE = foldedWithDirty(8);
const ACTORS = [writer({ fn: "ptep_get_and_clear", index: 5 }, { fn: "flush_tlb_range", index: 5, nr: 1 }), reader(0)];

/** What a reader without the lock may do when an entry does not fit. */
export const misfits: Story = {
  id: "misfits",
  shelf: "break-it",
  title: "A hole in the scan",
  teaches: "A lockless reader that meets an entry out of line must start again: neither what it has so far nor the rest is the whole.",
  covers: ["lockless-give-up", "lockless-no-valid-check"],
  acts: [
    {
      title: "Give up",
      scenario: scene("A reader that gives up", ["lockless-give-up"], MACHINE, ...ACTORS),
      beats: [
        {
          caption:
            "A folded block; page-table entry (PTE) 8 alone is dirty. CPU1 reads PTE 0 without the lock, finds `CONT`, the contiguous bit, and gathers the marks of all sixteen: it has come to PTE 3.",
          moves: [
            { actors: ["CPU1"], line: "contpte_ptep_get_lockless.entry" },
            { actors: ["CPU1"], steps: 4 },
          ],
          focus: { entries: "0-3, 8", line: "CPU1" },
          checks: ["entry 8 dirty", "entries 0-7 all not dirty", "CPU1 is in ptep_get_lockless"],
        },
        {
          caption: "CPU0 unfolds the block to unmap page 5. It has taken out PTEs 0 to 4.",
          moves: [{ actors: ["CPU0"], until: "entry 4 none" }],
          focus: { entries: "0-4", line: "CPU0" },
          checks: ["entries 0-4 all none", "entry 8 dirty"],
        },
        {
          predict: {
            ask: "CPU1 reads PTE 4 and finds 0. In Linux it starts again; in this kernel it returns what it has gathered so far. What is that?",
            answers: ["PTE 0, clean", "PTE 0, dirty", "0"],
            right: 0,
            because: "It never came to PTE 8, which is the dirty one. And there is no way to know from where it stands.",
          },
          caption: "A clean PTE for a block that was dirty all the time. A caller that trusts it may drop the page without writing it out.",
          moves: [{ actors: ["CPU1"], until: "CPU1 finished" }],
          focus: { entries: "8", line: "CPU1" },
          checks: ["CPU1 returned cont", "CPU1 returned not dirty", "entry 8 dirty"],
        },
      ],
      expect: { violates: ["lockless-keeps-ad"] },
    },
    {
      title: "Pass over it",
      scenario: scene("A reader that passes over holes", ["lockless-no-valid-check"], MACHINE, ...ACTORS),
      beats: [
        {
          caption:
            "Another reader passes over what is not valid. The first version of the patches did so under the lock, where it was safe; here it is done without. CPU1 has read PTEs 0 to 3 again.",
          moves: [
            { actors: ["CPU1"], line: "contpte_ptep_get_lockless.entry" },
            { actors: ["CPU1"], steps: 4 },
          ],
          focus: { entries: "0-3", line: "CPU1" },
          checks: ["CPU1 is in ptep_get_lockless", "entry 8 dirty"],
        },
        {
          caption: "CPU0 is faster this time: all sixteen PTEs are out. The dirty mark is nowhere in the table, only in CPU0's hands.",
          moves: [{ actors: ["CPU0"], until: "entries 0-15 all none" }],
          focus: { entries: "0-15", line: "CPU0" },
          checks: ["entries 0-15 all none"],
        },
        {
          caption:
            "CPU1 passes over twelve holes and is content: clean. But a hole may have held the mark: a reader that says clean must have found every entry valid and in line when it read it.",
          moves: [{ actors: ["CPU1"], until: "CPU1 finished" }],
          focus: { entries: "4-15", line: "CPU1" },
          checks: ["CPU1 returned cont", "CPU1 returned not dirty", "not CPU1 retried"],
        },
      ],
      expect: { violates: ["lockless-keeps-ad"] },
    },
  ],
};
