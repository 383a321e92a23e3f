import type { Story } from "../../../engine/protocol.ts";

/** A reader without the lock meets an unfold half way. */
export const locklessLook: Story = {
  id: "lockless-look",
  shelf: "basics",
  title: "Reading without the lock",
  teaches: "A reader that holds no lock believes what it gathered only if it saw a whole block, and begins again otherwise.",
  covers: ["thread-3.10"],
  acts: [
    {
      scenario: {
        version: 1,
        title: "A reader without the lock meets an unfold",
        machine: {
          folios: [{ pfn: "0x1000", pages: 16 }],
          ptes: [
            { index: 0, count: 12, pfn: "0x1000", prot: "rw", flags: ["cont"] },
            { index: 12, count: 1, pfn: "0x100c", prot: "rw", flags: ["cont", "young", "hwdirty"] },
            { index: 13, count: 3, pfn: "0x100d", prot: "rw", flags: ["cont"] },
          ],
        },
        actors: [
          { name: "CPU0", kind: "kernel", calls: [{ fn: "ptl_lock" }, { fn: "ptep_get_and_clear", index: 4 }, { fn: "ptl_unlock" }] },
          { name: "CPU1", kind: "kernel", calls: [{ fn: "ptep_get_lockless", index: 9 }] },
        ],
      },
      beats: [
        {
          caption:
            "Some code reads page-table entries (PTEs) without the page-table lock (PTL), because it is in a hurry: the first look of a page fault, for one. It calls `ptep_get_lockless`. In this folded block PTE 12 alone is dirty.",
          focus: { entries: "12", actors: ["CPU1"] },
          checks: ["block 0 folded", "entry 12 dirty", "entries 0-11 all not dirty", "not lock held"],
        },
        {
          caption:
            "CPU1 asks for PTE 9. It finds `CONT`, the contiguous bit, so the marks of all sixteen PTEs count. It begins to gather, and has read PTEs 0 to 3.",
          moves: [
            { actors: ["CPU1"], line: "contpte_ptep_get_lockless.entry" },
            { actors: ["CPU1"], steps: 4 },
          ],
          focus: { entries: "0-3", line: "CPU1" },
          checks: ["CPU1 is in ptep_get_lockless", "not lock held"],
        },
        {
          caption:
            "Now CPU0 comes to unmap page 4. It holds the PTL, but CPU1 does not ask for that. To unfold the block CPU0 takes out PTE after PTE, and has come to PTE 5.",
          moves: [{ actors: ["CPU0"], until: "entry 5 none" }],
          focus: { entries: "0-5", line: "CPU0" },
          checks: ["lock held by CPU0", "entries 0-5 all none", "entries 6-15 all cont"],
        },
        {
          predict: {
            ask: "CPU1 reads PTE 4 next, and finds 0. What may it do?",
            answers: ["Return PTE 9 with the marks it has", "Pass over the hole and read on", "Forget what it has and begin again"],
            right: 2,
            because:
              "A PTE that it can no longer read may have been the dirty one. Only a scan that finds all sixteen in place, in line and alike has seen every mark.",
          },
          caption: "A hole: this is no whole block. CPU1 throws away what it has gathered and begins again, at PTE 9.",
          moves: [{ actors: ["CPU1"], event: "retry" }],
          focus: { entries: "4, 9", line: "CPU1" },
          checks: ["CPU1 retried = 1", "entry 9 cont", "not CPU1 finished"],
        },
        {
          caption:
            "PTE 9 still has `CONT`, but PTE 0 is gone, and CPU1 has to begin once more. As long as CPU0 stands here, CPU1 goes round and round.",
          moves: [{ actors: ["CPU1"], until: "CPU1 retried >= 2" }],
          focus: { entries: "0, 9", line: "CPU1" },
          checks: ["CPU1 retried = 2", "not CPU1 finished"],
        },
        {
          caption: "CPU0 goes on to the end. The PTEs are back as single ones, each with the block's dirty mark, and page 4 is unmapped.",
          moves: [{ actors: ["CPU0"], until: "CPU0 finished" }],
          focus: { entries: "0-15" },
          checks: ["entry 9 dirty and entry 9 is not cont", "entry 4 none", "entries 5-15 all dirty"],
        },
        {
          caption: "CPU1 reads PTE 9 again. Without `CONT` it stands for itself, and CPU1 returns it. No mark was lost.",
          moves: [{ actors: ["CPU1"], until: "CPU1 finished" }],
          focus: { entries: "9", line: "CPU1" },
          checks: ["CPU1 returned dirty", "CPU1 returned not cont", "CPU1 returned pfn = 0x1009"],
        },
        {
          caption:
            "Whatever the order of the steps, CPU1 gets one of three answers: the dirty PTE of the block, the dirty single PTE, or 0, if it looks while PTE 9 is out. Every caller must reckon with that 0. CPU1 never gets a clean PTE.",
          focus: { actors: ["CPU1"] },
          checks: ["CPU1 returned dirty"],
        },
      ],
      expect: {
        violates: [],
        questions: {
          "never CPU1 returned present and CPU1 returned not dirty": "holds",
          "sometimes CPU1 returned none": "holds",
          "sometimes CPU1 retried >= 5": "holds",
        },
        outcomes: [
          "CPU0: 1004 W Y D+ | CPU1: 1009 C W Y D+ | 0-3: 1000 W Y D+; 4: none; 5-15: 1005 W Y D+",
          "CPU0: 1004 W Y D+ | CPU1: 1009 W Y D+ | 0-3: 1000 W Y D+; 4: none; 5-15: 1005 W Y D+",
          "CPU0: 1004 W Y D+ | CPU1: none | 0-3: 1000 W Y D+; 4: none; 5-15: 1005 W Y D+",
        ],
      },
    },
  ],
};
