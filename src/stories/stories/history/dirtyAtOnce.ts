import type { Story } from "../../../engine/protocol.ts";
import { scene, user, writer } from "../scenes.ts";

const sceneOf = (title: string, variants: readonly string[]) =>
  scene(
    title,
    variants,
    {
      folios: [{ pfn: "0x1000", pages: 16 }],
      ptes: [{ index: 0, count: 16, pfn: "0x1000", prot: "ro", flags: ["cont", "young"] }],
    },
    writer({ fn: "ptep_modify_prot_start", index: 9 }, { fn: "ptep_modify_prot_commit", index: 9, pte: { result: 1, apply: ["mkwrite"] } }),
    user({ rw: "write", index: 9 }),
  );

/** Writable is not written. */
export const dirtyAtOnce: Story = {
  id: "dirty-at-once",
  shelf: "history",
  title: "Allowed is not done",
  teaches: "Making a page writable does not make it dirty; for years it did on arm64, and such a page might be saved to disk for nothing.",
  covers: ["mkwrite-hw-dirty"],
  acts: [
    {
      title: "Before",
      scenario: sceneOf("Made writable, and dirty at once", ["mkwrite-hw-dirty"]),
      beats: [
        {
          caption:
            "Two bits of a page-table entry (PTE) speak of writing. `WRITE` says that Linux allows it. `RDONLY` stops hardware, and where `WRITE` is set hardware may clear it at the first write: that makes the page dirty.",
          focus: { entries: "9" },
          checks: ["entry 9 not write", "entry 9 readonly", "entry 9 not dirty"],
        },
        {
          caption: "CPU0 is to allow writes to page 9. It takes PTE 9 out, for which the block is unfolded.",
          moves: [{ actors: ["CPU0"], until: "entry 9 none and entry 10 valid and entry 10 is not cont" }],
          focus: { entries: "9", line: "CPU0" },
          checks: ["entry 9 none", "entries 0-15 all not cont"],
        },
        {
          predict: {
            ask: "CPU0 puts it back with `WRITE` set; this kernel's `pte_mkwrite` clears `RDONLY` as well. Nobody has written the page. What does Linux take it for?",
            answers: ["Clean", "Dirty"],
            right: 1,
            because: "`WRITE` without `RDONLY` is how hardware says that it saw a write. Nothing tells the two apart.",
          },
          caption: "A dirty page that nobody wrote. Before its memory can be used for something else, Linux has to save it.",
          moves: [{ actors: ["CPU0"], until: "CPU0 finished" }],
          focus: { entries: "9" },
          checks: ["entry 9 write", "entry 9 dirty", "entry 9 not readonly", "not CPU1 finished"],
        },
      ],
      expect: { violates: [], questions: { "always entry 9 dirty implies CPU1 finished": "fails" } },
    },
    {
      title: "After",
      scenario: sceneOf("Made writable, and still clean", []),
      beats: [
        {
          caption: "The fix of 2025 clears `RDONLY` only if the page is dirty by software already. PTE 9 may be written, and is clean.",
          moves: [{ actors: ["CPU0"], until: "CPU0 finished" }],
          focus: { entries: "9" },
          checks: ["entry 9 write", "entry 9 readonly", "entry 9 not dirty"],
        },
        {
          caption: "CPU1 writes it, and hardware clears `RDONLY`. Now it is dirty, and rightly so.",
          moves: [{ actors: ["CPU1"], until: "CPU1 finished" }],
          focus: { entries: "9", tlb: "CPU1" },
          checks: ["CPU1 got ok", "entry 9 dirty"],
        },
      ],
      expect: { violates: [], questions: { "always entry 9 dirty implies CPU1 finished": "holds" } },
    },
  ],
};
