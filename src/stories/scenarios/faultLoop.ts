import type { ScenarioDocument } from "../../engine/protocol.ts";

/** The bug that 6.12.78 fixed: a device that looks at one descriptor faults on a page whose block is dirty elsewhere. */
export const faultLoop: ScenarioDocument = {
  version: 1,
  title: "A device that faults for ever (6.12.0)",
  machine: {
    granule: "4K",
    va: "0x10000000",
    hardwareAD: "none",
    folios: [{ pfn: "0x1000", pages: 64 }],
    ptes: [
      { index: 0, count: 1, pfn: "0x1000", prot: "rw", flags: ["cont", "young", "dirty"] },
      { index: 1, count: 15, pfn: "0x1001", prot: "rw", flags: ["cont", "young"] },
    ],
  },
  kernel: { variants: ["set-access-flags-gathered"] },
  // The handler first: run to the end, each in turn, it has had its say before the device tries again.
  actors: [
    { name: "CPU0", kind: "kernel", calls: [{ fn: "handle_pte_fault", index: 5, write: true }] },
    {
      name: "SMMU",
      kind: "mmu",
      accesses: [
        { rw: "write", index: 5 },
        { rw: "write", index: 5 },
      ],
    },
  ],
};
