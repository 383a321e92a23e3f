import type { Act, Story } from "../../../engine/protocol.ts";

/** One page is unmapped from a block of so many. */
const unmapOf = (granule: "4K" | "16K" | "64K", pages: number): Act["scenario"] => ({
  version: 1,
  title: `A block of ${granule.slice(0, -1)} KiB pages`,
  machine: {
    granule,
    folios: [{ pfn: "0x1000", pages }],
    ptes: [{ index: 0, count: pages, pfn: "0x1000", prot: "rw", flags: ["cont", "young"] }],
  },
  actors: [
    { name: "CPU0", kind: "kernel", calls: [{ fn: "ptl_lock" }, { fn: "ptep_clear_flush", index: 4 }, { fn: "ptl_unlock" }] },
    { name: "CPU1", kind: "mmu", accesses: [{ rw: "read", index: 5 }] },
  ],
});

/** The same unmap with the three page sizes. */
export const granules: Story = {
  id: "granules",
  shelf: "basics",
  title: "Blocks of 16, 128 and 32",
  teaches: "How many entries make a block depends on the page size, and with it what a block gains and what it costs.",
  covers: [],
  acts: [
    {
      title: "Pages of 4 KiB",
      scenario: unmapOf("4K", 16),
      beats: [
        {
          caption:
            "Arm has three page sizes, called granules; the kernel is built for one. With pages of 4 KiB, sixteen page-table entries (PTEs) make a block of 64 KiB: what one entry of a TLB, the cache of translations, can answer for.",
          moves: [{ actors: ["CPU1"], until: "CPU1 caches entry 5" }],
          focus: { entries: "0-15", tlb: "CPU1" },
          checks: ["block 0 folded", "CPU1 caches entry 0 as block", "CPU1 caches entry 15 as block"],
        },
        {
          caption:
            "To unmap one page, CPU0 has to unfold its block. Sixteen accesses take out its PTEs, and sixteen more will write them anew.",
          moves: [
            { actors: ["CPU0"], line: "contpte_convert.clear" },
            { actors: ["CPU0"], steps: 16 },
          ],
          focus: { entries: "0-15", line: "CPU0" },
          checks: ["entries 0-15 all none"],
        },
      ],
      expect: { violates: [] },
    },
    {
      title: "Pages of 16 KiB",
      scenario: unmapOf("16K", 128),
      beats: [
        {
          caption: "With pages of 16 KiB a block has 128 PTEs and spans 2 MiB. One TLB entry answers for all of it.",
          moves: [{ actors: ["CPU1"], until: "CPU1 caches entry 5" }],
          focus: { entries: "0-127", tlb: "CPU1" },
          checks: ["block 0 folded", "CPU1 caches entry 0 as block", "CPU1 caches entry 127 as block"],
        },
        {
          predict: {
            ask: "CPU0 unmaps one page here. How many PTEs does it have to take out on the way?",
            answers: ["1", "16", "128"],
            right: 2,
            because: "A block is unfolded whole, however few of its pages are meant: all 128 PTEs are taken out and written anew.",
          },
          caption: "128 accesses to take out the PTEs of the block, for one page. Gain and cost grow together.",
          moves: [
            { actors: ["CPU0"], line: "contpte_convert.clear" },
            { actors: ["CPU0"], steps: 128 },
          ],
          focus: { entries: "0-127", line: "CPU0" },
          checks: ["entries 0-127 all none"],
        },
      ],
      expect: { violates: [] },
    },
    {
      title: "Pages of 64 KiB",
      scenario: unmapOf("64K", 32),
      beats: [
        {
          caption: "With pages of 64 KiB a block has 32 PTEs: again 2 MiB, in a quarter of the entries.",
          moves: [{ actors: ["CPU1"], until: "CPU1 caches entry 5" }],
          focus: { entries: "0-31", tlb: "CPU1" },
          checks: ["block 0 folded", "CPU1 caches entry 0 as block", "CPU1 caches entry 31 as block"],
        },
        {
          caption: "32 accesses take them out. The code is the same for all three; only the length of its loops differs.",
          moves: [
            { actors: ["CPU0"], line: "contpte_convert.clear" },
            { actors: ["CPU0"], steps: 32 },
          ],
          focus: { entries: "0-31", line: "CPU0" },
          checks: ["entries 0-31 all none"],
        },
      ],
      expect: { violates: [] },
    },
  ],
};
