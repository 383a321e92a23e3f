import type { Story } from "../../../engine/protocol.ts";
import { folded, reader, scene, user, writer } from "../scenes.ts";

/** A batch that covers a block in part, and leaves it folded. */
export const partOfABlock: Story = {
  id: "part-of-a-block",
  shelf: "break-it",
  title: "Half a block",
  teaches: "A call that changes some entries of a block has to unfold it first, or else the rest still speaks for them.",
  covers: ["wrprotect-partial-no-unfold", "clear-partial-no-unfold"],
  acts: [
    {
      title: "Protected in part",
      scenario: scene(
        "Two pages of a block are write-protected",
        ["wrprotect-partial-no-unfold"],
        folded("young"),
        writer({ fn: "wrprotect_ptes", index: 4, nr: 2 }, { fn: "flush_tlb_range", index: 4, nr: 2 }),
        user({ rw: "write", index: 12 }, { rw: "write", index: 4 }),
      ),
      beats: [
        {
          caption:
            "A folded block: sixteen page-table entries (PTEs) with `CONT`, the contiguous bit, all writable. CPU0 takes the permission to write from pages 4 and 5, and flushes them. This kernel leaves the block folded.",
          moves: [{ actors: ["CPU0"], until: "CPU0 finished" }],
          focus: { entries: "4-5", line: "CPU0" },
          checks: ["entries 4-5 all not write", "entries 4-5 all cont", "entries 6-15 all write"],
        },
        {
          caption:
            "CPU1 writes page 12, which it may. It walks to PTE 12, writable, with `CONT`. Its TLB, the cache of translations, takes that for the whole block.",
          moves: [{ actors: ["CPU1"], until: "CPU1 access 1 got ok" }],
          focus: { entries: "12", tlb: "CPU1" },
          checks: ["CPU1 caches entry 4 writable as block", "entry 4 not write"],
        },
        {
          predict: {
            ask: "Now CPU1 writes page 4, which was protected and flushed. What happens?",
            answers: ["It faults", "It writes"],
            right: 1,
            because: "The TLB does not look at PTE 4. One entry spoke for all sixteen, and it said writable.",
          },
          caption:
            "The write goes through. After a fork that page may be shared: a child would see what its parent writes. Which entry of a block a walk reads is up to hardware, so all have to say the same.",
          moves: [{ actors: ["CPU1"], until: "CPU1 finished" }],
          focus: { entries: "4", tlb: "CPU1" },
          checks: ["CPU1 got ok", "entry 4 not write"],
        },
      ],
      expect: { violates: ["block-homogeneous", "tightening-complete"] },
    },
    {
      title: "Unmapped in part",
      scenario: scene(
        "Two pages of a block are unmapped",
        ["clear-partial-no-unfold"],
        folded(),
        writer({ fn: "clear_full_ptes", index: 4, nr: 2, full: false }, { fn: "flush_tlb_range", index: 4, nr: 2 }),
        reader(9),
      ),
      beats: [
        {
          caption: "CPU0 unmaps pages 4 and 5, again without an unfold. It is done: two holes in a block whose other PTEs carry `CONT`.",
          moves: [{ actors: ["CPU0"], until: "CPU0 finished" }],
          focus: { entries: "0-15" },
          checks: ["entries 4-5 all none", "entries 6-15 all cont", "entries 0-3 all cont"],
        },
        {
          caption: "CPU1 reads PTE 9 without the lock. It finds `CONT`, scans the block, comes to the hole at PTE 4, and starts again.",
          moves: [{ actors: ["CPU1"], event: "retry" }],
          focus: { entries: "4, 9", line: "CPU1" },
          checks: ["CPU1 retried = 1", "CPU0 finished"],
        },
        {
          caption:
            "And again. A reader starts over because somebody is at work and will soon be done; here nobody is. It goes round for ever, on a block that Linux must never leave behind.",
          moves: [{ actors: ["CPU1"], event: "retry" }],
          focus: { entries: "4, 9", line: "CPU1" },
          checks: ["CPU1 retried = 2", "not CPU1 finished", "not lock held"],
        },
      ],
      expect: { violates: ["reader-progress", "block-homogeneous"] },
    },
  ],
};
