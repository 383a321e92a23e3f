import type { Story } from "../../../engine/protocol.ts";

/** What was said of a block is said of every single entry that comes of it, and the other way round. */
export const smearedMarks: Story = {
  id: "smeared-marks",
  shelf: "basics",
  title: "Marks spread, and may",
  teaches: "Folding and unfolding make all entries of a block young or dirty if one was: too much is allowed, too little never.",
  covers: [],
  acts: [
    {
      title: "By an unfold",
      scenario: {
        version: 1,
        title: "A written block is unfolded",
        machine: {
          folios: [{ pfn: "0x1000", pages: 16 }],
          ptes: [{ index: 0, count: 16, pfn: "0x1000", prot: "rw", flags: ["cont"] }],
        },
        actors: [
          { name: "CPU0", kind: "kernel", calls: [{ fn: "ptl_lock" }, { fn: "ptep_clear_flush", index: 4 }, { fn: "ptl_unlock" }] },
          {
            name: "CPU1",
            kind: "mmu",
            accesses: [
              { rw: "write", index: 12 },
              { rw: "write", index: 3 },
            ],
          },
        ],
      },
      beats: [
        {
          caption:
            "CPU1 has written page 12 and page 3 of a folded block. The first write marked page-table entry (PTE) 12 young and dirty. The second went through the TLB, the cache of translations, and left no mark.",
          moves: [{ actors: ["CPU1"], until: "CPU1 finished" }],
          focus: { entries: "3, 12", tlb: "CPU1" },
          checks: ["block 0 folded", "CPU1 access 2 got ok", "entry 12 dirty", "entries 0-11 all not dirty", "entries 13-15 all not dirty"],
        },
        {
          caption:
            "CPU0 unmaps page 4, and unfolds the block for that. It swaps each PTE for 0 and notes the marks it finds. A swap is one atomic access: every mark that hardware made before it is found, none is lost.",
          moves: [{ actors: ["CPU0"], until: "entries 0-15 all none" }],
          focus: { entries: "0-15", line: "CPU0" },
          checks: ["lock held by CPU0"],
        },
        {
          predict: {
            ask: "CPU0 found one dirty PTE. How many of the sixteen that it now writes will be dirty?",
            answers: ["One, PTE 12", "Two, PTEs 3 and 12", "All sixteen"],
            right: 2,
            because: "The mark was about the block, and nothing says which of its pages were written. Page 3 was, and no PTE knew.",
          },
          caption: "All sixteen are young and dirty. From now on each PTE speaks for itself, so each gets what was known of the block.",
          moves: [{ actors: ["CPU0"], until: "entries 0-15 all valid" }],
          focus: { entries: "0-15", line: "CPU0" },
          checks: ["entries 0-15 all dirty", "entries 0-15 all young", "entries 0-15 all not cont"],
        },
        {
          caption:
            "Most of these pages were never written. That is allowed: Linux keeps dirty for a folio, not for a page, and a block lies in one folio. To write out a clean page costs time; to forget a dirty one would lose data.",
          moves: [{ actors: ["CPU0"], until: "CPU0 finished" }],
          focus: { entries: "0-15" },
          checks: ["entry 4 none", "entries 0-3 all dirty", "entries 5-15 all dirty", "CPU0 returned dirty"],
        },
      ],
      expect: { violates: [], questions: { "always (CPU1 access 1 got ok and CPU0 finished) implies entry 12 dirty": "holds" } },
    },
    {
      title: "By a fold",
      scenario: {
        version: 1,
        title: "A dirty page joins a block",
        machine: {
          folios: [{ pfn: "0x1000", pages: 16 }],
          ptes: [
            { index: 0, count: 12, pfn: "0x1000", prot: "rw" },
            { index: 12, count: 1, pfn: "0x100c", prot: "rw", flags: ["young", "hwdirty"] },
            { index: 13, count: 2, pfn: "0x100d", prot: "rw" },
          ],
        },
        actors: [
          {
            name: "CPU0",
            kind: "kernel",
            calls: [
              { fn: "ptl_lock" },
              // Frame 0x100f, writable, clean and old.
              { fn: "set_ptes", index: 15, pte: "0x6800000100fbc3", nr: 1 },
              { fn: "ptl_unlock" },
            ],
          },
        ],
      },
      beats: [
        {
          caption: "Fifteen single PTEs this time; PTE 12 alone is young and dirty. PTE 15, old and clean, will complete the block.",
          focus: { entries: "12, 15" },
          checks: ["entry 12 young and entry 12 dirty", "entries 0-11 all not young", "entries 0-11 all not dirty", "entry 15 none"],
        },
        {
          caption: "PTE 15 is stored, and all sixteen are looked at. Young and dirty may differ, so the block can be folded.",
          moves: [{ actors: ["CPU0"], line: "contpte_convert.clear" }],
          focus: { entries: "0-15", line: "CPU0" },
          checks: ["entries 0-15 all valid", "entry 15 is not young", "entry 15 is not dirty"],
        },
        {
          caption:
            "All sixteen are young and dirty, as after the unfold. With `CONT`, the contiguous bit, one marked PTE would say the same: any mark counts for the block.",
          moves: [{ actors: ["CPU0"], until: "block 0 folded" }],
          focus: { entries: "0-15" },
          checks: ["entries 0-15 all dirty", "entries 0-15 all young"],
        },
      ],
      expect: { violates: [] },
    },
  ],
};
