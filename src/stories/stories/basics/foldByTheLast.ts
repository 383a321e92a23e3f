import type { Story } from "../../../engine/protocol.ts";

/** The same sixteen pages, completed by the last and by one in the middle. */
export const foldByTheLast: Story = {
  id: "fold-by-the-last",
  shelf: "basics",
  title: "The last entry folds the block",
  teaches: "Pages that are mapped one by one fold by themselves, when one certain entry is stored.",
  covers: [],
  acts: [
    {
      title: "The last page comes last",
      scenario: {
        version: 1,
        title: "Entry 15 completes a block",
        machine: {
          folios: [{ pfn: "0x1000", pages: 16 }],
          ptes: [{ index: 0, count: 15, pfn: "0x1000", prot: "rw", flags: ["young"] }],
        },
        actors: [
          {
            name: "CPU0",
            kind: "kernel",
            calls: [
              { fn: "ptl_lock" },
              // Frame 0x100f, writable, clean and young.
              { fn: "set_ptes", index: 15, pte: "0x6800000100ffc3", nr: 1 },
              { fn: "ptl_unlock" },
            ],
          },
          { name: "CPU1", kind: "mmu", accesses: [{ rw: "read", index: 3 }] },
        ],
      },
      beats: [
        {
          caption:
            "Fifteen pages of a folio were mapped one at a time, as page faults asked for them. Their page-table entries (PTEs) are alike and in line, without `CONT`, the contiguous bit. CPU1 uses page 3: its TLB, which caches translations, holds that page.",
          moves: [{ actors: ["CPU1"], until: "CPU1 caches entry 3" }],
          focus: { entries: "0-14", tlb: "CPU1" },
          checks: ["entries 0-14 all valid", "entries 0-14 all not cont", "entry 15 none", "CPU1 caches entry 3 as page"],
        },
        {
          caption: "CPU0 holds the page-table lock (PTL) and stores PTE 15, the last of the block. It goes in without `CONT` too.",
          moves: [{ actors: ["CPU0"], until: "entry 15 valid" }],
          focus: { entries: "15", line: "CPU0" },
          checks: ["lock held by CPU0", "entry 15 is not cont"],
        },
        {
          predict: {
            ask: "The store is done. What does `set_ptes` do next?",
            answers: ["It returns", "It sets `CONT` in PTE 15", "It reads all sixteen PTEs"],
            right: 2,
            because: "With its last entry in place the block may be complete, and only a look at all sixteen PTEs can tell.",
          },
          caption:
            "Entry 15, the last of the block by number, is the sign to try. `__contpte_try_fold` reads all sixteen: valid, of one folio, frames in line, permissions alike. They are, so it goes on to `contpte_convert`.",
          moves: [{ actors: ["CPU0"], line: "contpte_convert.clear" }],
          focus: { entries: "0-15", line: "CPU0" },
          checks: ["entries 0-15 all valid", "entries 0-15 all not cont"],
        },
        {
          caption:
            "Hardware must not find valid PTEs with `CONT` and others without it in one block; empty ones do no harm. So `contpte_convert` first takes out all sixteen. CPU1's TLB still knows page 3.",
          moves: [{ actors: ["CPU0"], until: "entries 0-15 all none" }],
          focus: { entries: "0-15", tlb: "CPU1", line: "CPU0" },
          checks: ["CPU1 caches entry 3 as page"],
        },
        {
          caption: "Then it flushes: every TLB forgets what it knows of the block.",
          moves: [{ actors: ["CPU0"], line: "contpte_convert.set" }],
          focus: { tlb: "CPU1", line: "CPU0" },
          checks: ["not CPU1 caches entry 3", "entries 0-15 all none"],
        },
        {
          caption:
            "Last it stores all sixteen again, now with `CONT`: the block is folded. Nobody asked for that; it happened inside `set_ptes`.",
          moves: [{ actors: ["CPU0"], until: "block 0 folded" }],
          focus: { entries: "0-15" },
          checks: ["entries 0-15 all cont"],
        },
      ],
      expect: { violates: [], questions: { "always block 0 folded at the end": "holds" } },
    },
    {
      title: "A page in the middle comes last",
      scenario: {
        version: 1,
        title: "Entry 7 completes a block",
        machine: {
          folios: [{ pfn: "0x1000", pages: 16 }],
          ptes: [
            { index: 0, count: 7, pfn: "0x1000", prot: "rw", flags: ["young"] },
            { index: 8, count: 8, pfn: "0x1008", prot: "rw", flags: ["young"] },
          ],
        },
        actors: [
          {
            name: "CPU0",
            kind: "kernel",
            calls: [
              { fn: "ptl_lock" },
              // Frame 0x1007, writable, clean and young.
              { fn: "set_ptes", index: 7, pte: "0x68000001007fc3", nr: 1 },
              { fn: "ptl_unlock" },
            ],
          },
        ],
      },
      beats: [
        {
          caption: "The same folio, but this time page 7 is the one that is not mapped yet.",
          focus: { entries: "7" },
          checks: ["entry 7 none", "entries 0-6 all valid", "entries 8-15 all valid"],
        },
        {
          predict: {
            ask: "CPU0 stores PTE 7 and fills the hole. Will the block be folded?",
            answers: ["Yes, all sixteen fit", "No"],
            right: 1,
            because:
              "Only the store of the last PTE tries. A look at sixteen PTEs after every store would cost too much, and most memory is mapped upwards: the last PTE is the one to wait for.",
          },
          caption:
            "All sixteen PTEs fit, and they stay single. PTE 7 is not the last of its block, so `contpte_try_fold` returns without a look at the others.",
          moves: [{ actors: ["CPU0"], until: "CPU0 finished" }],
          focus: { entries: "0-15" },
          checks: ["entries 0-15 all valid", "entries 0-15 all not cont"],
        },
      ],
      expect: { violates: [], questions: { "never entries 0-15 any cont": "holds" } },
    },
  ],
};
