import type { Story } from "../../../engine/protocol.ts";

/** Folded from the first store on, where a whole block is given at once. */
export const mapAFolio: Story = {
  id: "map-a-folio",
  shelf: "basics",
  title: "A folio is mapped at once",
  teaches: "Whoever maps a whole folio with one set_ptes gets folded blocks at no extra cost.",
  covers: [],
  acts: [
    {
      scenario: {
        version: 1,
        title: "Twenty pages mapped at once",
        machine: { folios: [{ pfn: "0x1000", pages: 20 }], entries: 32 },
        actors: [
          {
            name: "CPU0",
            kind: "kernel",
            calls: [
              { fn: "ptl_lock" },
              // Frame 0x1000, writable, clean and young.
              { fn: "set_ptes", index: 0, pte: "0x68000001000fc3", nr: 20 },
              { fn: "ptl_unlock" },
            ],
          },
          {
            name: "CPU1",
            kind: "mmu",
            accesses: [
              { rw: "read", index: 9 },
              { rw: "read", index: 17 },
            ],
          },
        ],
      },
      beats: [
        {
          caption:
            "Linux handles memory in folios: one or more pages, next to each other in memory, treated as one. This folio has 20 pages, and no page-table entry (PTE) maps it yet.",
          focus: { entries: "0-19" },
          checks: ["entries 0-31 all none"],
        },
        {
          caption: "Whoever changes PTEs holds the page-table lock, PTL for short. CPU0 takes it.",
          moves: [{ actors: ["CPU0"], until: "lock held by CPU0" }],
          focus: { actors: ["CPU0"], line: "CPU0" },
          checks: ["CPU0 is in set_ptes", "entries 0-31 all none"],
        },
        {
          predict: {
            ask: "One call of `set_ptes` maps all 20 pages. Which PTEs get `CONT`, the contiguous bit?",
            answers: ["None yet", "The first sixteen", "All twenty"],
            right: 1,
            because:
              "A block is sixteen PTEs from a multiple of sixteen on, and `CONT` speaks of the whole block. The four pages that are left do not fill another.",
          },
          caption:
            "`set_ptes` knows that it is going to fill entries 0 to 15. So it stores the very first PTE with `CONT`. The other fifteen are still empty, and may be: only valid PTEs of a block have to agree.",
          moves: [{ actors: ["CPU0"], until: "entry 0 valid" }],
          focus: { entries: "0-15", line: "CPU0" },
          checks: ["entry 0 cont", "entries 1-31 all none"],
        },
        {
          caption:
            "Fifteen stores later the block is folded: that is what a block is called when all its PTEs carry `CONT`. It took one store for each PTE, as many as it takes without.",
          moves: [{ actors: ["CPU0"], steps: 15 }],
          focus: { entries: "0-15" },
          checks: ["block 0 folded", "entries 16-31 all none"],
        },
        {
          caption: "Entries 16 to 19 go in without `CONT`: the folio ends before their block does.",
          moves: [{ actors: ["CPU0"], until: "entry 19 valid" }],
          focus: { entries: "16-19" },
          checks: ["entries 16-19 all valid", "entries 16-19 all not cont", "entries 20-31 all none"],
        },
        {
          caption:
            "CPU0 gives the lock back. No TLB has anything to forget, or to flush, as one says: these PTEs were empty before, and hardware does not cache an empty PTE.",
          moves: [{ actors: ["CPU0"], until: "CPU0 finished" }],
          checks: ["not lock held", "not CPU1 caches entry 9"],
        },
        {
          caption:
            "CPU1 reads page 9 and page 17. Its TLB, where a CPU keeps the translations it found, now has one entry for sixteen pages and one for a single page.",
          moves: [{ actors: ["CPU1"], until: "CPU1 finished" }],
          focus: { tlb: "CPU1", entries: "0-19" },
          checks: ["CPU1 caches entry 0 as block", "CPU1 caches entry 17 as page", "not CPU1 caches entry 18"],
        },
      ],
      expect: {
        violates: [],
        questions: { "never entries 0-15 any valid and entry 0 is not cont": "holds", "never entries 16-31 any cont": "holds" },
        outcomes: [
          "CPU1: fault-translation ×2 | 0-15: 1000 C W Y; 16-19: 1010 W Y; 20-31: none",
          "CPU1: fault-translation, ok | 0-15: 1000 C W Y; 16-19: 1010 W Y; 20-31: none",
          "CPU1: ok ×2 | 0-15: 1000 C W Y; 16-19: 1010 W Y; 20-31: none",
          "CPU1: ok, fault-translation | 0-15: 1000 C W Y; 16-19: 1010 W Y; 20-31: none",
        ],
      },
    },
  ],
};
