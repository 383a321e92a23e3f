import type { Story } from "../../../engine/protocol.ts";
import { folded, reader, scene, writer } from "../scenes.ts";

/** A whole block is taken out, and another one put into its place, while CPU1 reads. */
const replacedBy = (pte: string) => [
  writer(
    { fn: "get_and_clear_full_ptes", index: 0, nr: 16, full: false },
    { fn: "flush_tlb_range", index: 0, nr: 16 },
    { fn: "set_ptes", index: 0, nr: 16, pte },
  ),
  reader(0),
];

/** Frame 0x2000, writable, young and dirty. */
const ANOTHER_FOLIO = "0xe8000002000f43";
/** Frame 0x1000, read-only, young and dirty. */
const READ_ONLY = "0xe0000001000fc3";

/** Two checks of the lockless scan, each left out. */
export const strangers: Story = {
  id: "strangers",
  shelf: "break-it",
  title: "Marks of a stranger",
  teaches: "A lockless scan accepts an entry only if frame and protection are in line: else it mixes the marks of two mappings.",
  covers: ["lockless-no-pfn-check", "lockless-no-prot-check"],
  acts: [
    {
      title: "Another folio",
      scenario: {
        ...scene("A block gives way to another folio's", ["lockless-no-pfn-check"], folded(), ...replacedBy(ANOTHER_FOLIO)),
        machine: {
          ...folded(),
          folios: [
            { pfn: "0x1000", pages: 16 },
            { pfn: "0x2000", pages: 16 },
          ],
        },
      },
      beats: [
        {
          caption:
            "CPU1 reads page-table entry (PTE) 0 of a clean block without the lock. It finds `CONT`, the contiguous bit, and has gathered PTEs 0 to 7: no marks so far.",
          moves: [
            { actors: ["CPU1"], line: "contpte_ptep_get_lockless.entry" },
            { actors: ["CPU1"], steps: 8 },
          ],
          focus: { entries: "0-7", line: "CPU1" },
          checks: ["entries 0-15 all not dirty", "CPU1 is in ptep_get_lockless"],
        },
        {
          caption:
            "Meanwhile CPU0 unmaps the whole folio, memory that is handled as one, and maps another in its place, young and dirty. The table looks whole again.",
          moves: [{ actors: ["CPU0"], until: "CPU0 finished" }],
          focus: { entries: "0-15", line: "CPU0" },
          checks: ["block 0 folded", "entry 0 pfn = 0x2000", "entries 0-15 all dirty"],
        },
        {
          predict: {
            ask: "CPU1 goes on at PTE 8, and finds a valid entry with `CONT`. This kernel does not compare its frame. What does CPU1 return for page 0?",
            answers: ["The old frame, clean", "The old frame, dirty", "The new frame, dirty"],
            right: 1,
            because:
              "The frame it returns is that of its first read. The marks are those of all entries it read, eight of one folio and eight of another.",
          },
          caption:
            "The old frame, and dirty: nobody ever wrote to it. Comparing frames sends the reader back to the start: PTE 8 should have been frame `0x1008`.",
          moves: [{ actors: ["CPU1"], until: "CPU1 finished" }],
          focus: { entries: "0-15", line: "CPU1" },
          checks: ["CPU1 returned pfn = 0x1000", "CPU1 returned dirty"],
        },
      ],
      expect: { violates: ["lockless-no-foreign-ad"] },
    },
    {
      title: "The same folio, another protection",
      scenario: scene("A block gives way to a read-only one", ["lockless-no-prot-check"], folded(), ...replacedBy(READ_ONLY)),
      beats: [
        {
          caption: "The frames are compared again, the protection is not. CPU1 has read eight clean, writable PTEs.",
          moves: [
            { actors: ["CPU1"], line: "contpte_ptep_get_lockless.entry" },
            { actors: ["CPU1"], steps: 8 },
          ],
          focus: { entries: "0-7", line: "CPU1" },
          checks: ["entries 0-15 all write", "entries 0-15 all not dirty"],
        },
        {
          caption: "CPU0 maps the same folio anew, read-only and dirty. Every frame is where it was.",
          moves: [{ actors: ["CPU0"], until: "CPU0 finished" }],
          focus: { entries: "0-15", line: "CPU0" },
          checks: ["block 0 folded", "entries 0-15 all dirty", "entries 0-15 all not write", "entry 0 pfn = 0x1000"],
        },
        {
          caption:
            "CPU1 returns a writable, dirty PTE. There was a writable clean one and a read-only dirty one, never this. All bits but young and dirty have to be the same in all sixteen.",
          moves: [{ actors: ["CPU1"], until: "CPU1 finished" }],
          focus: { entries: "0-15", line: "CPU1" },
          checks: ["CPU1 returned write", "CPU1 returned dirty", "entry 0 is not write"],
        },
      ],
      expect: { violates: ["lockless-no-foreign-ad"] },
    },
  ],
};
