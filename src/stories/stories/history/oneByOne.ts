import type { Story } from "../../../engine/protocol.ts";
import { type Actor, folded, scene, user } from "../scenes.ts";

const FORK: Actor = { name: "CPU0", kind: "kernel", calls: [{ fn: "copy_pte_range", index: 0, nr: 16 }] };
const UNMAP: Actor = { name: "CPU0", kind: "kernel", calls: [{ fn: "zap_pte_range", index: 0, nr: 16 }] };

/** What batches save, counted in steps: accesses of the table, flushes, the lock. */
export const oneByOne: Story = {
  id: "one-by-one",
  shelf: "history",
  title: "Why batches came first",
  teaches:
    "To change a block entry by entry unfolds it; a call that is given the whole block can leave it folded, and is over much sooner.",
  covers: ["wrprotect-one-by-one", "zap-one-by-one"],
  acts: [
    {
      title: "Fork, entry by entry",
      scenario: scene("A fork, entry by entry", ["wrprotect-one-by-one"], folded("young"), FORK, user({ rw: "read", index: 12 })),
      beats: [
        {
          caption:
            "At a fork parent and child come to share memory, so the parent's page-table entries (PTEs) are write-protected. Here they are a folded block of sixteen. CPU0 takes the lock and looks what there is: 18 steps.",
          moves: [{ actors: ["CPU0"], steps: 18 }],
          focus: { entries: "0-15", line: "CPU0" },
          checks: ["block 0 folded", "lock held by CPU0", "entries 0-15 all write"],
        },
        {
          predict: {
            ask: "This kernel protects one PTE after another, as the first patches of the series did. What must happen before PTE 0 can be changed?",
            answers: ["Nothing", "The block must be unfolded", "A flush, no more"],
            right: 1,
            because:
              "As long as the others carry `CONT`, the contiguous bit, a TLB (the cache of translations) may take any of them for all sixteen. One alone must not stay different.",
          },
          caption:
            "The block is unfolded: read, emptied, flushed, to be written anew. If CPU1 uses page 12 now, it faults, and has to wait.",
          moves: [
            { actors: ["CPU0"], steps: 17 },
            { actors: ["CPU1"], until: "CPU1 finished" },
          ],
          focus: { entries: "0-15", tlb: "CPU1" },
          checks: ["CPU1 got fault-translation", "entries 0-15 all none"],
        },
        {
          caption:
            "From there it is 49 steps more, 84 in all. The pages are single ones from now on, and each takes a place in the TLB of its own.",
          moves: [{ actors: ["CPU0"], steps: 49 }],
          focus: { entries: "0-15" },
          checks: ["CPU0 finished", "entries 0-15 all not write", "entries 0-15 all not cont"],
        },
      ],
      expect: { violates: [] },
    },
    {
      title: "Fork, in a batch",
      scenario: scene("A fork, in a batch", [], folded("young"), FORK, user({ rw: "read", index: 12 })),
      beats: [
        {
          caption:
            "`wrprotect_ptes` is told of all sixteen at once. A block that is covered whole stays folded while its PTEs change one after another. For a moment they differ in this one permission, which the architecture allows.",
          moves: [{ actors: ["CPU0"], steps: 34 }],
          focus: { entries: "0-15", line: "CPU0" },
          checks: ["entries 0-7 all not write", "entries 8-15 all write", "entries 0-15 all cont", "entries 0-15 all valid"],
        },
        {
          caption:
            "CPU1 reads page 12, and never notices. 51 steps for the whole block, none of them a flush; that is left to the caller, once for all.",
          moves: [
            { actors: ["CPU1"], until: "CPU1 finished" },
            { actors: ["CPU0"], steps: 17 },
          ],
          focus: { entries: "0-15", tlb: "CPU1" },
          checks: ["CPU0 finished", "CPU1 got ok", "block 0 folded", "entries 0-15 all not write"],
        },
      ],
      expect: { violates: [] },
    },
    {
      title: "Unmapping, entry by entry",
      scenario: scene("An unmap, entry by entry", ["zap-one-by-one"], folded("young"), UNMAP),
      beats: [
        {
          caption:
            "The same when memory is given back. Entry by entry the block is first unfolded, written anew as single PTEs, and those are then taken out: 84 steps to empty sixteen PTEs.",
          moves: [{ actors: ["CPU0"], steps: 84 }],
          focus: { entries: "0-15", line: "CPU0" },
          checks: ["CPU0 finished", "entries 0-15 all none"],
        },
      ],
      expect: { violates: [] },
    },
    {
      title: "Unmapping, in a batch",
      scenario: scene("An unmap, in a batch", [], folded("young"), UNMAP),
      beats: [
        {
          caption:
            "In a batch they are just taken out: 35 steps. Half way it is a block with holes. A TLB is not confused, as the PTEs that are left still agree, and a reader without the lock goes round until all are out.",
          moves: [{ actors: ["CPU0"], steps: 35 }],
          focus: { entries: "0-15", line: "CPU0" },
          checks: ["CPU0 finished", "entries 0-15 all none"],
        },
      ],
      expect: { violates: [] },
    },
  ],
};
