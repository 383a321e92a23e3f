import type { Story } from "../../../engine/protocol.ts";
import { type Actor, folded, type Machine, reader, scene } from "../scenes.ts";

/** CPU2 writes page 0, forgets the block, and reads page 3. */
const HARDWARE: Actor = {
  name: "CPU2",
  kind: "mmu",
  accesses: [
    { rw: "write", index: 0 },
    { rw: "evict", index: 0 },
    { rw: "read", index: 3 },
  ],
};

const SINGLE: Machine = { folios: [{ pfn: "0x1000", pages: 16 }], ptes: [{ index: 0, count: 16, pfn: "0x1000", prot: "rw" }] };

/** Concern (a): marks that are read one after another. */
export const neverTogether: Story = {
  id: "never-together",
  shelf: "thread",
  title: "Concern (a): not at one instant",
  teaches:
    "Marks gathered one after another may form a pair that never was. If hardware alone sets marks, each by itself was so at some instant, and no caller was found that needs more.",
  covers: ["thread-3.11"],
  acts: [
    {
      title: "A block",
      scenario: scene("Marks change while they are gathered", [], folded(), reader(1), HARDWARE),
      beats: [
        {
          caption:
            "Mark Rutland's first concern: sixteen page-table entries (PTEs) cannot be read at once, and hardware marks them as it likes. Here they are a folded block, old and clean: neither accessed nor written.",
          focus: { entries: "0-15" },
          checks: ["block 0 folded", "entries 0-15 all not young", "entries 0-15 all not dirty"],
        },
        {
          caption: "CPU1 asks for PTE 1, without the lock. It has begun to gather: PTEs 0 and 1 have no mark.",
          moves: [
            { actors: ["CPU1"], line: "contpte_ptep_get_lockless.entry" },
            { actors: ["CPU1"], steps: 2 },
          ],
          focus: { entries: "0-1", line: "CPU1" },
          checks: ["CPU1 is in ptep_get_lockless", "entry 0 not dirty"],
        },
        {
          caption: "CPU2 writes page 0: PTE 0 becomes young and dirty. From here on the block as a whole is both.",
          moves: [{ actors: ["CPU2"], until: "entry 0 dirty" }],
          focus: { entries: "0", tlb: "CPU2" },
          checks: ["entry 0 young", "entry 0 dirty", "not CPU1 finished"],
        },
        {
          caption:
            "CPU2's TLB, its cache of translations, needs room and forgets the block. CPU2 reads page 3, walks again, and marks PTE 3 young.",
          moves: [{ actors: ["CPU2"], until: "CPU2 finished" }],
          focus: { entries: "3", tlb: "CPU2" },
          checks: ["entry 3 young", "entry 3 not dirty"],
        },
        {
          predict: {
            ask: "CPU1 goes on with PTE 2. What will it say of PTE 1?",
            answers: ["Old and clean", "Young and dirty", "Young and clean"],
            right: 2,
            because: "It has passed PTE 0 and does not come back there. PTE 3 is still to come, and that is young only.",
          },
          caption: "Young and clean. The block was old and clean, then young and dirty; young and clean it never was.",
          moves: [{ actors: ["CPU1"], until: "CPU1 finished" }],
          focus: { entries: "0, 3", line: "CPU1" },
          checks: ["CPU1 returned young", "CPU1 returned not dirty", "entry 0 dirty"],
        },
      ],
      expect: {
        violates: [],
        questions: {
          "sometimes CPU1 returned young and CPU1 returned not dirty": "holds",
          "sometimes entries 0-15 any young and entries 0-15 all not dirty": "fails",
        },
      },
    },
    {
      title: "A single entry",
      scenario: scene("A single entry is out of date", [], SINGLE, reader(0), HARDWARE),
      beats: [
        {
          caption: "Is that bad? Take a PTE outside any block, read in one access: clean. A moment later CPU2 writes the page.",
          moves: [
            { actors: ["CPU1"], until: "CPU1 finished" },
            { actors: ["CPU2"], until: "entry 0 dirty" },
          ],
          focus: { entries: "0", line: "CPU1" },
          checks: ["CPU1 returned not dirty", "entry 0 dirty"],
        },
        {
          caption:
            "What is read without the lock may be out of date at once, block or not. Here, too, each mark alone was true at some instant. So Mark came to think that (a) is no worse than reading an old value.",
          moves: [{ actors: ["CPU2"], until: "CPU2 finished" }],
          focus: { entries: "0" },
          checks: ["CPU1 returned not dirty", "entry 0 dirty"],
        },
      ],
      expect: { violates: [] },
    },
  ],
};
