import type { Story } from "../../../engine/protocol.ts";
import { scene } from "../scenes.ts";

/** Page 5 is to be written by a device whose MMU marks nothing; page 0 was, by somebody else. */
const sceneOf = (title: string, variants: readonly string[]) =>
  scene(
    title,
    variants,
    {
      hardwareAD: "none",
      folios: [{ pfn: "0x1000", pages: 16 }],
      ptes: [
        { index: 0, count: 1, pfn: "0x1000", prot: "rw", flags: ["cont", "young", "dirty"] },
        { index: 1, count: 15, pfn: "0x1001", prot: "rw", flags: ["cont", "young"] },
      ],
    },
    { name: "CPU0", kind: "kernel", calls: [{ fn: "handle_pte_fault", index: 5, write: true }] },
    {
      name: "SMMU",
      kind: "mmu",
      accesses: [
        { rw: "write", index: 5 },
        { rw: "write", index: 5 },
      ],
    },
  );

/** What a block gathers is taken for what each of its entries says. */
export const deviceLoop: Story = {
  id: "device-loop",
  shelf: "history",
  title: "A device that faults for ever",
  teaches: "Whether a fault has been dealt with is judged by each entry as hardware reads it, not by what the block says together.",
  covers: ["set-access-flags-gathered"],
  acts: [
    {
      title: "Before",
      scenario: sceneOf("A device that faults for ever", ["set-access-flags-gathered"]),
      beats: [
        {
          caption:
            "A folded block of page-table entries (PTEs). All may be written, and PTE 0 alone is dirty: marked as written. On the others the bit `RDONLY` stands until their first write.",
          focus: { entries: "0-15" },
          checks: ["block 0 folded", "entry 0 dirty", "entries 1-15 all not dirty", "entries 1-15 all write", "entries 1-15 all readonly"],
        },
        {
          caption:
            "A device shares the table through an MMU (what translates addresses) of its own, the system MMU or SMMU. This one cannot mark PTEs. The device writes page 5, finds `RDONLY` there, and faults: software is to mark the PTE.",
          moves: [{ actors: ["SMMU"], until: "SMMU got fault-permission" }],
          focus: { entries: "5", tlb: "SMMU" },
          checks: ["SMMU got fault-permission", "entry 5 write", "entry 5 readonly"],
        },
        {
          caption:
            "Linux deals with the fault on CPU0. It reads PTE 5 with the marks of its whole block gathered, so PTE 5 looks dirty: PTE 0 is. With that it calls `ptep_set_access_flags`, to have PTE 5 marked.",
          moves: [{ actors: ["CPU0"], line: "contpte_ptep_get.entry" }],
          focus: { entries: "0, 5", line: "CPU0" },
          checks: ["CPU0 is in handle_pte_fault"],
        },
        {
          predict: {
            ask: "This kernel reads the PTE once more, gathered, and compares: is it what is wanted already? What comes of it?",
            answers: ["PTE 5 is marked dirty", "All sixteen are marked", "Nothing is done"],
            right: 2,
            because: "Gathered, PTE 5 is young and dirty, and that is all that was wanted. So there seems to be nothing to do.",
          },
          caption: "The fault counts as dealt with, and PTE 5 is as it was: `RDONLY` still stands.",
          moves: [{ actors: ["CPU0"], until: "CPU0 finished" }],
          focus: { entries: "5", line: "CPU0" },
          checks: ["CPU0 returned 0", "entry 5 readonly", "entry 5 not dirty"],
        },
        {
          caption:
            "The device tries again and faults again, and so on for ever. Linux had this from 6.9 on; it was found in 2026. A CPU that leaves marking to software would loop in the same way.",
          moves: [{ actors: ["SMMU"], until: "SMMU access 2 got fault-permission" }],
          focus: { entries: "5", tlb: "SMMU" },
          checks: ["SMMU access 2 got fault-permission", "entry 5 readonly"],
        },
      ],
      expect: { violates: ["fault-progress"], questions: { "never SMMU got ok": "holds" } },
    },
    {
      title: "After",
      scenario: sceneOf("A device that faults once", []),
      beats: [
        {
          caption:
            "The same fault in a kernel with the fix. It asks each PTE by itself whether it allows what is wanted. PTE 0 does, and PTE 1 does not: there is something to do.",
          moves: [
            { actors: ["SMMU"], until: "SMMU got fault-permission" },
            { actors: ["CPU0"], line: "contpte_all_subptes_match_access_flags.read" },
            { actors: ["CPU0"], steps: 2 },
          ],
          focus: { entries: "0-1", line: "CPU0" },
          checks: ["entry 0 dirty", "entry 1 readonly"],
        },
        {
          caption:
            "All sixteen are made dirty, and what TLBs, the caches of translations, hold of the block is flushed. The block stays folded.",
          moves: [{ actors: ["CPU0"], until: "CPU0 finished" }],
          focus: { entries: "0-15", line: "CPU0" },
          checks: ["block 0 folded", "entries 0-15 all dirty", "entries 0-15 all not readonly"],
        },
        {
          caption: "The device tries once more, and writes. One fault, and the right one.",
          moves: [{ actors: ["SMMU"], until: "SMMU finished" }],
          focus: { entries: "5", tlb: "SMMU" },
          checks: ["SMMU access 2 got ok"],
        },
      ],
      expect: { violates: [], questions: { "sometimes SMMU access 2 got ok": "holds" } },
    },
  ],
};
