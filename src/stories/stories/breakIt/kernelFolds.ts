import type { Story } from "../../../engine/protocol.ts";
import { fifteen, LAST_PTE, scene, user, writer } from "../scenes.ts";

/** What a process does not notice the kernel cannot survive. */
export const kernelFolds: Story = {
  id: "kernel-folds",
  shelf: "break-it",
  title: "The kernel's own mappings",
  teaches:
    "A fold empties entries for a moment. A process faults and waits; the kernel has nobody to wait for, so its mappings are left alone.",
  covers: ["kernel-mm-folds"],
  acts: [
    {
      scenario: scene(
        "A mapping of the kernel is folded",
        ["kernel-mm-folds"],
        { ...fifteen, mm: "init" },
        writer(LAST_PTE),
        user({ rw: "read", index: 3 }, { rw: "read", index: 9 }),
      ),
      beats: [
        {
          caption:
            "These page-table entries (PTEs) are the kernel's own, not a process's: its address space is `init_mm`. Linux does not fold there. This kernel does.",
          focus: { entries: "0-15" },
          checks: ["entries 0-14 all valid", "entries 0-14 all not cont", "entry 15 none"],
        },
        {
          caption: "CPU1 runs kernel code and reads page 3, as it does all the time.",
          moves: [{ actors: ["CPU1"], until: "CPU1 access 1 got ok" }],
          focus: { entries: "3", tlb: "CPU1" },
          checks: ["CPU1 caches entry 3 as page"],
        },
        {
          caption:
            "CPU0 maps page 15. All sixteen fit, so they are to get `CONT`, the contiguous bit, and for that they are emptied and flushed from every TLB, the caches of translations.",
          moves: [{ actors: ["CPU0"], until: "entries 0-15 all none and not CPU1 caches entry 3" }],
          focus: { entries: "0-15", line: "CPU0" },
          checks: ["entries 0-15 all none", "not CPU1 caches entry 3"],
        },
        {
          predict: {
            ask: "CPU1 reads page 9 now. A process would fault, wait for the page-table lock (PTL), and find its page again. And the kernel?",
            answers: ["The same", "It faults, and may not survive it"],
            right: 1,
            because:
              "A fault on the kernel's own mapping is a bug to the fault handler. It might even be the handler's own stack that is gone.",
          },
          caption:
            "A fault in the kernel. In a moment the PTE would be back, but there is no one who could wait for it. The test `mm_is_user` keeps `init_mm` and the firmware's `efi_mm` away from contpte.",
          moves: [{ actors: ["CPU1"], until: "CPU1 faulted" }],
          focus: { entries: "9", actors: ["CPU1"] },
          checks: ["CPU1 got fault-translation"],
        },
        {
          caption: "CPU0 ends its work, and the block is whole. The table is in order again, and the machine is not.",
          moves: [{ actors: ["CPU0"], until: "CPU0 finished" }],
          focus: { entries: "0-15" },
          checks: ["block 0 folded", "CPU1 faulted"],
        },
      ],
      expect: { violates: ["one-folio-aligned"] },
    },
  ],
};
