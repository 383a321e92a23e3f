import type { Story } from "../../../engine/protocol.ts";
import { fifteen, LAST_PTE, scene, user, writer } from "../scenes.ts";

const ACTORS = [writer(LAST_PTE), user({ rw: "read", index: 3 }, { rw: "read", index: 9 }, { rw: "read", index: 3 })];

/** The flush between break and make, left out and made too late. */
export const missingFlush: Story = {
  id: "missing-flush",
  shelf: "break-it",
  title: "No flush, or one too late",
  teaches: "The flush has to come between emptying a block and writing it anew: else a TLB ends up with two answers for one page.",
  covers: ["convert-no-tlbi", "convert-late-tlbi"],
  acts: [
    {
      title: "No flush at all",
      scenario: scene("A fold without a flush", ["convert-no-tlbi"], fifteen, ...ACTORS),
      beats: [
        {
          caption:
            "Fifteen page-table entries (PTEs) stand alone, the sixteenth is missing. CPU1 has read page 3, and its TLB, the cache of translations, holds that one page.",
          moves: [{ actors: ["CPU1"], until: "CPU1 caches entry 3" }],
          focus: { entries: "3, 15", tlb: "CPU1" },
          checks: ["CPU1 caches entry 3 as page", "entry 15 none"],
        },
        {
          caption:
            "CPU0 stores PTE 15. All sixteen fit, so they are folded into a block, marked by the contiguous bit, `CONT`. For that, CPU0 empties them first.",
          moves: [{ actors: ["CPU0"], until: "entries 0-15 all none" }],
          focus: { entries: "0-15", line: "CPU0" },
          checks: ["lock held by CPU0", "CPU1 caches entry 3 as page"],
        },
        {
          predict: {
            ask: "Linux would flush now: tell every TLB to forget these pages. Here that line was taken out. What does CPU1's TLB hold when the block is written?",
            answers: ["Nothing", "Page 3, as before", "The whole block"],
            right: 1,
            because: "A TLB keeps what it has until it is told to forget it, or needs the room. It does not look at the table again.",
          },
          caption: "The block is folded, and CPU1's TLB still holds page 3 by itself.",
          moves: [{ actors: ["CPU0"], until: "block 0 folded" }],
          focus: { entries: "0-15", tlb: "CPU1" },
          checks: ["CPU1 caches entry 3 as page", "not flush pending"],
        },
        {
          caption:
            "CPU1 reads page 9. It walks the table, finds `CONT`, and keeps one TLB entry for the whole block. Now two of its entries answer for page 3, a small one and a large one.",
          moves: [{ actors: ["CPU1"], until: "CPU1 caches entry 9" }],
          focus: { entries: "3, 9", tlb: "CPU1" },
          checks: ["CPU1 caches entry 3 as page", "CPU1 caches entry 3 as block"],
        },
        {
          caption:
            "The next use of page 3 finds both. The architecture lets a CPU answer with either, with a mixture of the two, or stop with a fault: a TLB conflict.",
          moves: [{ actors: ["CPU1"], event: "tlb-conflict" }],
          focus: { entries: "3", tlb: "CPU1" },
          checks: ["CPU1 caches entry 3 as page", "CPU1 caches entry 3 as block"],
        },
      ],
      expect: { violates: ["break-before-make", "tlb-unique"] },
    },
    {
      title: "After the new entries",
      scenario: scene("A fold that flushes too late", ["convert-late-tlbi"], fifteen, ...ACTORS),
      beats: [
        {
          caption:
            "The flush is back, but in the wrong place: behind the stores of the new PTEs. CPU1 holds page 3 again, and CPU0 has just written the block.",
          moves: [
            { actors: ["CPU1"], until: "CPU1 caches entry 3" },
            { actors: ["CPU0"], until: "block 0 folded" },
          ],
          focus: { entries: "0-15", line: "CPU0", tlb: "CPU1" },
          checks: ["CPU1 caches entry 3 as page", "not CPU1 caches entry 9"],
        },
        {
          predict: {
            ask: "CPU0's next step is the flush. Is that soon enough?",
            answers: ["Yes: one step cannot hurt", "No: CPU1 may walk before it"],
            right: 1,
            because:
              "Between any two steps of one CPU another may do as much as it likes. The stores made the block visible, and a walk needs no permission.",
          },
          caption:
            "CPU1 was quicker: it read page 9 and caches the block beside page 3. The flush will mend it, and too late. Once every PTE is empty nothing can be cached, so that is the time to flush.",
          moves: [{ actors: ["CPU1"], until: "CPU1 caches entry 9" }],
          focus: { entries: "3, 9", tlb: "CPU1" },
          checks: ["CPU1 caches entry 3 as page", "CPU1 caches entry 3 as block"],
        },
      ],
      expect: { violates: ["break-before-make", "tlb-unique"] },
    },
  ],
};
