import type { Story } from "../../../engine/protocol.ts";
import { type Machine, scene, user, writer } from "../scenes.ts";

const EMPTY: Machine = { folios: [{ pfn: "0x1000", pages: 16 }], entries: 16 };

/** Frame 0x1000 + index: writable, clean and old. */
const pteOf = (index: number): `0x${string}` => `0x${(0x68000001000bc3n + (BigInt(index) << 12n)).toString(16)}`;

const ONE_AT_A_TIME = Array.from({ length: 16 }, (_, index) => ({ fn: "set_ptes", index, pte: pteOf(index), nr: 1 }) as const);

/** A benchmark that faulted page by page, and folded every sixteenth time. */
export const everySixteenth: Story = {
  id: "every-sixteenth",
  shelf: "history",
  title: "Every sixteenth fault",
  teaches: "Folding is dear, and meant for the odd case: who knows that sixteen pages belong together maps them in one call.",
  covers: ["history-6.2"],
  acts: [
    {
      title: "A page at a time",
      scenario: scene(
        "Sixteen faults, a page each",
        [],
        EMPTY,
        writer(...ONE_AT_A_TIME),
        user({ rw: "read", index: 3 }, { rw: "read", index: 3 }),
      ),
      beats: [
        {
          caption:
            "June 2024: with large folios (memory handled as one) and contpte a benchmark is more than five times slower than without. Its faults map one page-table entry (PTE) at a time although the folio has more. Each makes a look at what was there, and a store.",
          moves: [
            { actors: ["CPU0"], until: "lock held" },
            { actors: ["CPU0"], steps: 2 },
          ],
          focus: { entries: "0", line: "CPU0" },
          checks: ["entry 0 valid", "entries 1-15 all none", "CPU0 is in set_ptes"],
        },
        {
          caption: "Fourteen more, 28 accesses. CPU1 uses page 3.",
          moves: [
            { actors: ["CPU0"], steps: 28 },
            { actors: ["CPU1"], until: "CPU1 access 1 got ok" },
          ],
          focus: { entries: "0-14", tlb: "CPU1" },
          checks: ["entries 0-14 all valid", "entry 15 none", "CPU1 caches entry 3 as page"],
        },
        {
          predict: {
            ask: "The sixteenth fault stores PTE 15. How many steps will this one take?",
            answers: ["2, like the others", "16", "About 50"],
            right: 2,
            because:
              "With the last PTE in its place the block may be folded: all are checked, taken out, flushed from every TLB (the cache of translations), and written once more.",
          },
          caption:
            "PTE 15 is stored and all sixteen are checked: 18 steps. Sixteen more take them out, one flushes. If CPU1 needs page 3 at this moment, it faults as if it had never been mapped.",
          moves: [
            { actors: ["CPU0"], steps: 18 },
            { actors: ["CPU0"], steps: 16 },
            { actors: ["CPU0"], steps: 1 },
            { actors: ["CPU1"], until: "CPU1 finished" },
          ],
          focus: { entries: "0-15", line: "CPU0", tlb: "CPU1" },
          checks: ["entries 0-15 all none", "not CPU1 caches entry 3", "CPU1 got fault-translation"],
        },
        {
          caption:
            "Then sixteen stores: 51 steps for one store in sixteen, and the flush among them waits for every CPU. The report has 76 percent of the time in this function, `contpte_convert`.",
          moves: [{ actors: ["CPU0"], steps: 16 }],
          focus: { entries: "0-15", line: "CPU0" },
          checks: ["block 0 folded", "lock held by CPU0"],
        },
      ],
      expect: { violates: [] },
    },
    {
      title: "All at once",
      scenario: scene(
        "One fault, sixteen pages",
        [],
        EMPTY,
        writer({ fn: "set_ptes", index: 0, pte: pteOf(0), nr: 16 }),
        user({ rw: "read", index: 3 }),
      ),
      beats: [
        {
          caption:
            "One call for the whole folio. It sees that a block is covered whole, and writes it with `CONT`, the contiguous bit, from the start: sixteen stores, and no more.",
          moves: [
            { actors: ["CPU0"], until: "lock held" },
            { actors: ["CPU0"], steps: 16 },
          ],
          focus: { entries: "0-15", line: "CPU0" },
          checks: ["block 0 folded"],
        },
        {
          caption:
            "Nothing was emptied or flushed, for nothing had been there. In the report, mapping whole folios was three times as fast as without large folios.",
          moves: [{ actors: ["CPU1"], until: "CPU1 finished" }],
          focus: { entries: "0-15", tlb: "CPU1" },
          checks: ["CPU1 got ok", "CPU1 caches entry 3 as block"],
        },
      ],
      expect: { violates: [], questions: { "never CPU1 caches entry 3 as page": "holds" } },
    },
  ],
};
