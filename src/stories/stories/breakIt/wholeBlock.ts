import type { Story } from "../../../engine/protocol.ts";
import { fifteen, folded, LAST_PTE, scene, user, writer } from "../scenes.ts";

const UNMAP_4 = writer({ fn: "ptep_get_and_clear", index: 4 }, { fn: "flush_tlb_range", index: 4, nr: 1 });

/** Three ways to forget that a block is sixteen entries. */
export const wholeBlock: Story = {
  id: "whole-block",
  shelf: "break-it",
  title: "A block is sixteen entries",
  teaches: "To convert a block means its first frame, all of its marks and all of its entries: each left out breaks something else.",
  covers: ["convert-target-ad-only", "convert-one-short", "convert-unaligned"],
  acts: [
    {
      title: "Marks of one entry",
      scenario: scene(
        "An unfold that keeps one entry's marks",
        ["convert-target-ad-only"],
        folded(),
        UNMAP_4,
        user({ rw: "write", index: 12 }),
      ),
      beats: [
        {
          caption:
            "A folded block: sixteen page-table entries (PTEs) with `CONT`, the contiguous bit. CPU1 has written page 12, and hardware marked PTE 12 dirty.",
          moves: [{ actors: ["CPU1"], until: "CPU1 finished" }],
          focus: { entries: "12", tlb: "CPU1" },
          checks: ["block 0 folded", "entry 12 dirty", "entry 4 not dirty"],
        },
        {
          predict: {
            ask: "CPU0 unmaps page 4. In this kernel the unfold keeps the marks of PTE 4 only. What becomes of the mark on PTE 12?",
            answers: ["It stays on PTE 12", "It goes to all sixteen", "It is gone"],
            right: 2,
            because: "All sixteen PTEs are written anew from one template, and the template knows only of PTE 4.",
          },
          caption:
            "The block is single PTEs now, all clean. In a block hardware may put its mark on any entry, so all sixteen are asked: an entry by itself says nothing.",
          moves: [{ actors: ["CPU0"], until: "CPU0 finished" }],
          focus: { entries: "0-15" },
          checks: ["entry 12 valid", "entries 5-15 all not dirty", "CPU1 got ok"],
        },
      ],
      expect: { violates: ["no-lost-dirty", "no-lost-young"] },
    },
    {
      title: "All but the last",
      scenario: scene(
        "An unfold that is one short",
        ["convert-one-short"],
        folded(),
        UNMAP_4,
        user({ rw: "read", index: 9 }, { rw: "read", index: 15 }),
      ),
      beats: [
        {
          caption: "This time the loop ends one entry early. CPU0 is done: fifteen PTEs have lost `CONT`, and PTE 15 still has it.",
          moves: [{ actors: ["CPU0"], until: "CPU0 finished" }],
          focus: { entries: "0-15" },
          checks: ["entry 15 cont", "entries 0-14 all not cont", "entry 4 none"],
        },
        {
          caption:
            "One PTE with `CONT` speaks for the whole block. CPU1 reads page 15 and caches sixteen pages, page 4 among them, which is unmapped. So one forgotten entry undoes the unmap.",
          moves: [
            { actors: ["CPU1"], until: "CPU1 caches entry 9" },
            { actors: ["CPU1"], until: "CPU1 caches entry 15" },
          ],
          focus: { entries: "4, 15", tlb: "CPU1" },
          checks: ["CPU1 caches entry 15 as block", "CPU1 caches entry 4", "entry 4 none"],
        },
      ],
      expect: { violates: ["block-homogeneous", "break-before-make", "tlb-unique", "no-stale-tlb"] },
    },
    {
      title: "The wrong first frame",
      scenario: scene(
        "A fold that does not align the frame",
        ["convert-unaligned"],
        fifteen,
        writer(LAST_PTE),
        user({ rw: "read", index: 3 }),
      ),
      beats: [
        {
          caption:
            "Here a block is folded: PTE 15 completes it. The template's frame has to be moved down to that of entry 0, and this kernel forgets to.",
          moves: [{ actors: ["CPU0"], until: "CPU0 finished" }],
          focus: { entries: "0-15" },
          checks: ["entry 0 cont", "entry 0 pfn = 0x100f", "entry 15 pfn != 0x100f"],
        },
        {
          caption:
            "The block begins with frame `0x100f`, which was page 15's, and goes on into memory that belongs to somebody else. CPU1 reads page 3 and gets another page's data.",
          moves: [{ actors: ["CPU1"], until: "CPU1 finished" }],
          focus: { entries: "3", tlb: "CPU1" },
          checks: ["CPU1 got ok", "entry 3 pfn = 0x1012"],
        },
      ],
      expect: { violates: ["block-homogeneous", "one-folio-aligned", "no-stale-tlb"] },
    },
  ],
};
