import type { ScenarioDocument } from "../../engine/protocol.ts";

/** fork handles whole blocks and single entries, present ones and others, while the memory is in use. */
export const forkRace: ScenarioDocument = {
  version: 1,
  title: "A fork while the memory is in use",
  machine: {
    granule: "4K",
    va: "0x10000000",
    folios: [{ pfn: "0x1000", pages: 16 }],
    // A folded block; then a PROT_NONE page, one of userfaultfd, one swapped out, and nothing.
    ptes: [
      "0x78000001000fc3",
      "0x78000001001fc3",
      "0x78000001002fc3",
      "0x78000001003fc3",
      "0x78000001004fc3",
      "0x78000001005fc3",
      "0x78000001006fc3",
      "0x78000001007fc3",
      "0x78000001008fc3",
      "0x78000001009fc3",
      "0x7800000100afc3",
      "0x7800000100bfc3",
      "0x7800000100cfc3",
      "0x7800000100dfc3",
      "0x7800000100efc3",
      "0x7800000100ffc3",
      "0x60000002000f82",
      "0x468000002001fc3",
      "0x5004",
    ],
    entries: 32,
  },
  actors: [
    {
      name: "CPU0",
      kind: "kernel",
      calls: [
        { fn: "copy_pte_range", index: 0, nr: 20 },
        { fn: "flush_tlb_range", index: 0, nr: 20 },
      ],
    },
    { name: "CPU1", kind: "kernel", calls: [{ fn: "ptep_get_lockless", index: 9 }] },
    {
      name: "CPU2",
      kind: "mmu",
      accesses: [
        { rw: "write", index: 12 },
        { rw: "write", index: 13 },
      ],
    },
  ],
};
