import type { Story } from "../../../engine/protocol.ts";
import { fifteen, LAST_PTE, scene, user, writer } from "../scenes.ts";

const ACTORS = [writer(LAST_PTE), user({ rw: "read", index: 3 }, { rw: "read", index: 9 })];

/** A flush in the right place that does too little. */
export const weakFlush: Story = {
  id: "weak-flush",
  shelf: "break-it",
  title: "A flush that does too little",
  teaches: "The flush has to be waited for, and has to cover every page of the block.",
  covers: ["convert-nosync-tlbi", "convert-flush-one-page"],
  acts: [
    {
      title: "Not waited for",
      scenario: scene("A fold that does not wait for its flush", ["convert-nosync-tlbi"], fifteen, ...ACTORS),
      beats: [
        {
          caption:
            "CPU1 has read page 3: its TLB, the cache of translations, holds that page. CPU0 stores the sixteenth page-table entry (PTE), and empties all sixteen to fold them into a block.",
          moves: [
            { actors: ["CPU1"], until: "CPU1 caches entry 3" },
            { actors: ["CPU0"], until: "entries 0-15 all none" },
          ],
          focus: { entries: "0-15", tlb: "CPU1" },
          checks: ["CPU1 caches entry 3 as page"],
        },
        {
          caption:
            "CPU0 starts the flush: an instruction, TLBI, that is sent to all CPUs. When they carry it out is up to them. Waiting for it takes a second one, DSB, and this kernel leaves it out.",
          moves: [{ actors: ["CPU0"], until: "flush pending" }],
          focus: { line: "CPU0", tlb: "CPU1" },
          checks: ["flush pending", "CPU1 caches entry 3 as page"],
        },
        {
          predict: {
            ask: "CPU0 writes the block with `CONT`, the contiguous bit, and CPU1 reads page 9. What may CPU1's TLB hold then?",
            answers: ["The block only", "The block, and page 3 beside it", "Nothing"],
            right: 1,
            because: "The TLBI is still on its way to CPU1. Nothing makes CPU1 obey it before it walks for page 9.",
          },
          caption: "Both at once: page 3 alone, and the block that contains it. The flush was asked for, and yet it came too late.",
          moves: [
            { actors: ["CPU0"], until: "block 0 folded" },
            { actors: ["CPU1"], until: "CPU1 caches entry 9" },
          ],
          focus: { entries: "3, 9", tlb: "CPU1" },
          checks: ["flush pending", "CPU1 caches entry 3 as page", "CPU1 caches entry 3 as block"],
        },
      ],
      expect: { violates: ["break-before-make", "tlb-unique"] },
    },
    {
      title: "One page only",
      scenario: scene("A fold that flushes one page", ["convert-flush-one-page"], fifteen, ...ACTORS),
      beats: [
        {
          caption: "This kernel waits, but flushes the first page of the block only. CPU1 holds page 3 once more, and the PTEs are empty.",
          moves: [
            { actors: ["CPU1"], until: "CPU1 caches entry 3" },
            { actors: ["CPU0"], until: "entries 0-15 all none" },
          ],
          focus: { entries: "0-15", tlb: "CPU1" },
          checks: ["CPU1 caches entry 3 as page", "entries 0-15 all none"],
        },
        {
          caption: "The flush of page 0 is done, and the block is written. The entry for page 3 was none of its business.",
          moves: [{ actors: ["CPU0"], until: "block 0 folded" }],
          focus: { entries: "0-15", line: "CPU0", tlb: "CPU1" },
          checks: ["not flush pending", "CPU1 caches entry 3 as page"],
        },
        {
          caption:
            "CPU1 reads page 9, and has two answers for page 3 again. Any of the sixteen may be cached, so all sixteen are flushed: one range, one wait.",
          moves: [{ actors: ["CPU1"], until: "CPU1 caches entry 9" }],
          focus: { entries: "3, 9", tlb: "CPU1" },
          checks: ["CPU1 caches entry 3 as page", "CPU1 caches entry 3 as block"],
        },
      ],
      expect: { violates: ["break-before-make", "tlb-unique"] },
    },
  ],
};
