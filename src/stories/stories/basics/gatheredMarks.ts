import type { Story } from "../../../engine/protocol.ts";

/** Hardware marks one entry of a block, software asks another. */
export const gatheredMarks: Story = {
  id: "gathered-marks",
  shelf: "basics",
  title: "Sixteen entries, one answer",
  teaches: "In a block, accessed and dirty are said of all its pages together, and ptep_get gathers them from all entries.",
  covers: [],
  acts: [
    {
      scenario: {
        version: 1,
        title: "Two writes to a block, and a question",
        machine: {
          folios: [{ pfn: "0x1000", pages: 16 }],
          ptes: [{ index: 0, count: 16, pfn: "0x1000", prot: "rw", flags: ["cont"] }],
        },
        actors: [
          { name: "CPU0", kind: "kernel", calls: [{ fn: "ptl_lock" }, { fn: "ptep_get", index: 9 }, { fn: "ptl_unlock" }] },
          {
            name: "CPU1",
            kind: "mmu",
            accesses: [
              { rw: "write", index: 3 },
              { rw: "write", index: 9 },
            ],
          },
        ],
      },
      beats: [
        {
          caption:
            "Hardware leaves two marks in a page-table entry (PTE): the access flag, when the page is used, and dirty, when it is written. With the access flag Linux calls it young, else old; without dirty, clean. These sixteen are a folded block, old and clean.",
          focus: { entries: "0-15" },
          checks: ["block 0 folded", "entries 0-15 all not young", "entries 0-15 all not dirty"],
        },
        {
          caption:
            "CPU1 writes page 3. It walks to PTE 3 and marks it young and dirty. Its TLB, which caches translations, now has one entry for the whole block, good for writing too.",
          moves: [{ actors: ["CPU1"], until: "CPU1 access 1 got ok" }],
          focus: { entries: "3", tlb: "CPU1" },
          checks: [
            "entry 3 young and entry 3 dirty",
            "entries 4-15 all not dirty",
            "CPU1 caches entry 9 writable as block",
            "block 0 folded",
          ],
        },
        {
          predict: {
            ask: "CPU1 writes page 9 next. Which PTE will be marked dirty?",
            answers: ["PTE 9", "All sixteen", "None"],
            right: 2,
            because: "The TLB entry of the block already allows the write. Without a walk there is no mark.",
          },
          caption:
            "Page 9 has been written, and PTE 9 is old and clean. So a mark on any PTE of a block has to be read as a mark on the whole block. The architecture promises no more than that.",
          moves: [{ actors: ["CPU1"], until: "CPU1 finished" }],
          focus: { entries: "3, 9", tlb: "CPU1" },
          checks: ["CPU1 access 2 got ok", "entry 9 is not young", "entry 9 is not dirty", "entry 3 dirty"],
        },
        {
          caption:
            "CPU0, holding the page-table lock (PTL), asks for PTE 9 with `ptep_get`. It finds `CONT`, and knows that PTE 9 alone does not tell.",
          moves: [{ actors: ["CPU0"], line: "contpte_ptep_get.entry" }],
          focus: { entries: "9", line: "CPU0" },
          checks: ["CPU0 is in ptep_get", "lock held by CPU0"],
        },
        {
          caption:
            "It reads all sixteen PTEs and keeps every mark it comes across. The caller gets PTE 9, young and dirty: what is true of the block.",
          moves: [{ actors: ["CPU0"], until: "CPU0 returned dirty" }],
          focus: { entries: "0-15", line: "CPU0" },
          checks: ["CPU0 returned young", "CPU0 returned pfn = 0x1009", "CPU0 returned cont"],
        },
        {
          caption:
            "In the table nothing has changed. The rest of Linux sees PTEs only through such functions, and need not know where a mark stands.",
          moves: [{ actors: ["CPU0"], until: "CPU0 finished" }],
          focus: { entries: "3, 9" },
          checks: ["entry 9 is not dirty", "entry 3 dirty", "block 0 folded"],
        },
      ],
      expect: {
        violates: [],
        questions: { "always CPU0 returned dirty implies entry 3 dirty": "holds", "sometimes CPU0 returned not dirty": "holds" },
      },
    },
  ],
};
