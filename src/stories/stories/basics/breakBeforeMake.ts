import type { Story } from "../../../engine/protocol.ts";

/** One page leaves a block, and sixteen entries are rewritten for it. */
export const breakBeforeMake: Story = {
  id: "break-before-make",
  shelf: "basics",
  title: "Unfolding: break before make",
  teaches: "To change one page of a block, Linux empties all its entries, flushes, and writes them anew as single ones.",
  covers: [],
  acts: [
    {
      scenario: {
        version: 1,
        title: "One page leaves a block",
        machine: {
          folios: [{ pfn: "0x1000", pages: 16 }],
          ptes: [{ index: 0, count: 16, pfn: "0x1000", prot: "rw", flags: ["cont", "young"] }],
        },
        actors: [
          { name: "CPU0", kind: "kernel", calls: [{ fn: "ptl_lock" }, { fn: "ptep_clear_flush", index: 4 }, { fn: "ptl_unlock" }] },
          {
            name: "CPU1",
            kind: "mmu",
            accesses: [
              { rw: "read", index: 12 },
              { rw: "read", index: 12 },
              { rw: "read", index: 12 },
            ],
          },
        ],
      },
      beats: [
        {
          caption:
            "Sixteen page-table entries (PTEs) with `CONT`, the contiguous bit: a folded block. CPU1 has read page 12, and its TLB, which caches translations, answers for the whole block with one entry.",
          moves: [{ actors: ["CPU1"], until: "CPU1 caches entry 12" }],
          focus: { entries: "0-15", tlb: "CPU1" },
          checks: ["block 0 folded", "CPU1 caches entry 12 as block"],
        },
        {
          caption:
            "CPU0 is to unmap page 4, and nothing else. It takes the page-table lock (PTL) and reads PTE 4: `CONT`. That bit is a promise about sixteen pages, so the block has to be unfolded first: made into sixteen single PTEs.",
          moves: [{ actors: ["CPU0"], line: "contpte_convert.clear" }],
          focus: { entries: "4", line: "CPU0" },
          checks: ["lock held by CPU0", "block 0 folded"],
        },
        {
          predict: {
            ask: "Why not take `CONT` out of one PTE after the other, in place?",
            answers: [
              "It would take too many stores",
              "A TLB could come to hold one entry for the block and another for one of its pages",
              "PTEs in use cannot be written",
            ],
            right: 1,
            because:
              "A CPU that walks in between may add an entry for one page to the one for the block. When two entries of different size answer for a page, the architecture allows a fault or a mixture of both.",
          },
          caption:
            "So Linux does it by break-before-make, BBM for short. First the break: it swaps all sixteen PTEs for 0. CPU1's TLB still has the block.",
          moves: [{ actors: ["CPU0"], until: "entries 0-15 all none" }],
          focus: { entries: "0-15", tlb: "CPU1", line: "CPU0" },
          checks: ["CPU1 caches entry 12 as block"],
        },
        {
          caption: "Then the flush: CPU0 tells every TLB to forget the block, and waits until they have.",
          moves: [{ actors: ["CPU0"], line: "contpte_convert.set" }],
          focus: { tlb: "CPU1", line: "CPU0" },
          checks: ["not CPU1 caches entry 12", "not flush pending", "entries 0-15 all none"],
        },
        {
          caption:
            "At this moment CPU1 reads page 12 and faults, though nobody wants to unmap page 12. That does no harm: the fault handler waits for the PTL, finds the PTE in place again, and lets CPU1 try once more.",
          moves: [{ actors: ["CPU1"], event: "fault" }],
          focus: { entries: "12", actors: ["CPU1"] },
          checks: ["CPU1 got fault-translation", "entry 12 none", "lock held by CPU0"],
        },
        {
          caption: "Now the make: sixteen new PTEs, of the same frames, without `CONT`. Each stands for itself.",
          moves: [{ actors: ["CPU0"], until: "entries 0-15 all valid" }],
          focus: { entries: "0-15", line: "CPU0" },
          checks: ["entries 0-15 all not cont", "entry 0 pfn = 0x1000 and entry 15 pfn = 0x100f"],
        },
        {
          caption: "Only now does CPU0 do what it was asked for: it takes out PTE 4 and flushes that page.",
          moves: [{ actors: ["CPU0"], until: "CPU0 finished" }],
          focus: { entries: "4" },
          checks: ["entry 4 none", "entries 0-3 all valid", "entries 5-15 all valid", "CPU0 returned pfn = 0x1004"],
        },
        {
          caption: "CPU1 tries again and gets its page. Its TLB entry covers that one page: the gain of the block is gone.",
          moves: [{ actors: ["CPU1"], until: "CPU1 finished" }],
          focus: { entries: "12", tlb: "CPU1" },
          checks: ["CPU1 got ok", "CPU1 caches entry 12 as page", "not CPU1 caches entry 11"],
        },
      ],
      expect: {
        violates: [],
        questions: {
          "always entry 12 valid": "fails",
          "always entry 12 valid at the end": "holds",
          "never CPU1 caches entry 12 as block and CPU1 caches entry 12 as page": "holds",
        },
      },
    },
  ],
};
