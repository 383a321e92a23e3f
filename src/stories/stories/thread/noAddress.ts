import type { Story } from "../../../engine/protocol.ts";
import { folded, scene, user, writer } from "../scenes.ts";

/** set_pte() is not told enough to unfold. */
export const noAddress: Story = {
  id: "no-address",
  shelf: "thread",
  title: "A store without an address",
  teaches: "To unfold takes a flush, and a flush takes an address: a setter that is told none can only warn.",
  covers: ["thread-3.1"],
  acts: [
    {
      scenario: scene(
        "set_pte on a folded block",
        [],
        folded("young"),
        writer({ fn: "set_pte", index: 4, pte: "0x68000002004fc3" }),
        user({ rw: "read", index: 9 }, { rw: "read", index: 4 }),
      ),
      beats: [
        {
          caption:
            "In February 2024 Mark Rutland reviews Ryan Roberts's contpte patches, version 5, by mail. He comes to two setters, which store page-table entries (PTEs). `set_ptes` is told the address space and the address; the older `set_pte`, only a place in the table and a value.",
          focus: { entries: "0-15" },
          checks: ["block 0 folded"],
        },
        {
          caption:
            "Here is a folded block. CPU1 reads page 9, and its TLB, the cache of translations, has one entry for all sixteen pages.",
          moves: [{ actors: ["CPU1"], until: "CPU1 access 1 got ok" }],
          focus: { entries: "0-15", tlb: "CPU1" },
          checks: ["CPU1 caches entry 4 as block"],
        },
        {
          caption:
            "CPU0 is to put another page into PTE 4, by `set_pte`. It looks at what is there, finds `CONT`, the contiguous bit, and warns: somebody stores over a block without having unfolded it.",
          moves: [{ actors: ["CPU0"], event: "warning" }],
          focus: { entries: "4", line: "CPU0" },
          checks: ["CPU0 is in set_pte", "block 0 folded"],
        },
        {
          predict: {
            ask: "It has warned. What will it do about the block?",
            answers: ["Unfold it", "Refuse to store", "Store all the same"],
            right: 2,
            because: "Unfolding needs a flush of addresses that it does not know, and a caller of a setter expects it to set.",
          },
          caption: "It stores. PTE 4 has no `CONT`, maps another frame, and the fifteen around it still say that they are a block.",
          moves: [{ actors: ["CPU0"], until: "entry 4 pfn = 0x2004" }],
          focus: { entries: "4", line: "CPU0" },
          checks: ["entry 4 not cont", "entries 0-3 all cont", "entries 5-15 all cont", "block 0 is not folded"],
        },
        {
          caption: "CPU1 reads page 4 and gets the old page: its TLB entry lies over PTE 4, and nobody has flushed it.",
          moves: [{ actors: ["CPU1"], until: "CPU1 finished" }],
          focus: { entries: "4", tlb: "CPU1" },
          checks: ["CPU1 got ok", "CPU1 caches entry 4 as block", "entry 4 pfn = 0x2004"],
        },
        {
          caption:
            "Nothing in Linux is known to call `set_pte` on a process's block; the warning is there in case something does one day. A comment in Linux's own code says why `set_pte` cannot do better.",
          moves: [{ actors: ["CPU0"], until: "CPU0 finished" }],
          focus: { line: "CPU0" },
          checks: ["not lock held", "block 0 is not folded"],
        },
      ],
      expect: { violates: ["block-homogeneous"] },
    },
  ],
};
