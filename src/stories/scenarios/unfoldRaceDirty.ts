import type { ScenarioDocument } from "../../engine/protocol.ts";

/** The same race with a third party: hardware dirties a page through whatever its TLB still holds. */
export const unfoldRaceDirty: ScenarioDocument = {
  version: 1,
  title: "The same, and hardware dirties a page",
  machine: {
    granule: "4K",
    va: "0x10000000",
    folios: [{ pfn: "0x1000", pages: 64 }],
    ptes: [{ index: 0, count: 16, pfn: "0x1000", prot: "rw", flags: ["cont"] }],
  },
  actors: [
    { name: "CPU0", kind: "kernel", calls: [{ fn: "ptl_lock" }, { fn: "ptep_get_and_clear", index: 4 }, { fn: "ptl_unlock" }] },
    { name: "CPU1", kind: "kernel", calls: [{ fn: "ptep_get_lockless", index: 9 }] },
    {
      name: "CPU2",
      kind: "mmu",
      accesses: [
        { rw: "read", index: 12 },
        { rw: "write", index: 12 },
        { rw: "any", index: 3 },
      ],
    },
  ],
};
