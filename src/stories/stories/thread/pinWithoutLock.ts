import type { Story } from "../../../engine/protocol.ts";
import { type Actor, folded, scene, user, writer } from "../scenes.ts";

const PIN: Actor = { name: "CPU1", kind: "kernel", calls: [{ fn: "gup_fast", index: 9, write: true }] };
const UNMAP = writer({ fn: "ptep_get_and_clear", index: 9 }, { fn: "flush_tlb_range", index: 9, nr: 1 });
const WRITE: Actor = { ...user({ rw: "write", index: 12 }), name: "CPU2" };

/** gup_fast(): try, take a reference, compare. */
export const pinWithoutLock: Story = {
  id: "pin-without-lock",
  shelf: "thread",
  title: "Read, pin, look again",
  teaches:
    "GUP-fast trusts what it read if a second look finds the same bits; a mark on another entry of the block is enough to make it give up.",
  covers: ["thread-3.13"],
  acts: [
    {
      title: "The page goes meanwhile",
      scenario: scene("A page is pinned while it is unmapped", [], folded("young", "hwdirty"), UNMAP, PIN),
      beats: [
        {
          caption:
            "Whoever needs a program's page to stay, say for a disk to write into, pins it: takes a reference on its folio, the memory that is handled as one. `gup_fast` (get user pages; `gup_pte_range` in the mails) does so without any lock. CPU1 has read page-table entry (PTE) 9 of a block.",
          moves: [{ actors: ["CPU1"], line: "gup_fast_pte_range.pin" }],
          focus: { entries: "9", line: "CPU1" },
          checks: ["CPU1 is in gup_fast", "block 0 folded", "not lock held"],
        },
        {
          caption:
            "CPU0 was quicker: it has unfolded the block, and PTE 9 is gone. The memory may soon belong to somebody else. Then CPU1 takes its reference.",
          moves: [
            { actors: ["CPU0"], until: "entry 9 none and entry 8 valid and entry 8 is not cont" },
            { actors: ["CPU1"], steps: 1 },
          ],
          focus: { entries: "9", line: "CPU1" },
          checks: ["entry 9 none", "CPU1 is in gup_fast"],
        },
        {
          predict: {
            ask: "CPU1 has a reference, but the table has changed since it read PTE 9. How can it find that out?",
            answers: ["CPU0 tells it", "It reads PTE 9 once more", "It cannot"],
            right: 1,
            because: "If the PTE is the same after the reference was taken, then whoever unmaps the page from now on sees the reference.",
          },
          caption:
            "It reads PTE 9 again, finds it empty, and gives the reference back. It returns 0, which means: go the slow way, with locks.",
          moves: [{ actors: ["CPU1"], until: "CPU1 finished" }],
          focus: { entries: "9", line: "CPU1" },
          checks: ["CPU1 returned 0", "entry 9 none"],
        },
      ],
      expect: {
        violates: [],
        questions: { "sometimes CPU1 returned 4105": "holds", "sometimes CPU1 returned 4105 and entry 9 none": "holds" },
      },
    },
    {
      title: "A mark meanwhile",
      scenario: scene("A page is pinned while another is written", [], folded("young"), PIN, WRITE),
      beats: [
        {
          caption: "Now nobody unmaps anything. CPU1 has read PTE 9: writable, and clean, as are all of the block. It takes its reference.",
          moves: [
            { actors: ["CPU1"], line: "gup_fast_pte_range.pin" },
            { actors: ["CPU1"], steps: 1 },
          ],
          focus: { entries: "9", line: "CPU1" },
          checks: ["entries 0-15 all not dirty", "CPU1 is in gup_fast"],
        },
        {
          caption: "CPU2 writes page 12, and hardware marks PTE 12 dirty. PTE 9 is what it was.",
          moves: [{ actors: ["CPU2"], until: "CPU2 finished" }],
          focus: { entries: "9, 12", tlb: "CPU2" },
          checks: ["entry 12 dirty", "entry 9 not dirty"],
        },
        {
          caption:
            "The second look gathers the marks of the block: PTE 9 seems dirty now. All bits are compared, so CPU1 gives up and goes the slow way, for a mark that it has no use for.",
          moves: [{ actors: ["CPU1"], until: "CPU1 finished" }],
          focus: { entries: "9, 12", line: "CPU1" },
          checks: ["CPU1 returned 0", "block 0 folded"],
        },
      ],
      expect: { violates: [], questions: { "always CPU1 returned 4105 at the end": "fails" } },
    },
    {
      title: "Compared without marks",
      scenario: scene("A page is pinned whatever is marked", ["gup-compare-modulo-ad"], folded("young"), PIN, WRITE),
      beats: [
        {
          caption:
            "Mark Rutland asked whether the two looks might be compared without the marks. In this kernel they are: though CPU2 writes at the same moment, frame 0x1009 is pinned.",
          moves: [
            { actors: ["CPU1"], line: "gup_fast_pte_range.again" },
            { actors: ["CPU2"], until: "CPU2 finished" },
            { actors: ["CPU1"], until: "CPU1 finished" },
          ],
          focus: { entries: "9, 12", line: "CPU1" },
          checks: ["CPU1 returned 4105", "entry 12 dirty"],
        },
        {
          caption:
            "So it is in every order of steps, and nothing is lost. The mails call the second look locked, but it takes no lock either. In a block that is half gone it may miss marks, which are not compared here.",
          focus: { line: "CPU1" },
          checks: ["CPU1 returned 4105"],
        },
      ],
      expect: { violates: [], questions: { "always CPU1 returned 4105 at the end": "holds" } },
    },
  ],
};
