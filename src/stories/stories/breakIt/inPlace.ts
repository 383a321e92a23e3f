import type { Story } from "../../../engine/protocol.ts";
import { folded, scene, user, writer } from "../scenes.ts";

/** The new entries are written over the old ones. */
export const inPlace: Story = {
  id: "in-place",
  shelf: "break-it",
  title: "Make without break",
  teaches: "An entry of a block must not be changed to a single one while others still carry CONT: it is emptied first, with all the rest.",
  covers: ["convert-in-place"],
  acts: [
    {
      scenario: scene(
        "An unfold in place",
        ["convert-in-place"],
        folded("young"),
        writer({ fn: "ptep_get_and_clear", index: 4 }, { fn: "flush_tlb_range", index: 4, nr: 1 }),
        user({ rw: "read", index: 9 }, { rw: "write", index: 12 }),
      ),
      beats: [
        {
          caption:
            "Sixteen page-table entries (PTEs) with `CONT`, the contiguous bit. CPU1 has read page 9, and its TLB, the cache of translations, has one entry for the block.",
          moves: [{ actors: ["CPU1"], until: "CPU1 caches entry 9" }],
          focus: { entries: "0-15", tlb: "CPU1" },
          checks: ["block 0 folded", "CPU1 caches entry 9 as block"],
        },
        {
          caption:
            "CPU0 is to unmap page 4, so the block must be unfolded. In this kernel it does not empty the PTEs on the way: it only reads them, to gather their marks. Then it flushes.",
          moves: [{ actors: ["CPU0"], until: "not CPU1 caches entry 9" }],
          focus: { entries: "0-15", line: "CPU0" },
          checks: ["block 0 folded", "not CPU1 caches entry 12"],
        },
        {
          predict: {
            ask: "The flush is done, and all PTEs are still valid. What may CPU1 do before CPU0 writes the new ones?",
            answers: ["Nothing: its TLB is empty", "Walk, and cache the block again", "Fault"],
            right: 1,
            because: "A flush empties TLBs; it does not keep them empty. Only an invalid PTE does that, and these are valid.",
          },
          caption: "CPU1 writes page 12. It walks, finds `CONT`, and caches the whole block once more, now for writing.",
          moves: [{ actors: ["CPU1"], until: "CPU1 finished" }],
          focus: { entries: "12", tlb: "CPU1" },
          checks: ["CPU1 caches entry 12 writable as block", "entry 12 dirty"],
        },
        {
          caption:
            "CPU0 writes the single PTEs over the old ones, while CPU1 holds the block again: two sizes for one page. Besides, CPU0 has gathered the marks already: the one on PTE 12 is overwritten.",
          moves: [{ actors: ["CPU0"], until: "entries 0-15 all not cont" }],
          focus: { entries: "0-15", tlb: "CPU1" },
          checks: ["CPU1 caches entry 9 as block", "entry 12 not dirty"],
        },
        {
          caption:
            "Page 4 is unmapped and flushed. That drops the block's TLB entry, which lies over page 4, but too late: break before make is broken, and a mark is lost. In Linux `xchg` empties every PTE before the flush, and that keeps both rules.",
          moves: [{ actors: ["CPU0"], until: "CPU0 finished" }],
          focus: { entries: "4, 12" },
          checks: ["entry 4 none", "entry 12 valid", "entry 12 not dirty"],
        },
      ],
      expect: { violates: ["no-lost-dirty", "break-before-make", "tlb-unique", "no-stale-tlb"] },
    },
  ],
};
