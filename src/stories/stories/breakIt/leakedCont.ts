import type { Story } from "../../../engine/protocol.ts";
import { folded, scene, user, writer } from "../scenes.ts";

/** What a getter returns goes back through a setter. */
export const leakedCont: Story = {
  id: "leaked-cont",
  shelf: "break-it",
  title: "A bit that comes back",
  teaches: "Getters let CONT through, so setters have to take it away: a value that was read must never carry it back into the table.",
  covers: ["setters-leak-cont"],
  acts: [
    {
      scenario: scene(
        "A value goes out and comes back",
        ["setters-leak-cont"],
        folded("young"),
        writer(
          { fn: "ptep_get", index: 3 },
          { fn: "ptep_get_and_clear", index: 3 },
          { fn: "flush_tlb_range", index: 3, nr: 1 },
          { fn: "set_ptes", index: 3, nr: 1, pte: { result: 1, apply: [] } },
        ),
        user({ rw: "read", index: 9 }, { rw: "read", index: 3 }, { rw: "read", index: 9 }),
      ),
      beats: [
        {
          caption:
            "Much of Linux reads a page-table entry (PTE), changes something, and puts it back. It knows nothing of `CONT`, the contiguous bit. CPU0 reads PTE 3 of a folded block.",
          moves: [{ actors: ["CPU0"], until: "CPU0 returned valid" }],
          focus: { entries: "3", line: "CPU0" },
          checks: ["CPU0 returned cont", "block 0 folded"],
        },
        {
          caption:
            "The value that it got has `CONT`: getters let the bit through, so that a caller may see how large the mapping is. CPU0 keeps the value and takes the PTE out, for which the block is unfolded.",
          moves: [{ actors: ["CPU0"], until: "entry 3 none and entry 4 valid and entry 4 is not cont" }],
          focus: { entries: "0-15", line: "CPU0" },
          checks: ["entry 3 none", "entries 4-15 all not cont", "entries 0-2 all not cont"],
        },
        {
          predict: {
            ask: "CPU0 sets PTE 3 to the value it kept. In Linux the setter takes `CONT` away first; this one stores what it is given. What does the table look like then?",
            answers: ["The block is folded again", "One PTE with CONT among fifteen without", "Sixteen single PTEs"],
            right: 1,
            because: "Nobody else's PTE changed. A block is only a block if all sixteen carry the bit.",
          },
          caption:
            "PTE 3 stands alone with `CONT`. It promises sixteen contiguous pages with one protection, and nobody has seen to it that this is so.",
          moves: [{ actors: ["CPU0"], until: "entry 3 cont" }],
          focus: { entries: "0-15", line: "CPU0" },
          checks: ["entry 3 cont", "entries 4-15 all not cont", "block 0 not folded"],
        },
        {
          caption:
            "CPU1 reads page 9 by its own PTE, then page 3, and now its TLB, the cache of translations, has a small entry for page 9 and a large one for all sixteen. Two answers for one page: the architecture forbids it.",
          moves: [{ actors: ["CPU1"], until: "CPU1 caches entry 3" }],
          focus: { entries: "3, 9", tlb: "CPU1" },
          checks: ["CPU1 caches entry 9 as page", "CPU1 caches entry 9 as block"],
        },
        {
          caption:
            "So the rule has two halves. Getters may leak `CONT`; setters strip it, and in contpte only two functions ever set it: the one that maps a whole block at once, and the one that converts a block.",
          focus: { entries: "3" },
          checks: ["entry 3 cont", "entry 9 is not cont"],
        },
      ],
      expect: { violates: ["block-homogeneous", "tlb-unique", "cont-confined"] },
    },
  ],
};
