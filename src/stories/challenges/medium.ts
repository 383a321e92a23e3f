/** Two switches, or one that has to hit: somebody is in the middle of something when another comes and goes. */
import type { Challenge } from "../../engine/protocol.ts";
import { fifteen, folded, LAST_PTE, reader, scene, user, writer } from "../stories/scenes.ts";

export const halfABlock: Challenge = {
  id: "half-a-block",
  level: "medium",
  title: "A block that is not all there",
  task: "This kernel's reader stops as soon as it has seen a dirty and a young entry. CPU0 completes a block and folds it. Make CPU1 return a value with `CONT` while entry 15 is still none.",
  scenario: scene(
    "A fold under a reader that stops early",
    ["lockless-early-exit"],
    {
      folios: [{ pfn: "0x1000", pages: 16 }],
      ptes: [{ index: 0, count: 15, pfn: "0x1000", prot: "rw", flags: ["young", "dirty"] }],
    },
    writer(LAST_PTE),
    reader(0),
  ),
  goal: { so: "CPU1 returned cont and entry 15 none" },
  teaches:
    "Since Linux 6.17 the gathering reader stops when both marks are found. It is faster, and it no longer checks the rest of the block: its value may say `CONT` before the last entries are written. The value itself is right all the same.",
  par: 1,
};

export const givenUp: Challenge = {
  id: "given-up",
  level: "medium",
  title: "Given up for nothing",
  task: "CPU0 pins page 9 without a lock: it looks, takes a reference and looks again. Nobody unmaps anything. Make CPU0 give up and return 0.",
  scenario: scene(
    "A pin beside a write",
    [],
    folded("young"),
    { name: "CPU0", kind: "kernel", calls: [{ fn: "gup_fast", index: 9, write: true }] },
    user({ rw: "write", index: 12 }),
  ),
  goal: { so: "CPU0 returned 0" },
  teaches:
    "`gup_fast` compares its two looks bit by bit, and what it looks at is gathered from the whole block: a write to page 12 in between makes page 9 look different. Giving up is always allowed: the slow path takes the lock.",
  par: 2,
};

export const lostMark: Challenge = {
  id: "lost-mark",
  level: "medium",
  title: "Lose a dirty bit",
  task: "In this broken kernel an unfold reads each entry and then stores 0, in two steps. Make it forget that CPU1 has written page 12.",
  scenario: scene(
    "An unfold in two steps",
    ["convert-read-then-store"],
    folded(),
    writer({ fn: "ptep_get_and_clear", index: 4 }),
    user({ rw: "write", index: 12 }),
  ),
  goal: { violates: "no-lost-dirty" },
  teaches:
    "What hardware marks between a read and a store is overwritten, and a page that was written counts as clean: its data may be thrown away. An `xchg` reads and clears in one access, so nothing fits in between.",
  par: 2,
};

export const twoSizes: Challenge = {
  id: "two-sizes",
  level: "medium",
  title: "A TLB conflict",
  task: "This broken kernel folds without a flush. Make CPU1's TLB hold two entries of different size over one page.",
  scenario: scene(
    "A fold without a flush",
    ["convert-no-tlbi"],
    fifteen,
    writer(LAST_PTE),
    user({ rw: "read", index: 3 }, { rw: "read", index: 9 }),
  ),
  goal: { violates: "tlb-unique" },
  teaches:
    "A small entry from before the fold and a block entry from after it answer for the same page. Without support for that the CPU may raise a conflict abort, or mix the two. The flush between break and make is what keeps them apart.",
  par: 2,
};

export const nothingToDo: Challenge = {
  id: "nothing-to-do",
  level: "medium",
  title: "A fault with nothing to do",
  task: "CPU1 handles a write fault on page 12, which is read-only: normally that returns 4, copy the page. Make it return 0: done, try again.",
  scenario: scene(
    "A fault handler beside an unfold",
    [],
    {
      folios: [{ pfn: "0x1000", pages: 16 }],
      ptes: [{ index: 0, count: 16, pfn: "0x1000", prot: "ro", flags: ["cont", "young"] }],
    },
    writer({ fn: "ptep_get_and_clear", index: 4 }),
    { name: "CPU1", kind: "kernel", calls: [{ fn: "handle_pte_fault", index: 12, write: true }] },
  ),
  goal: { so: "CPU1 returned 0" },
  teaches:
    "The handler looks without the lock, and again under the lock. What it saw first, a block or a hole, stood there no more after the unfold, so it leaves it at that. Nothing is lost: if there is something to do, the same access faults again.",
  par: 2,
};

export const pinnedAndGone: Challenge = {
  id: "pinned-and-gone",
  level: "medium",
  title: "Pinned, and gone",
  task: "CPU1 pins page 9 without a lock and then looks at the page table once more. Let the pin succeed with frame 0x1009 and the look find none.",
  scenario: scene(
    "A pin beside a zap",
    [],
    folded("young"),
    { name: "CPU0", kind: "kernel", calls: [{ fn: "zap_pte_range", index: 0, nr: 16 }] },
    {
      name: "CPU1",
      kind: "kernel",
      calls: [
        { fn: "gup_fast", index: 9, write: false },
        { fn: "ptep_get_lockless", index: 9 },
      ],
    },
  ),
  goal: { so: "CPU1 call 1 returned 0x1009 and CPU1 call 2 returned none" },
  teaches:
    "A pin keeps the page, not its mapping. `gup_fast` takes its reference first and looks again afterwards: if the entry is still the same, whoever unmaps it later finds that reference, and does not free the page.",
  par: 2,
};

export const youngButClean: Challenge = {
  id: "young-but-clean",
  level: "medium",
  title: "A pair that never was",
  task: "CPU1 writes page 0, which makes the block dirty and young at once, and later reads page 12. At no instant is the block young but clean. Make CPU0 return just that.",
  scenario: scene(
    "Two marks while they are gathered",
    [],
    folded(),
    { name: "CPU0", kind: "kernel", calls: [{ fn: "ptep_get_lockless", index: 9 }] },
    user({ rw: "write", index: 0 }, { rw: "evict", index: 0 }, { rw: "read", index: 12 }),
  ),
  goal: { so: "CPU0 returned young and CPU0 returned not dirty" },
  teaches:
    "Gathering sixteen entries is sixteen reads, not one. The reader was past entry 0 when it became dirty, and came to entry 12 when it was young. Each mark it returns is true, but the pair need never have stood there: callers may rely on each alone only.",
  par: 2,
};

export const foreignMark: Challenge = {
  id: "foreign-mark",
  level: "medium",
  title: "Somebody else's dirty bit",
  task: "CPU0 unmaps a clean folio and maps another one, dirty, in its place. This broken kernel's reader does not compare frames. Make CPU1 return a mark for a page that never had it.",
  scenario: scene(
    "Another folio in the place of the first",
    ["lockless-no-pfn-check"],
    {
      folios: [
        { pfn: "0x1000", pages: 16 },
        { pfn: "0x2000", pages: 16 },
      ],
      ptes: [{ index: 0, count: 16, pfn: "0x1000", prot: "rw", flags: ["cont"] }],
    },
    {
      name: "CPU0",
      kind: "kernel",
      calls: [
        { fn: "zap_pte_range", index: 0, nr: 16 },
        { fn: "tlb_finish_mmu", index: 0, nr: 16 },
        { fn: "set_ptes", index: 0, nr: 16, pte: "0xe8000002000f43" },
      ],
    },
    reader(9),
  ),
  goal: { violates: "lockless-no-foreign-ad" },
  teaches:
    "Between two reads of one call a whole block may be exchanged for another. That is why the reader compares frame and protection of every entry with those of the first it read, and not only whether `CONT` is set.",
  par: 2,
};
