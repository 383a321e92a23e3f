import type { Story } from "../../../engine/protocol.ts";
import { type Actor, fifteen, LAST_PTE, scene, user, writer } from "../scenes.ts";

const MAP_LAST = writer(LAST_PTE);
const MMU: Actor = { ...user({ rw: "read", index: 9 }), name: "MMU1" };
const WRITE: Actor = { ...user({ rw: "write", index: 12 }), name: "CPU2" };
const FAULT = { fn: "handle_pte_fault", index: 9, write: false } as const;

/** A page fault: a look without the lock, and under it the same look again. */
export const lookThenLock: Story = {
  id: "look-then-lock",
  shelf: "thread",
  title: "A fault looks twice",
  teaches:
    "A fault decides by a look without the lock and changes nothing unless it sees the same under it; marks that came meanwhile cost one more fault.",
  covers: ["thread-3.14", "thread-3.also"],
  acts: [
    {
      title: "A fault in the hole",
      scenario: scene("A fault finds an empty entry", [], fifteen, MAP_LAST, MMU, {
        name: "CPU1",
        kind: "kernel",
        calls: [FAULT, { fn: "ptep_get_lockless", index: 9 }],
      }),
      beats: [
        {
          caption:
            "CPU0 folds sixteen page-table entries (PTEs) into a block; at this moment all are empty. A program on CPU1 reads page 9. Its MMU, which translates addresses, finds PTE 9 empty and faults.",
          moves: [
            { actors: ["CPU0"], until: "entries 0-15 all none" },
            { actors: ["MMU1"], until: "MMU1 got fault-translation" },
          ],
          focus: { entries: "9", tlb: "MMU1" },
          checks: ["MMU1 got fault-translation", "lock held by CPU0"],
        },
        {
          caption:
            "`handle_pte_fault` begins with a look without the lock. PTE 9 is empty, so a page seems to be missing. The call returns 1, which stands here for `do_pte_missing`.",
          moves: [{ actors: ["CPU1"], until: "CPU1 call 1 returned 1" }],
          focus: { entries: "9", line: "CPU1" },
          checks: ["entry 9 none", "lock held by CPU0"],
        },
        {
          predict: {
            ask: "Say page 9 is a page of a file, in memory that must not be swapped out, and would now be fetched from the file. What should come before that?",
            answers: ["Nothing, a fault is a fault", "One more look at PTE 9", "A flush"],
            right: 1,
            because:
              "To fetch a page takes long, and the PTE may be back already. For memory locked by `mlock`, `filemap_fault_recheck_pte_none` looks first; it, too, begins without the lock.",
          },
          caption:
            "CPU0 has finished. The second look finds PTE 9 in place, so there is nothing to fetch, and the program simply tries again.",
          moves: [
            { actors: ["CPU0"], until: "CPU0 finished" },
            { actors: ["CPU1"], until: "CPU1 finished" },
          ],
          focus: { entries: "9", line: "CPU1" },
          checks: ["CPU1 returned valid", "block 0 folded"],
        },
      ],
      expect: { violates: [] },
    },
    {
      title: "A mark in between",
      scenario: scene("A mark comes between two looks", [], fifteen, MAP_LAST, { name: "CPU1", kind: "kernel", calls: [FAULT] }, WRITE),
      beats: [
        {
          caption:
            "The same fault, but CPU1 is later: the block is folded when it looks, and no PTE of it is dirty, marked as written. CPU1 goes for the lock.",
          moves: [
            { actors: ["CPU0"], until: "CPU0 finished" },
            { actors: ["CPU1"], line: "handle_pte_fault.lock" },
          ],
          focus: { entries: "9", line: "CPU1" },
          checks: ["block 0 folded", "entries 0-15 all not dirty"],
        },
        {
          caption: "CPU2 writes page 12 just now, and hardware marks PTE 12.",
          moves: [{ actors: ["CPU2"], until: "CPU2 finished" }],
          focus: { entries: "12", tlb: "CPU2" },
          checks: ["entry 12 dirty", "entry 9 not dirty", "not lock held"],
        },
        {
          caption:
            "Under the lock CPU1 reads PTE 9 again, and the block's marks with it: dirty. That is not what it saw, so it does nothing and returns. If the program still cannot go on, it faults again.",
          moves: [{ actors: ["CPU1"], until: "CPU1 finished" }],
          focus: { entries: "9, 12", line: "CPU1" },
          checks: ["CPU1 returned 0", "entries 0-8 all not dirty", "not lock held"],
        },
      ],
      expect: { violates: [] },
    },
    {
      title: "Compared without marks",
      scenario: scene(
        "A mark between two looks is passed over",
        ["fault-compare-modulo-ad"],
        fifteen,
        MAP_LAST,
        { name: "CPU1", kind: "kernel", calls: [FAULT] },
        WRITE,
      ),
      beats: [
        {
          caption:
            "Mark Rutland asked, as for `gup_fast`, which pins pages without a lock, whether the comparison might leave the marks out. This kernel does so, and CPU1 goes on in spite of CPU2's mark.",
          moves: [
            { actors: ["CPU0"], until: "CPU0 finished" },
            { actors: ["CPU1"], line: "handle_pte_fault.lock" },
            { actors: ["CPU2"], until: "CPU2 finished" },
            { actors: ["CPU1"], line: "ptep_set_access_flags.read" },
          ],
          focus: { entries: "9", line: "CPU1" },
          checks: ["CPU1 is in handle_pte_fault", "lock held by CPU1", "entry 12 dirty"],
        },
        {
          caption:
            "`ptep_set_access_flags` only ever adds marks, so the mark on PTE 12 is not lost. Ryan Roberts thought that it would work, but wanted to think more; Linux still compares all bits.",
          moves: [{ actors: ["CPU1"], until: "CPU1 finished" }],
          focus: { entries: "9, 12" },
          checks: ["CPU1 returned 0", "entry 12 dirty", "not lock held"],
        },
      ],
      expect: { violates: [] },
    },
  ],
};
