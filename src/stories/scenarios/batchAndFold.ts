import type { ScenarioDocument } from "../../engine/protocol.ts";

/** Two ways to a folded block: written as one, and completed by its last entry. */
export const batchAndFold: ScenarioDocument = {
  version: 1,
  title: "A batch, and a fold by the last entry",
  machine: {
    granule: "4K",
    va: "0x10000000",
    folios: [{ pfn: "0x1000", pages: 32 }],
    ptes: [
      { index: 16, count: 4, pfn: "0x1010", prot: "rw", flags: ["young"] },
      { index: 20, count: 1, pfn: "0x1014", prot: "rw", flags: ["young", "hwdirty"] },
      { index: 21, count: 10, pfn: "0x1015", prot: "rw" },
    ],
  },
  actors: [
    {
      name: "CPU0",
      kind: "kernel",
      calls: [
        { fn: "ptl_lock" },
        { fn: "set_ptes", index: 0, pte: "0x68000001000bc3", nr: 16 },
        { fn: "set_ptes", index: 31, pte: "0x6800000101ffc3", nr: 1 },
        { fn: "ptl_unlock" },
      ],
    },
    {
      name: "CPU1",
      kind: "mmu",
      accesses: [
        { rw: "read", index: 20 },
        { rw: "write", index: 3 },
        { rw: "read", index: 20 },
      ],
    },
  ],
};
