import type { Story } from "../../../engine/protocol.ts";
import { folded, LAST_PTE, reader, scene, writer } from "../scenes.ts";

/** Page 15 goes and comes back: the block unfolds and folds. */
const CHURN = writer(
  { fn: "ptep_get_and_clear", index: 15 },
  { fn: "flush_tlb_range", index: 15, nr: 1 },
  LAST_PTE,
  { fn: "ptep_get_and_clear", index: 15 },
  { fn: "flush_tlb_range", index: 15, nr: 1 },
  LAST_PTE,
);

/** Concern (b): a loop that nothing bounds. */
export const roundAndRound: Story = {
  id: "round-and-round",
  shelf: "thread",
  title: "Concern (b): no end in sight",
  teaches:
    "Nothing bounds the loop of a reader without the lock. It goes round while a writer is at work on the block, or stopped half way; left to itself, only a broken block holds it for ever.",
  covers: ["thread-3.12"],
  acts: [
    {
      title: "A writer that comes again and again",
      scenario: scene("A block unfolds and folds under a reader", [], folded(), CHURN, reader(9)),
      beats: [
        {
          caption:
            "Mark Rutland's second concern: a reader without the lock begins again whenever the block does not look whole, as often as it takes. CPU1 asks for page-table entry (PTE) 9 of a folded block, and has read half of the block.",
          moves: [
            { actors: ["CPU1"], line: "contpte_ptep_get_lockless.entry" },
            { actors: ["CPU1"], steps: 8 },
          ],
          focus: { entries: "0-7", line: "CPU1" },
          checks: ["block 0 folded", "not CPU1 retried"],
        },
        {
          caption:
            "CPU0 unfolds the block to take out PTE 15, and has emptied twelve PTEs. CPU1 finds PTE 8 empty and begins again. PTE 9 is empty as well: if CPU1 looked now, it would return 0 and be done.",
          moves: [
            { actors: ["CPU0"], until: "entry 11 none" },
            { actors: ["CPU1"], event: "retry" },
          ],
          focus: { entries: "8, 9", line: "CPU1" },
          checks: ["CPU1 retried = 1", "entry 9 none"],
        },
        {
          caption:
            "But CPU1 is slow, and CPU0 is quick: PTE 15 is stored anew, and the block folds again. CPU1 finds PTE 9 with `CONT`, the contiguous bit, and again reads half of the block.",
          moves: [
            { actors: ["CPU0"], until: "block 0 folded" },
            { actors: ["CPU1"], line: "contpte_ptep_get_lockless.entry" },
            { actors: ["CPU1"], steps: 8 },
          ],
          focus: { entries: "0-7", line: "CPU1" },
          checks: ["block 0 folded", "CPU1 retried = 1", "not CPU1 finished"],
        },
        {
          caption:
            "And the same once more. With a writer that never rests, and always at the wrong moment, this could go on for ever. So much of the concern is true, and it is so in Linux to this day.",
          moves: [
            { actors: ["CPU0"], until: "entry 11 none" },
            { actors: ["CPU1"], event: "retry" },
          ],
          focus: { entries: "8", line: "CPU1" },
          checks: ["CPU1 retried = 2", "not CPU1 finished"],
        },
        {
          predict: {
            ask: "CPU0 comes to its end and rests. How many rounds will CPU1 need now?",
            answers: ["One", "As many as before", "It never ends"],
            right: 0,
            because: "Nobody writes any more, and what CPU0 left behind is whole. One round sees that.",
          },
          caption:
            "One, and CPU1 is done. It goes round only while a writer is in the middle of the block. That is largely a matter of speed, Mark wrote, and he found the code safe as it is.",
          moves: [
            { actors: ["CPU0"], until: "CPU0 finished" },
            { actors: ["CPU1"], until: "CPU1 finished" },
          ],
          focus: { entries: "0-15", line: "CPU1" },
          checks: ["CPU1 retried = 2", "CPU1 returned pfn = 0x1009"],
        },
      ],
      expect: { violates: [] },
    },
    {
      title: "A block that is left broken",
      scenario: scene(
        "Two pages are taken out of a block that stays",
        ["clear-partial-no-unfold"],
        folded(),
        writer({ fn: "clear_full_ptes", index: 4, nr: 2, full: false }),
        reader(9),
      ),
      beats: [
        {
          caption:
            "The other case he named: entries that were set up wrong. This kernel has a mistake: it takes PTEs 4 and 5 out of a block and leaves the rest folded. CPU0 has done so, and nobody will touch the block again.",
          moves: [{ actors: ["CPU0"], until: "CPU0 finished" }],
          focus: { entries: "4-5", line: "CPU0" },
          checks: ["entries 4-5 all none", "entries 6-15 all cont"],
        },
        {
          caption:
            "CPU1 comes to PTE 4, finds it empty, begins again, and finds it empty. Nobody is there to mend it. This is why every writer leaves a block whole or unfolds it.",
          moves: [
            { actors: ["CPU1"], event: "retry" },
            { actors: ["CPU1"], event: "retry" },
          ],
          focus: { entries: "4, 9", line: "CPU1" },
          checks: ["CPU1 retried = 2", "CPU0 finished", "not CPU1 finished"],
        },
      ],
      expect: { violates: ["reader-progress", "block-homogeneous"], questions: { "eventually CPU1 finished": "fails" } },
    },
  ],
};
