import type { Story } from "../../../engine/protocol.ts";
import { type Actor, folded, foldedWithDirty, type Machine, reader, scene } from "../scenes.ts";

/** A CPU that leaves marking to software, and a block that is young. */
const MARKED_BY_SOFTWARE: Machine = { ...folded("young"), hardwareAD: "none" };

const MMU: Actor = {
  name: "MMU1",
  kind: "mmu",
  accesses: [
    { rw: "write", index: 9 },
    { rw: "write", index: 9 },
  ],
};

const FAULT: Actor = { name: "CPU1", kind: "kernel", calls: [{ fn: "handle_pte_fault", index: 9, write: true }] };

/** What a cheaper getter would have asked of its callers. */
export const withoutMarks: Story = {
  id: "without-marks",
  shelf: "thread",
  title: "A getter without marks",
  teaches:
    "A reader without the lock could do with one read if its callers ignored the marks; a caller that compares all bits would then never agree.",
  covers: ["thread-3.21", "thread-3.22"],
  acts: [
    {
      title: "One entry, as it is",
      scenario: scene("A reader reads one entry", ["lockless-single-entry"], foldedWithDirty(12), reader(9)),
      beats: [
        {
          caption:
            "Could `ptep_get_lockless` read just the one page-table entry (PTE) it was asked for? In this block PTE 12 is dirty: marked as written, for all sixteen. CPU1 reads PTE 9, in one access.",
          moves: [{ actors: ["CPU1"], steps: 1 }],
          focus: { entries: "9, 12", line: "CPU1" },
          checks: ["CPU1 finished", "entry 12 dirty"],
        },
        {
          caption:
            "It returns a clean PTE, and the block was dirty all the time. Ryan Roberts found that fragile, and confusing, since `ptep_get` does return the block's marks. A getter that does not should have another name.",
          focus: { entries: "9", line: "CPU1" },
          checks: ["CPU1 returned not dirty", "CPU1 returned valid"],
        },
      ],
      expect: { violates: ["lockless-keeps-ad"] },
    },
    {
      title: "No marks, and the callers as they are",
      scenario: scene("A fault that never agrees", ["lockless-nosync"], MARKED_BY_SOFTWARE, FAULT, MMU),
      beats: [
        {
          caption:
            "Cheaper getters were left for later. On 13 February Ryan Roberts thought of one that says old and clean of every PTE; let it replace the old one. MMU1 leaves marking to the kernel, so its first write to a clean page faults: here, to page 9.",
          moves: [{ actors: ["MMU1"], until: "MMU1 got fault-permission" }],
          focus: { entries: "9", tlb: "MMU1" },
          checks: ["MMU1 got fault-permission", "entry 9 young", "entry 9 not dirty"],
        },
        {
          predict: {
            ask: "The handler reads PTE 9 without the lock, old and clean. Under the lock it reads it in full, young, and compares all bits. What follows?",
            answers: ["It marks PTE 9 dirty", "It thinks that PTE 9 has changed"],
            right: 1,
            because: "The two looks differ in the mark that the first was not shown. They will do so as long as the page is young.",
          },
          caption:
            "CPU1 returns and has done nothing. Ryan sent a series two days later, and David Hildenbrand first feared just this: comparisons that fail because of wrong marks. It compared without marks; then he feared that these could get lost on other architectures.",
          moves: [{ actors: ["CPU1"], until: "CPU1 finished" }],
          focus: { entries: "9", line: "CPU1" },
          checks: ["CPU1 returned 0", "entry 9 not dirty"],
        },
        {
          caption: "MMU1 tries again and faults again, for ever.",
          moves: [{ actors: ["MMU1"], until: "MMU1 finished" }],
          focus: { entries: "9", tlb: "MMU1" },
          checks: ["MMU1 access 2 got fault-permission"],
        },
      ],
      expect: { violates: [], questions: { "never MMU1 got ok": "holds" } },
    },
    {
      title: "No marks, and none compared",
      scenario: scene("A fault that leaves marks out", ["lockless-nosync", "fault-compare-modulo-ad"], MARKED_BY_SOFTWARE, FAULT, MMU),
      beats: [
        {
          caption:
            "With a comparison that leaves the marks out as well it works: one read, the lock, 17 reads to compare, and then PTE 9 and all of its block are made dirty.",
          moves: [
            { actors: ["MMU1"], until: "MMU1 got fault-permission" },
            { actors: ["CPU1"], steps: 1 },
            { actors: ["CPU1"], until: "lock held" },
            { actors: ["CPU1"], steps: 17 },
            { actors: ["CPU1"], until: "CPU1 finished" },
          ],
          focus: { entries: "0-15", line: "CPU1" },
          checks: ["entries 0-15 all dirty", "block 0 folded"],
        },
        {
          caption:
            "MMU1 writes. Ryan's series, with a `ptep_get_lockless_norecency` whose marks may be wrong, was sent once and went no further. What made getters cheaper in the end is told on the next shelf: they stop when they know enough.",
          moves: [{ actors: ["MMU1"], until: "MMU1 finished" }],
          focus: { entries: "9", tlb: "MMU1" },
          checks: ["MMU1 access 2 got ok"],
        },
      ],
      expect: { violates: [], questions: { "sometimes MMU1 got ok": "holds" } },
    },
  ],
};
