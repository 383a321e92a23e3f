import type { Story } from "../../../engine/protocol.ts";
import { folded, LAST_PTE, type Machine, reader, scene, writer } from "../scenes.ts";

/** Fifteen single entries, young and dirty: as a block they answer with the first look. */
const fifteenMarked: Machine = {
  folios: [{ pfn: "0x1000", pages: 16 }],
  ptes: [{ index: 0, count: 15, pfn: "0x1000", prot: "rw", flags: ["young", "hwdirty"] }],
};

/** Getters that stop when they know the answer. */
export const earlyExit: Story = {
  id: "early-exit",
  shelf: "history",
  title: "Enough is known",
  teaches:
    "Since 6.17 getters stop gathering when they have found both marks; the reader without the lock then no longer sees whether the rest is a block.",
  covers: ["lockless-early-exit", "thread-3.23"],
  acts: [
    {
      title: "6.12: all of them",
      scenario: scene("A getter that reads them all", [], folded("young", "hwdirty"), writer({ fn: "ptep_get", index: 9 })),
      beats: [
        {
          caption:
            "A folded block of page-table entries (PTEs), all of them young and dirty: marked as accessed and as written. CPU0, holding the lock, asks for PTE 9. It reads that, then all sixteen for their marks: 17 reads.",
          moves: [
            { actors: ["CPU0"], until: "lock held" },
            { actors: ["CPU0"], steps: 17 },
          ],
          focus: { entries: "0-15", line: "CPU0" },
          checks: ["CPU0 returned young", "CPU0 returned dirty"],
        },
      ],
      expect: { violates: [] },
    },
    {
      title: "6.17: as many as are needed",
      scenario: scene(
        "A getter that stops early",
        ["lockless-early-exit"],
        folded("young", "hwdirty"),
        writer({ fn: "ptep_get", index: 9 }),
      ),
      beats: [
        {
          predict: {
            ask: "Now a getter that stops as soon as it has found a dirty PTE and a young one. How many reads will it make?",
            answers: ["3", "9", "17"],
            right: 0,
            because: "PTE 9 itself, then PTE 0, which is dirty; looked at once more, it is young as well.",
          },
          caption: "Three reads, and the same answer. Where all sixteen have both marks, as here, the gain is greatest.",
          moves: [
            { actors: ["CPU0"], until: "lock held" },
            { actors: ["CPU0"], steps: 3 },
          ],
          focus: { entries: "0, 9", line: "CPU0" },
          checks: ["CPU0 returned young", "CPU0 returned dirty", "CPU0 returned pfn = 0x1009"],
        },
      ],
      expect: { violates: [] },
    },
    {
      title: "Nothing to find",
      scenario: scene("A getter that finds no mark", ["lockless-early-exit"], folded(), writer({ fn: "ptep_get", index: 9 })),
      beats: [
        {
          caption: "Where no PTE has a mark nothing can be saved: only the last one tells that there is none. 17 reads again.",
          moves: [
            { actors: ["CPU0"], until: "lock held" },
            { actors: ["CPU0"], steps: 17 },
          ],
          focus: { entries: "0-15", line: "CPU0" },
          checks: ["CPU0 returned not young", "CPU0 returned not dirty"],
        },
      ],
      expect: { violates: [] },
    },
    {
      title: "Without the lock, 6.12",
      scenario: scene("A whole scan meets a fold", [], fifteenMarked, writer(LAST_PTE), reader(0)),
      beats: [
        {
          caption: "CPU0 folds a block, and has written PTEs 0 to 3 anew. CPU1 holds no lock and asks for PTE 0.",
          moves: [{ actors: ["CPU0"], until: "entry 3 cont" }],
          focus: { entries: "0-3", line: "CPU0" },
          checks: ["entries 0-3 all cont", "entries 4-15 all none", "not CPU1 finished"],
        },
        {
          caption:
            "In 6.12 it comes to PTE 4, finds it empty, and begins again. It returns `CONT`, the contiguous bit, only after it has read all sixteen, each in its place.",
          moves: [{ actors: ["CPU1"], event: "retry" }],
          focus: { entries: "4", line: "CPU1" },
          checks: ["CPU1 retried", "not CPU1 finished", "entry 4 none"],
        },
      ],
      expect: { violates: [], questions: { "sometimes CPU1 returned cont and entry 15 none": "fails" } },
    },
    {
      title: "Without the lock, 6.17",
      scenario: scene("A short scan meets a fold", ["lockless-early-exit"], fifteenMarked, writer(LAST_PTE), reader(0)),
      beats: [
        {
          caption:
            "The same place in 6.17. CPU1 finds PTE 0 young and dirty, and stops. It returns a PTE with `CONT` while twelve of the block are still empty.",
          moves: [
            { actors: ["CPU0"], until: "entry 3 cont" },
            { actors: ["CPU1"], until: "CPU1 finished" },
          ],
          focus: { entries: "0-15", line: "CPU1" },
          checks: ["CPU1 returned cont", "CPU1 returned dirty", "entries 4-15 all none", "not CPU1 retried"],
        },
        {
          caption:
            "That does no harm here: what it says of page 0 is so, marks included, in every order of these steps. Only, `CONT` in its answer no longer means that the block was seen whole.",
          moves: [{ actors: ["CPU0"], until: "CPU0 finished" }],
          focus: { entries: "0-15" },
          checks: ["block 0 folded", "CPU1 returned dirty"],
        },
      ],
      expect: { violates: [], questions: { "sometimes CPU1 returned cont and entry 15 none": "holds" } },
    },
  ],
};
