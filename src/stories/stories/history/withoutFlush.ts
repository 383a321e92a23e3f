import type { Story } from "../../../engine/protocol.ts";
import { fifteen, folded, LAST_PTE, scene, user, writer } from "../scenes.ts";

const UNFOLD = writer({ fn: "ptep_get_and_clear", index: 4 }, { fn: "flush_tlb_range", index: 4, nr: 1 });

/** What newer CPUs promise, and what Linux makes of it. */
export const withoutFlush: Story = {
  id: "without-flush",
  shelf: "history",
  title: "CPUs that need no flush",
  teaches:
    "On CPUs that bear two sizes of one mapping in their TLB without a fault, folding leaves the flush out; the emptying stays, for the marks.",
  covers: ["convert-bbml2"],
  acts: [
    {
      title: "Unfold, as ever",
      scenario: scene("An unfold with its flush", [], folded("young"), UNFOLD, user({ rw: "read", index: 9 }, { rw: "read", index: 12 })),
      beats: [
        {
          caption:
            "CPU0 unfolds a block of sixteen page-table entries (PTEs). It has emptied them all, and CPU1's TLB, the cache of translations, still holds the block. Break before make says: flush now, and wait for every CPU, which takes its time.",
          moves: [
            { actors: ["CPU1"], until: "CPU1 caches entry 9" },
            { actors: ["CPU0"], until: "entries 0-15 all none" },
          ],
          focus: { entries: "0-15", line: "CPU0", tlb: "CPU1" },
          checks: ["CPU1 caches entry 12 as block", "entries 0-15 all none"],
        },
        {
          caption: "Flushed, and written anew as single PTEs. CPU1 walks for page 12 and caches that page.",
          moves: [
            { actors: ["CPU0"], until: "entries 0-15 all valid" },
            { actors: ["CPU1"], until: "CPU1 finished" },
          ],
          focus: { entries: "12", tlb: "CPU1" },
          checks: ["CPU1 caches entry 12 as page", "not CPU1 caches entry 12 as block", "entries 0-15 all not cont"],
        },
      ],
      expect: { violates: [] },
    },
    {
      title: "Unfold, level 2",
      scenario: scene(
        "An unfold without a flush",
        ["convert-bbml2"],
        { ...folded("young"), bbm: 2 },
        UNFOLD,
        user({ rw: "read", index: 9 }, { rw: "write", index: 12 }, { rw: "read", index: 12 }),
      ),
      beats: [
        {
          caption:
            "Some CPUs promise more: if their TLB holds a page twice, in two sizes, they answer with either, and never fault over it. Linux 6.17 has a list of them, calls that BBML2 (break before make, level 2) without abort, and leaves the flush out. The PTEs are single, CPU1 has the block still.",
          moves: [
            { actors: ["CPU1"], until: "CPU1 caches entry 9" },
            { actors: ["CPU0"], until: "entries 0-15 all valid and entries 0-15 all not cont" },
          ],
          focus: { entries: "0-15", line: "CPU0", tlb: "CPU1" },
          checks: ["CPU1 caches entry 12 as block", "entries 0-15 all not cont"],
        },
        {
          caption:
            "CPU0 takes PTE 4 out and flushes page 4, as it had to anyway. The entry for the block lies over page 4, so it goes too.",
          moves: [{ actors: ["CPU0"], until: "CPU0 finished" }],
          focus: { entries: "4", line: "CPU0", tlb: "CPU1" },
          checks: ["entry 4 none", "not CPU1 caches entry 12", "not CPU1 caches entry 4"],
        },
        {
          predict: {
            ask: "Without the flush, why empty the PTEs at all? They could be written over in place.",
            answers: ["Out of habit", "Marks would be lost", "Readers without the lock need the hole"],
            right: 1,
            because:
              "Hardware may mark a PTE between the moment it is read and the moment it is overwritten. To empty it by `xchg` reads and invalidates it in one access: after that nobody marks it.",
          },
          caption:
            "CPU1 writes page 12 after the change, and the mark is on PTE 12, where it belongs. Had it come before, the emptying would have gathered it.",
          moves: [{ actors: ["CPU1"], until: "CPU1 finished" }],
          focus: { entries: "12", tlb: "CPU1" },
          checks: ["CPU1 got ok", "entry 12 dirty", "entry 11 not dirty"],
        },
      ],
      expect: { violates: [] },
    },
    {
      title: "Fold, level 2",
      scenario: scene(
        "A fold without a flush",
        ["convert-bbml2"],
        { ...fifteen, bbm: 2 },
        writer(LAST_PTE),
        user({ rw: "read", index: 3 }, { rw: "read", index: 9 }, { rw: "read", index: 3 }),
      ),
      beats: [
        {
          caption:
            "The other way: CPU1's TLB holds page 3 by itself while CPU0 folds the block. Nothing is flushed. CPU1 reads page 9, and gets the block beside page 3.",
          moves: [
            { actors: ["CPU1"], until: "CPU1 caches entry 3" },
            { actors: ["CPU0"], until: "CPU0 finished" },
            { actors: ["CPU1"], until: "CPU1 caches entry 9" },
          ],
          focus: { entries: "3, 9", tlb: "CPU1" },
          checks: ["block 0 folded", "CPU1 caches entry 3 as page", "CPU1 caches entry 3 as block"],
        },
        {
          caption:
            "Page 3 has two entries now. On other CPUs this may end in a fault of its own, a conflict; here either answers, and both say the same.",
          moves: [{ actors: ["CPU1"], until: "CPU1 finished" }],
          focus: { entries: "3", tlb: "CPU1" },
          checks: ["CPU1 access 3 got ok", "CPU1 caches entry 3 as page", "CPU1 caches entry 3 as block"],
        },
      ],
      expect: { violates: [] },
    },
  ],
};
