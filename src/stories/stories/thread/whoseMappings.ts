import type { Story } from "../../../engine/protocol.ts";
import { fifteen, LAST_PTE, scene, user, writer } from "../scenes.ts";

const MAP_LAST = writer(LAST_PTE);

/** Where contpte keeps out. */
export const whoseMappings: Story = {
  id: "whose-mappings",
  shelf: "thread",
  title: "Whose mappings may fold",
  teaches:
    "A process bears the moment in which its entries are gone; the kernel does not, so its own mappings and the firmware's are left alone.",
  covers: ["thread-3.5", "thread-3.6"],
  acts: [
    {
      title: "A process",
      scenario: scene("A process's block folds", [], fifteen, MAP_LAST, user({ rw: "read", index: 3 }, { rw: "read", index: 3 })),
      beats: [
        {
          caption:
            "Fifteen page-table entries (PTEs) of a process; CPU0 maps the sixteenth. All fit, so the block is folded, and for that it is emptied. At this moment CPU1, in the program, reads page 3 and faults.",
          moves: [
            { actors: ["CPU0"], until: "entries 0-15 all none" },
            { actors: ["CPU1"], until: "CPU1 got fault-translation" },
          ],
          focus: { entries: "0-15", tlb: "CPU1" },
          checks: ["CPU1 got fault-translation", "lock held by CPU0"],
        },
        {
          caption:
            "The fault handler waits for the page-table lock (PTL), which CPU0 holds. Once CPU0 lets go of it the PTE is back, and the program tries again. It has lost a little time.",
          moves: [
            { actors: ["CPU0"], until: "CPU0 finished" },
            { actors: ["CPU1"], until: "CPU1 finished" },
          ],
          focus: { entries: "0-15", tlb: "CPU1" },
          checks: ["CPU1 access 2 got ok", "block 0 folded", "not lock held"],
        },
      ],
      expect: { violates: [] },
    },
    {
      title: "The kernel",
      scenario: scene("The kernel's mapping stays", [], { ...fifteen, mm: "init" }, MAP_LAST, user({ rw: "read", index: 3 })),
      beats: [
        {
          predict: {
            ask: "The same in `init_mm`, the kernel's own address space. If the code that handles the fault were on page 3, who would handle that fault?",
            answers: ["Another CPU", "Nobody", "The firmware"],
            right: 1,
            because:
              "The handler runs on the CPU that faulted, and needs the kernel's own memory for every instruction. A fault there can bring the machine down.",
          },
          caption:
            "So `mm_is_user` is asked first, and says no: nothing is folded. CPU0 stores PTE 15, and that is all. CPU1 reads page 3 whenever it likes.",
          moves: [
            { actors: ["CPU0"], until: "CPU0 finished" },
            { actors: ["CPU1"], until: "CPU1 finished" },
          ],
          focus: { entries: "0-15", line: "CPU0" },
          checks: ["entries 0-15 all valid", "entries 0-15 all not cont", "CPU1 got ok"],
        },
      ],
      expect: { violates: [], questions: { "never CPU1 faulted": "holds" } },
    },
    {
      title: "The firmware, in the version under review",
      scenario: scene(
        "The firmware's mapping folds",
        ["efi-mm-folds"],
        { ...fifteen, mm: "efi" },
        MAP_LAST,
        user({ rw: "read", index: 3 }),
      ),
      beats: [
        {
          caption:
            "There is a third kind: `efi_mm`, in which the firmware (EFI) is called. Version 5, the one under review, kept only `init_mm` from folding. So CPU0 folds here, and when CPU1 reads page 3 as the firmware would, it faults.",
          moves: [
            { actors: ["CPU0"], until: "entries 0-15 all none" },
            { actors: ["CPU1"], until: "CPU1 finished" },
          ],
          focus: { entries: "0-15", line: "CPU0" },
          checks: ["CPU1 got fault-translation", "entries 0-15 all none"],
        },
        {
          caption:
            "Mark Rutland did not think that these mappings change while in use. Ryan Roberts read the EFI code: they do not, and it never calls contpte's functions, so he would only add a comment. The block is folded.",
          moves: [{ actors: ["CPU0"], until: "CPU0 finished" }],
          focus: { entries: "0-15" },
          checks: ["block 0 folded"],
        },
      ],
      expect: { violates: ["one-folio-aligned"], questions: { "never CPU1 faulted": "fails" } },
    },
    {
      title: "The firmware, as it was merged",
      scenario: scene("The firmware's mapping stays", [], { ...fifteen, mm: "efi" }, MAP_LAST, user({ rw: "read", index: 3 })),
      beats: [
        {
          caption:
            "After these mails David Hildenbrand suggested a check after all, and Ard Biesheuvel suggested its form: version 6 leaves `efi_mm` alone as well. What is never done need not be proved harmless.",
          moves: [
            { actors: ["CPU0"], until: "CPU0 finished" },
            { actors: ["CPU1"], until: "CPU1 finished" },
          ],
          focus: { entries: "0-15", line: "CPU0" },
          checks: ["entries 0-15 all valid", "entries 0-15 all not cont", "CPU1 got ok"],
        },
      ],
      expect: { violates: [], questions: { "never CPU1 faulted": "holds" } },
    },
  ],
};
