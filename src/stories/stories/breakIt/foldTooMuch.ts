import type { Story } from "../../../engine/protocol.ts";
import { fifteen, LAST_PTE, reader, scene, writer } from "../scenes.ts";

/** Folds that should not have been. */
export const foldTooMuch: Story = {
  id: "fold-too-much",
  shelf: "break-it",
  title: "Folding too eagerly",
  teaches: "A fold empties entries that others are using, so it is tried once, by the last entry; and it may unite only what is alike.",
  covers: ["fold-any-slot", "fold-ignore-write"],
  acts: [
    {
      title: "At every entry",
      scenario: scene(
        "Any entry may fold its block",
        ["fold-any-slot"],
        { folios: [{ pfn: "0x1000", pages: 16 }], ptes: [{ index: 0, count: 16, pfn: "0x1000", prot: "rw", flags: ["young"] }] },
        // Frame 0x1007, writable, clean and old.
        writer({ fn: "set_ptes", index: 7, pte: "0x68000001007bc3", nr: 1 }),
        reader(9),
      ),
      beats: [
        {
          caption:
            "Sixteen single page-table entries (PTEs) that could be a block, and are none: they were not mapped in order. In Linux only a store to the last of them, PTE 15, tries to fold. In this kernel every store does.",
          focus: { entries: "0-15" },
          checks: ["entries 0-15 all valid", "entries 0-15 all not cont", "block 0 not folded"],
        },
        {
          caption:
            "CPU0 stores PTE 7, a small change. All sixteen fit, so it begins to fold: to set `CONT`, the contiguous bit, it has to empty all PTEs first.",
          moves: [{ actors: ["CPU0"], until: "entry 9 none" }],
          focus: { entries: "0-9", line: "CPU0" },
          checks: ["entries 0-9 all none", "lock held by CPU0"],
        },
        {
          predict: {
            ask: "CPU1 reads PTE 9 just now, without the lock. Nobody means to change page 9. What does CPU1 get?",
            answers: ["PTE 9", "0: no page", "It waits"],
            right: 1,
            because: "PTE 9 is out for a moment, and has no `CONT` to warn of it. An empty entry is read as what it is.",
          },
          caption:
            "CPU1 gets 0 and has to go the slow way; a program would have faulted. That is allowed, but sixteen stores and a flush cost time. So Linux tries when a block has just been filled, and not at each change.",
          moves: [{ actors: ["CPU1"], until: "CPU1 finished" }],
          focus: { entries: "9", line: "CPU1" },
          checks: ["CPU1 returned none"],
        },
      ],
      expect: { violates: [], questions: { "never CPU1 returned none": "fails" } },
    },
    {
      title: "What is not alike",
      scenario: scene(
        "A read-only page among writable ones",
        ["fold-ignore-write"],
        {
          ...fifteen,
          ptes: [
            { index: 0, count: 3, pfn: "0x1000", prot: "rw", flags: ["young"] },
            { index: 3, count: 1, pfn: "0x1003", prot: "ro", flags: ["young"] },
            { index: 4, count: 11, pfn: "0x1004", prot: "rw", flags: ["young"] },
          ],
        },
        writer(LAST_PTE),
      ),
      beats: [
        {
          caption:
            "Page 3 is read-only, shared with another process perhaps. The others are writable. CPU0 stores PTE 15, the last, and looks whether all fit.",
          moves: [{ actors: ["CPU0"], until: "entry 15 valid" }],
          focus: { entries: "3, 15", line: "CPU0" },
          checks: ["entry 3 is not write", "entry 15 write"],
        },
        {
          predict: {
            ask: "This kernel does not mind that one PTE is read-only. All sixteen are written from one template, which is writable. What becomes of page 3?",
            answers: ["It stays read-only", "It becomes writable"],
            right: 1,
            because: "A block has one protection. Whoever folds gives all entries that of the template.",
          },
          caption:
            "Page 3 may be written now, and nobody decided that. Young and dirty may differ among the entries of a block, because too many marks do no harm; everything else has to be the same.",
          moves: [{ actors: ["CPU0"], until: "CPU0 finished" }],
          focus: { entries: "3" },
          checks: ["block 0 folded", "entry 3 write"],
        },
      ],
      expect: { violates: [], questions: { "never entry 3 write": "fails" } },
    },
  ],
};
