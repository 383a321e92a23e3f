import type { Story } from "../../../engine/protocol.ts";
import { type Actor, folded, foldedWithDirty, type Machine, scene, writer } from "../scenes.ts";

/** Two blocks, of one folio; the second has one dirty entry. */
const TWO_BLOCKS: Machine = {
  folios: [{ pfn: "0x1000", pages: 32 }],
  ptes: [
    { index: 0, count: 20, pfn: "0x1000", prot: "rw", flags: ["cont"] },
    { index: 20, count: 1, pfn: "0x1014", prot: "rw", flags: ["cont", "young", "hwdirty"] },
    { index: 21, count: 11, pfn: "0x1015", prot: "rw", flags: ["cont"] },
  ],
};

const UNMAP = writer({ fn: "ptep_get_and_clear", index: 25 });

const HUGE: Actor = {
  name: "CPU0",
  kind: "kernel",
  calls: [
    { fn: "huge_ptep_get", index: 0 },
    { fn: "get_clear_contig", index: 0 },
  ],
};

/** How convert finds its block, gathers its marks, and where that way of doing it comes from. */
export const olderRelative: Story = {
  id: "older-relative",
  shelf: "thread",
  title: "How marks are gathered, and who did it first",
  teaches:
    "Marks are gathered entry by entry into the new value, as arm64's hugetlb code has long done; two booleans would come to the same.",
  covers: ["thread-3.7", "thread-3.8", "thread-3.9", "thread-3.15"],
  acts: [
    {
      title: "As it was merged",
      scenario: scene("A page of the second block is unmapped", [], TWO_BLOCKS, UNMAP),
      beats: [
        {
          caption:
            "Two folded blocks, each of sixteen page-table entries (PTEs). CPU0 takes the lock and is about to unmap page 25, so the block of that page has to be unfolded.",
          moves: [{ actors: ["CPU0"], steps: 1 }],
          focus: { entries: "25", line: "CPU0" },
          checks: ["block 0 folded", "block 1 folded", "lock held by CPU0"],
        },
        {
          predict: {
            ask: "At which PTE does the unfolding begin?",
            answers: ["0", "16", "25"],
            right: 1,
            because:
              "A block begins at a multiple of sixteen. The code found it by shifting the pointer right, rounding, and shifting left again; the review made that one rounding down, `PTR_ALIGN_DOWN`.",
          },
          caption: "At PTE 16: the first of the block that 25 is in. The other block is not touched.",
          moves: [{ actors: ["CPU0"], until: "entry 16 none" }],
          focus: { entries: "16, 25", line: "CPU0" },
          checks: ["block 0 folded", "entry 16 none", "entries 17-31 all valid"],
        },
        {
          caption:
            "Each PTE that is taken out is looked at. PTE 20 was young and dirty (accessed and written), so from now on the value to be written is young and dirty. That is 18 steps so far: the lock, a look at PTE 25, sixteen swaps.",
          moves: [{ actors: ["CPU0"], steps: 15 }],
          focus: { entries: "16-31", line: "CPU0" },
          checks: ["entries 16-31 all none", "lock held by CPU0"],
        },
        {
          caption: "A flush, sixteen stores, PTE 25 out, the lock given back: 19 steps. The fifteen that are left are all dirty now.",
          moves: [{ actors: ["CPU0"], steps: 19 }],
          focus: { entries: "16-31" },
          checks: ["CPU0 finished", "entries 16-24 all dirty", "entries 26-31 all dirty", "entry 25 none", "CPU0 returned dirty"],
        },
      ],
      expect: { violates: [] },
    },
    {
      title: "With two booleans",
      scenario: scene("The same with two booleans", ["convert-bool-accumulators"], TWO_BLOCKS, UNMAP),
      beats: [
        {
          caption:
            "Mark Rutland wondered whether to note dirty and young in two variables and change the value once, after the loop. The same accesses in the same order: 37 steps, and the same table.",
          moves: [{ actors: ["CPU0"], steps: 37 }],
          focus: { entries: "16-31", line: "CPU0" },
          checks: ["CPU0 finished", "entries 16-24 all dirty", "entries 26-31 all dirty", "entry 25 none", "CPU0 returned dirty"],
        },
      ],
      expect: { violates: [] },
    },
    {
      title: "hugetlb",
      scenario: scene("hugetlb reads and clears a huge page", [], foldedWithDirty(12), HUGE),
      beats: [
        {
          caption:
            "Ryan Roberts kept his loop, because arm64's `hugetlb` code has the same. That code is older; it handles the huge pages that a program asks for by name. It, too, gathers the marks of a block PTE by PTE: one read of the first, then all sixteen.",
          moves: [{ actors: ["CPU0"], steps: 17 }],
          focus: { entries: "0-15", line: "CPU0" },
          checks: ["CPU0 call 1 returned dirty", "entry 0 not dirty", "entry 12 dirty"],
        },
        {
          caption:
            "It does the same when it takes the huge page out. This code sets and clears `CONT`, the contiguous bit, itself, and calls none of contpte's functions.",
          moves: [{ actors: ["CPU0"], until: "CPU0 finished" }],
          focus: { entries: "0-15", line: "CPU0" },
          checks: ["CPU0 call 2 returned dirty", "entries 0-15 all none"],
        },
      ],
      expect: { violates: [] },
    },
    {
      title: "The generic way",
      scenario: scene("hugetlb's generic allocation finds a small page", [], folded(), {
        name: "CPU0",
        kind: "kernel",
        calls: [{ fn: "huge_pte_alloc", index: 0 }],
      }),
      beats: [
        {
          caption:
            "Mark also listed who calls `ptep_get_lockless`. One is `huge_pte_alloc`, hugetlb's version for all architectures: it would stop the kernel if it found a page like this one. arm64 does not use it, so the marks it is given do not matter.",
          moves: [{ actors: ["CPU0"], event: "warning" }],
          focus: { entries: "0", line: "CPU0" },
          checks: ["CPU0 finished", "block 0 folded"],
        },
      ],
      expect: { violates: [] },
    },
  ],
};
