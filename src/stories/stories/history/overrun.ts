import type { Story } from "../../../engine/protocol.ts";
import { scene, writer } from "../scenes.ts";

/** Two blocks, and that is the whole table. */
const sceneOf = (title: string, variants: readonly string[]) =>
  scene(
    title,
    variants,
    {
      folios: [
        { pfn: "0x1000", pages: 16 },
        { pfn: "0x1010", pages: 16 },
      ],
      ptes: [{ index: 0, count: 32, pfn: "0x1000", prot: "rw", flags: ["cont", "young", "hwdirty"] }],
      entries: 32,
    },
    writer({ fn: "clear_young_dirty_ptes", index: 0, nr: 16, flags: 3 }),
  );

/** Bytes taken for entries. */
export const overrun: Story = {
  id: "overrun",
  shelf: "history",
  title: "Sixty-five thousand entries",
  teaches:
    "A block operation must touch the blocks that it was asked about and nothing else; a mix of units once made one run off the table.",
  covers: ["clear-young-dirty-overrun"],
  acts: [
    {
      title: "Before",
      scenario: sceneOf("MADV_FREE runs off the table", ["clear-young-dirty-overrun"]),
      beats: [
        {
          caption:
            "A program that does not need some pages any more says so with `MADV_FREE`. Linux then makes their page-table entries (PTEs) old and clean. Here it is for a folio of sixteen pages, PTEs 0 to 15, a folded block; behind it lies another.",
          focus: { entries: "0-15" },
          checks: ["block 0 folded", "block 1 folded", "entries 0-31 all dirty"],
        },
        {
          caption:
            "Marks of a block belong to all of it, so such a call is widened to whole blocks. This kernel adds the number of pages to an address, aligns that to a block of 65,536 bytes, and takes the bytes between for a number of PTEs.",
          moves: [{ actors: ["CPU0"], line: "__clear_young_dirty_ptes.read" }],
          focus: { line: "CPU0" },
          checks: ["CPU0 is in clear_young_dirty_ptes", "entries 0-31 all dirty"],
        },
        {
          predict: {
            ask: "The loop is to run 65,536 times where sixteen was meant. Which PTE is the first that it should not touch?",
            answers: ["PTE 15", "PTE 16", "PTE 65,536"],
            right: 1,
            because: "The block of the folio ends with PTE 15; PTE 16 begins another.",
          },
          caption: "PTE 16 is made old and clean: a page that nobody gave up. Linux may now throw away what was written there.",
          moves: [{ actors: ["CPU0"], until: "entry 16 is not dirty" }],
          focus: { entries: "16", line: "CPU0" },
          checks: ["entries 0-16 all not dirty", "entries 17-31 all dirty"],
        },
        {
          caption:
            "It goes on to the end of the table and beyond, into whatever memory lies there. `MADV_FREE` crashed now here, now there; a test that throws random calls at the kernel ran into it too. It was fixed before 6.10 was out.",
          moves: [{ actors: ["CPU0"], until: "CPU0 finished" }],
          focus: { entries: "16-31", line: "CPU0" },
          checks: ["entries 16-31 all not dirty", "lock held by CPU0"],
        },
      ],
      expect: { violates: ["scope"] },
    },
    {
      title: "After",
      scenario: sceneOf("MADV_FREE of a folio", []),
      beats: [
        {
          caption: "With the units put right, the loop runs sixteen times: the block that was meant, and no more.",
          moves: [{ actors: ["CPU0"], until: "CPU0 finished" }],
          focus: { entries: "0-15", line: "CPU0" },
          checks: ["entries 0-15 all not dirty", "entries 16-31 all dirty", "entries 16-31 all young", "not lock held"],
        },
      ],
      expect: { violates: [] },
    },
  ],
};
