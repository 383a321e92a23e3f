import type { ScenarioDocument } from "../../engine/protocol.ts";

/** gup_fast looks twice without a lock, and trusts what it has pinned only if nothing changed in between. */
export const pinRace: ScenarioDocument = {
  version: 1,
  title: "Pinning a page while its block unfolds",
  machine: {
    granule: "4K",
    va: "0x10000000",
    folios: [{ pfn: "0x1000", pages: 64 }],
    ptes: [{ index: 0, count: 16, pfn: "0x1000", prot: "rw", flags: ["cont", "young"] }],
  },
  actors: [
    { name: "CPU0", kind: "kernel", calls: [{ fn: "ptl_lock" }, { fn: "ptep_get_and_clear", index: 4 }, { fn: "ptl_unlock" }] },
    { name: "CPU1", kind: "kernel", calls: [{ fn: "gup_fast", index: 9, write: true }] },
    { name: "CPU2", kind: "mmu", accesses: [{ rw: "write", index: 12 }] },
  ],
};
