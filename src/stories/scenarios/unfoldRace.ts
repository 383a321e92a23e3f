import type { ScenarioDocument } from "../../engine/protocol.ts";

/** The race of the mail thread: a writer unfolds a block while a reader without the lock gathers it. */
export const unfoldRace: ScenarioDocument = {
  version: 1,
  title: "An unfold under a lockless reader",
  machine: {
    granule: "4K",
    va: "0x10000000",
    folios: [{ pfn: "0x1000", pages: 64 }],
    ptes: [
      { index: 0, count: 12, pfn: "0x1000", prot: "rw", flags: ["cont"] },
      { index: 12, count: 1, pfn: "0x100c", prot: "rw", flags: ["cont", "young", "hwdirty"] },
      { index: 13, count: 3, pfn: "0x100d", prot: "rw", flags: ["cont"] },
    ],
  },
  actors: [
    { name: "CPU0", kind: "kernel", calls: [{ fn: "ptl_lock" }, { fn: "ptep_get_and_clear", index: 4 }, { fn: "ptl_unlock" }] },
    { name: "CPU1", kind: "kernel", calls: [{ fn: "ptep_get_lockless", index: 9 }] },
  ],
};
