import type { Story } from "../../../engine/protocol.ts";
import { type Actor, folded, type Machine, scene, writer } from "../scenes.ts";

/** A block, and behind it four pages that were swapped out, to slots 5 to 8. */
const HALF_SWAPPED: Machine = {
  folios: [{ pfn: "0x1000", pages: 16 }],
  ptes: [
    ...Array.from({ length: 16 }, (_, i) => `0x${(0x78000001000bc3n + (BigInt(i) << 12n)).toString(16)}`),
    "0x5000",
    "0x6000",
    "0x7000",
    "0x8000",
  ],
  entries: 32,
};

const LOOK: Actor = {
  name: "CPU1",
  kind: "kernel",
  calls: [
    { fn: "unuse_pte_range", index: 12, nr: 8, type: 0 },
    { fn: "swap_vma_readahead", index: 12, nr: 8 },
    { fn: "__collapse_huge_page_swapin", index: 12, nr: 8 },
  ],
};

/** Readers that want to know whether there is anything at all. */
export const onlyEmpty: Story = {
  id: "only-empty",
  shelf: "thread",
  title: "Those who ask for less",
  teaches:
    "Several readers without the lock only ask whether an entry is empty or swapped out, and pay for marks of whole blocks that they never look at.",
  covers: ["thread-3.16", "thread-3.17", "thread-3.19"],
  acts: [
    {
      title: "Is this range free?",
      scenario: scene(
        "A range seems free while its block is unfolded",
        [],
        folded("young"),
        writer({ fn: "ptep_get_and_clear", index: 4 }, { fn: "flush_tlb_range", index: 4, nr: 1 }),
        {
          name: "CPU1",
          kind: "kernel",
          calls: [
            { fn: "pte_range_none", index: 0, nr: 16 },
            { fn: "ptl_lock" },
            { fn: "pte_range_none", index: 0, nr: 16 },
            { fn: "ptl_unlock" },
          ],
        },
      ),
      beats: [
        {
          caption:
            "Mark Rutland took a quick scan of those that read page-table entries (PTEs) without the lock: which need the marks? `pte_range_none` asks whether a range is free for a folio of many pages. CPU0 is unfolding a block there; all its PTEs are out.",
          moves: [{ actors: ["CPU0"], until: "entries 0-15 all none" }],
          focus: { entries: "0-15", line: "CPU0" },
          checks: ["entries 0-15 all none", "lock held by CPU0"],
        },
        {
          predict: {
            ask: "Fifteen pages will be back in a moment. What is CPU1 told if it asks now?",
            answers: ["Free", "Not free", "It waits for the lock"],
            right: 0,
            because: "It reads sixteen times 0, and takes no lock. An empty PTE has no bit that says: for the moment only.",
          },
          caption: "Free: 1. So CPU1 gets itself a folio of sixteen pages, to map it here.",
          moves: [{ actors: ["CPU1"], until: "CPU1 call 1 returned 1" }],
          focus: { entries: "0-15", line: "CPU1" },
          checks: ["entries 0-15 all none", "CPU1 call 1 returned 1"],
        },
        {
          caption:
            "No harm is done, for it asks again under the lock, when CPU0 has gone: 0, not free. An answer got without the lock is a hint.",
          moves: [
            { actors: ["CPU0"], until: "CPU0 finished" },
            { actors: ["CPU1"], until: "CPU1 finished" },
          ],
          focus: { entries: "0-15", line: "CPU1" },
          checks: ["CPU1 call 3 returned 0", "entries 5-15 all valid", "entry 4 none"],
        },
      ],
      expect: { violates: [], questions: { "never CPU1 call 3 returned 1": "holds" } },
    },
    {
      title: "What is swapped out?",
      scenario: scene("Three who look for swap entries", [], HALF_SWAPPED, LOOK),
      beats: [
        {
          caption:
            "Four PTEs of a block, then four of pages swapped out to disk: those are invalid, and say where on the disk. `unuse_pte_range` looks for such when a swap disk is taken away. It finds four with 76 reads: 18 for each of the block, one for each other.",
          moves: [{ actors: ["CPU1"], steps: 76 }],
          focus: { entries: "12-19", line: "CPU1" },
          checks: ["CPU1 call 1 returned 4", "entries 16-19 all swap", "entries 12-15 all cont"],
        },
        {
          caption:
            "`swap_vma_readahead` looks for swapped-out pages to fetch along with one that is needed. khugepaged, which makes small pages into large ones, looks for those it must fetch first. Each makes the same 76 reads.",
          moves: [
            { actors: ["CPU1"], steps: 76 },
            { actors: ["CPU1"], steps: 76 },
          ],
          focus: { entries: "12-19", line: "CPU1" },
          checks: ["CPU1 finished", "CPU1 call 2 returned 4", "CPU1 call 3 returned 4"],
        },
      ],
      expect: { violates: [] },
    },
    {
      title: "One read each",
      scenario: scene("Three who read one entry each", ["lockless-single-entry"], HALF_SWAPPED, LOOK),
      beats: [
        {
          caption:
            "If the getter read only the PTE itself, each would make 8 reads and find the same four. So Mark concluded: marks matter only to `gup_fast`, which pins pages, and to page faults, and only because these compare two looks.",
          moves: [{ actors: ["CPU1"], steps: 24 }],
          focus: { entries: "12-19", line: "CPU1" },
          checks: ["CPU1 finished", "CPU1 call 1 returned 4", "CPU1 call 2 returned 4", "CPU1 call 3 returned 4"],
        },
      ],
      expect: { violates: [] },
    },
  ],
};
