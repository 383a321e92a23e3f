import type { Story } from "../../../engine/protocol.ts";
import { folded, scene, user, writer } from "../scenes.ts";

/** A mark of one entry that is the block's. */
export const onlyTheTarget: Story = {
  id: "only-the-target",
  shelf: "break-it",
  title: "Old means all of it",
  teaches: "To make a page of a block old, all of the block's access flags have to go; else it is young again at once.",
  covers: ["young-target-only"],
  acts: [
    {
      scenario: scene(
        "One access flag of sixteen is cleared",
        ["young-target-only"],
        folded("young"),
        writer({ fn: "ptep_test_and_clear_young", index: 4 }, { fn: "ptep_get", index: 4 }, { fn: "ptep_test_and_clear_young", index: 4 }),
        user({ rw: "read", index: 12 }),
      ),
      beats: [
        {
          caption:
            "Linux finds out which pages are in use by taking the access flag from a page-table entry (PTE) and looking later whether hardware has set it again. A PTE with the flag is young, without it old.",
          focus: { entries: "0-15" },
          checks: ["block 0 folded", "entries 0-15 all young"],
        },
        {
          caption:
            "CPU0 does so for page 4. In a folded block, marked by the contiguous bit, `CONT`, Linux clears all sixteen flags. This kernel clears that of PTE 4 only.",
          moves: [{ actors: ["CPU0"], until: "entry 4 is not young" }],
          focus: { entries: "4", line: "CPU0" },
          checks: ["entry 4 is not young", "entries 5-15 all young", "entries 0-3 all young"],
        },
        {
          predict: {
            ask: "Nobody uses the memory. CPU0 asks for PTE 4 with `ptep_get`. Young or old?",
            answers: ["Old: its flag was just cleared", "Young: the others are"],
            right: 1,
            because:
              "In a block hardware may set the flag on any entry, so a getter gathers all sixteen. One young entry makes the block young.",
          },
          caption: "Young. What was taken away is back without anybody having touched the page.",
          moves: [{ actors: ["CPU0"], until: "CPU0 call 3 returned young" }],
          focus: { entries: "0-15", line: "CPU0" },
          checks: ["CPU0 call 3 returned young", "entry 4 is not young", "not CPU1 finished"],
        },
        {
          caption:
            "The next test finds PTE 4 itself old and says that the page was not used; the getter says that it was. Page reclaim, which looks for pages nobody needs, gets two answers to one question.",
          moves: [{ actors: ["CPU0"], until: "CPU0 finished" }],
          focus: { entries: "4", line: "CPU0" },
          checks: ["CPU0 call 4 returned 0", "entries 5-15 all young"],
        },
        {
          caption:
            "CPU1 reads page 12: its flag is set already, so nothing changes. The access flag of a block is one flag, kept in sixteen places, and has to be cleared in all of them.",
          moves: [{ actors: ["CPU1"], until: "CPU1 finished" }],
          focus: { entries: "12", tlb: "CPU1" },
          checks: ["CPU1 got ok", "entry 4 is not young"],
        },
      ],
      expect: { violates: [], questions: { "never CPU0 call 3 returned young": "fails" } },
    },
  ],
};
