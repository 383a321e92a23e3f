import type { Story } from "../../../engine/protocol.ts";

/** Sixteen pages twice, side by side: one by one, and as a block. */
export const contiguousBit: Story = {
  id: "contiguous-bit",
  shelf: "basics",
  title: "What the contiguous bit is for",
  teaches: "One bit in sixteen entries lets a TLB hold sixteen translations in the place of one.",
  covers: [],
  acts: [
    {
      scenario: {
        version: 1,
        title: "Sixteen single entries beside a block",
        machine: {
          folios: [{ pfn: "0x1000", pages: 32 }],
          ptes: [
            { index: 0, count: 16, pfn: "0x1000", prot: "rw" },
            { index: 16, count: 16, pfn: "0x1010", prot: "rw", flags: ["cont"] },
          ],
        },
        actors: [{ name: "CPU0", kind: "mmu", accesses: Array.from({ length: 32 }, (_, index) => ({ rw: "read", index })) }],
      },
      beats: [
        {
          caption:
            "A page-table entry, PTE for short, maps one page of memory, here 4 KiB. These are 32 PTEs, for 32 pages next to each other.",
          focus: { entries: "0-31" },
          checks: ["entries 0-31 all valid", "entries 0-31 all not young"],
        },
        {
          caption:
            "CPU0 reads page 0. It has to walk the page table to find the PTE, and keeps what it found in its TLB, the translation lookaside buffer. That TLB entry answers for one page.",
          moves: [{ actors: ["CPU0"], until: "CPU0 caches entry 0" }],
          focus: { entries: "0", tlb: "CPU0" },
          checks: ["CPU0 caches entry 0 as page", "not CPU0 caches entry 1", "entry 0 young"],
        },
        {
          caption:
            "Fifteen more pages, fifteen more walks. Each walk marks the PTE that it finds as accessed (young, the letter Y), and all are marked now. The TLB spends sixteen entries on 64 KiB.",
          moves: [{ actors: ["CPU0"], until: "CPU0 caches entry 15" }],
          focus: { entries: "0-15", tlb: "CPU0" },
          checks: ["entries 0-15 all young", ...Array.from({ length: 16 }, (_, page) => `CPU0 caches entry ${page} as page`)],
        },
        {
          caption:
            "The next sixteen PTEs also have bit 52 set: the contiguous bit, `CONT`. It is a promise to the hardware: these sixteen map sixteen consecutive frames of memory, aligned to 64 KiB, with the same permissions.",
          focus: { entries: "16-31" },
          checks: ["block 1 folded", "entries 16-31 all cont", "block 0 is not folded", "entries 16-31 all not young"],
        },
        {
          predict: {
            ask: "CPU0 reads pages 16 to 31 next. How often will it walk the table?",
            answers: ["Sixteen times", "Once", "Not at all"],
            right: 1,
            because:
              "The first walk finds `CONT` and may keep the whole block as one TLB entry, which answers for the other fifteen pages.",
          },
          caption: "One walk, to page 16. The PTE there has `CONT`, and so the TLB entry that it leaves covers all sixteen pages.",
          moves: [{ actors: ["CPU0"], until: "CPU0 caches entry 16" }],
          focus: { entries: "16-31", tlb: "CPU0" },
          checks: ["CPU0 caches entry 16 as block", "CPU0 caches entry 31 as block", "entry 16 young", "entries 17-31 all not young"],
        },
        {
          caption: "The TLB answers the other fifteen reads. Nobody walks to these PTEs, and none of them is marked.",
          moves: [{ actors: ["CPU0"], until: "CPU0 finished" }],
          focus: { entries: "17-31", tlb: "CPU0" },
          checks: ["CPU0 got ok", "entries 17-31 all not young", "not CPU0 caches entry 31 as page"],
        },
        {
          caption:
            "Sixteen TLB entries on the left, one on the right. The price: sixteen PTEs have to be kept alike for as long as they carry `CONT`. The code that does so, behind the back of the rest of Linux, is called contpte.",
          focus: { tlb: "CPU0" },
          checks: ["CPU0 caches entry 0 as page", "CPU0 caches entry 16 as block"],
        },
      ],
      expect: { violates: [], outcomes: ["CPU0: ok ×32 | 0-15: 1000 W Y; 16: 1010 C W Y; 17-31: 1011 C W"] },
    },
  ],
};
