import type { Story } from "../../../engine/protocol.ts";
import { type Call, type Machine, scene, user } from "../scenes.ts";

const SINGLE: Machine = {
  folios: [{ pfn: "0x1000", pages: 1 }],
  ptes: [{ index: 4, count: 1, pfn: "0x1000", prot: "rw", flags: ["young", "hwdirty"] }],
};

/** CPU0 reclaims page 4, and flushes when its batch is done; CPU2 makes these calls meanwhile. */
const sceneOf = (title: string, calls: readonly Call[]) =>
  scene(
    title,
    [],
    SINGLE,
    {
      name: "CPU0",
      kind: "kernel",
      calls: [{ fn: "ptl_lock" }, { fn: "ptep_get_and_clear", index: 4 }, { fn: "ptl_unlock" }, { fn: "flush_tlb_page", index: 4 }],
    },
    user({ rw: "write", index: 4 }, { rw: "write", index: 4 }, { rw: "write", index: 4 }),
    { name: "CPU2", kind: "kernel", calls: [...calls] },
  );

/** A flush on its way is no flush. */
export const notForgotten: Story = {
  id: "not-forgotten",
  shelf: "history",
  title: "Gone from the table, not from the TLB",
  teaches: "An empty entry does not mean that its flush is done: who relies on it must wait for flushes that others still owe.",
  covers: ["history-6.7"],
  acts: [
    {
      title: "Before",
      scenario: sceneOf("A protection that finds nothing to protect", [{ fn: "change_pte_range", index: 4, nr: 1, prot: "ro" }]),
      beats: [
        {
          caption: "CPU1 writes page 4. Its TLB, the cache of translations, keeps the page-table entry (PTE) as one that may be written.",
          moves: [{ actors: ["CPU1"], until: "CPU1 access 1 got ok" }],
          focus: { entries: "4", tlb: "CPU1" },
          checks: ["CPU1 caches entry 4 writable", "entry 4 valid"],
        },
        {
          caption:
            "Linux is short of memory. CPU0 takes PTE 4 out and has many pages to go. To wait for the invalidation of each would be slow; CPU0 waits for all of them together, later, and this one has not reached CPU1.",
          moves: [{ actors: ["CPU0"], until: "entry 4 none and not lock held" }],
          focus: { entries: "4", line: "CPU0", tlb: "CPU1" },
          checks: ["entry 4 none", "CPU1 caches entry 4 writable", "not CPU0 finished"],
        },
        {
          caption:
            "Meanwhile the program asks, on CPU2, that page 4 be read only. PTE 4 is empty: 0 entries changed, nothing to flush. Linux on arm64 did wait here, but by a barrier that waits only for invalidations of CPU2 itself, not for those of CPU0.",
          moves: [{ actors: ["CPU2"], until: "CPU2 finished" }],
          focus: { entries: "4", line: "CPU2" },
          checks: ["CPU2 returned 0", "CPU1 caches entry 4 writable"],
        },
        {
          predict: {
            ask: "The program was told that page 4 is read only. CPU1 writes it all the same. What happens?",
            answers: ["It faults", "It writes"],
            right: 1,
            because: "CPU1's TLB still has the page: the invalidation that CPU0 owes has not got there, and nobody has waited for it.",
          },
          caption: "It writes, after the call that forbade it has returned. The window closes when CPU0's invalidation is done.",
          moves: [{ actors: ["CPU1"], until: "CPU1 access 2 got ok" }],
          focus: { entries: "4", tlb: "CPU1" },
          checks: ["CPU1 access 2 got ok", "CPU2 finished", "entry 4 none"],
        },
      ],
      expect: { violates: [], questions: { "sometimes CPU2 finished and not CPU0 finished and CPU1 caches entry 4 writable": "holds" } },
    },
    {
      title: "After",
      scenario: sceneOf("A protection that flushes first", [
        { fn: "flush_tlb_range", index: 0, nr: 16 },
        { fn: "change_pte_range", index: 4, nr: 1, prot: "ro" },
      ]),
      beats: [
        {
          caption:
            "The fix of May 2025: while invalidations of this memory may be under way, whoever changes its protection flushes all of it first, instead of only waiting. CPU2 does, before it looks at PTE 4.",
          moves: [
            { actors: ["CPU1"], until: "CPU1 access 1 got ok" },
            { actors: ["CPU0"], until: "entry 4 none and not lock held" },
            { actors: ["CPU2"], until: "CPU2 finished" },
          ],
          focus: { entries: "4", line: "CPU2", tlb: "CPU1" },
          checks: ["CPU2 returned 0", "not CPU1 caches entry 4", "not CPU0 finished"],
        },
        {
          caption: "CPU1 has to walk, finds PTE 4 empty, and faults. The mail calls the race theoretical.",
          moves: [{ actors: ["CPU1"], until: "CPU1 got fault-translation" }],
          focus: { entries: "4", tlb: "CPU1" },
          checks: ["CPU1 access 2 got fault-translation", "entry 4 none"],
        },
      ],
      expect: { violates: [] },
    },
  ],
};
