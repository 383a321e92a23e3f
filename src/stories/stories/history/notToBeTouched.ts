import type { Story } from "../../../engine/protocol.ts";
import { scene, user, writer } from "../scenes.ts";

/** PAGE_NONE for frame 0x1000: present to Linux, invalid to hardware. */
const PROT_NONE = "0x60000001000f82";

const sceneOf = (title: string, variants: readonly string[]) =>
  scene(
    title,
    variants,
    { folios: [{ pfn: "0x1000", pages: 16 }], entries: 16 },
    writer({ fn: "set_ptes", index: 0, pte: PROT_NONE, nr: 16 }),
    user({ rw: "read", index: 5 }),
    { name: "CPU2", kind: "kernel", calls: [{ fn: "handle_pte_fault", index: 5, write: false }] },
  );

/** A batch of entries that hardware is not to take, given the contiguous bit. */
export const notToBeTouched: Story = {
  id: "not-to-be-touched",
  shelf: "history",
  title: "Not to be touched",
  teaches: "CONT is for entries that hardware takes: a batch of PROT_NONE pages gets none, or it would become valid.",
  covers: ["set-ptes-prot-none", "mkcont-bit-only"],
  acts: [
    {
      title: "Before",
      scenario: sceneOf("A batch of PROT_NONE pages becomes valid", ["set-ptes-prot-none"]),
      beats: [
        {
          caption:
            "A page that is `PROT_NONE` is there, and not to be touched: its page-table entry (PTE) is invalid to hardware, so any access faults. Linux marks pages so for a while, too, to learn who uses them. CPU0 is to set sixteen such PTEs.",
          focus: { entries: "0-15" },
          checks: ["entries 0-15 all none"],
        },
        {
          predict: {
            ask: "Sixteen PTEs in line fill a whole block, so `set_ptes` adds `CONT`, the contiguous bit. In this kernel that also sets bits 0 and 1, the type of a page. What are the PTEs then?",
            answers: ["PROT_NONE, with CONT", "Valid", "Empty"],
            right: 1,
            because: "Bit 0 is the valid bit. To set it is to tell hardware that it may take this PTE.",
          },
          caption:
            "Sixteen valid PTEs. The bit that lets programs in is still missing, so they cannot read the pages. Apart from that nothing says `PROT_NONE` any more.",
          moves: [{ actors: ["CPU0"], until: "CPU0 finished" }],
          focus: { entries: "0-15", line: "CPU0" },
          checks: ["entries 0-15 all valid", "entries 0-15 all cont", "entries 0-15 all not user", "entry 0 = 0x70000001000f83"],
        },
        {
          caption: "CPU1 reads page 5: a fault, but of another kind. The PTE is there, and forbids it.",
          moves: [{ actors: ["CPU1"], until: "CPU1 finished" }],
          focus: { entries: "5", tlb: "CPU1" },
          checks: ["CPU1 got fault-permission"],
        },
        {
          caption:
            "CPU2 handles the fault. If Linux had marked the page only to learn who uses it, `do_numa_page` would note that and let the program in. But this looks like an ordinary PTE: nothing is missing, CPU2 returns, and CPU1 will fault again.",
          moves: [{ actors: ["CPU2"], until: "CPU2 finished" }],
          focus: { entries: "5", line: "CPU2" },
          checks: ["CPU2 returned 0", "entry 5 not user"],
        },
      ],
      expect: { violates: ["cont-implies-valid"] },
    },
    {
      title: "CONT and no more",
      scenario: sceneOf("A batch of PROT_NONE pages with CONT", ["set-ptes-prot-none", "mkcont-bit-only"]),
      beats: [
        {
          caption:
            "Later kernels let the step that adds `CONT` set this one bit only. The PTEs stay invalid. They carry a bit that means nothing there, and whoever looks for it alone may take them for a block.",
          moves: [{ actors: ["CPU0"], until: "CPU0 finished" }],
          focus: { entries: "0-15" },
          checks: ["entries 0-15 all not valid", "entries 0-15 all present", "entries 0-15 all cont", "block 0 is not folded"],
        },
      ],
      expect: { violates: ["cont-implies-valid"] },
    },
    {
      title: "After",
      scenario: sceneOf("A batch of PROT_NONE pages stays as it is", []),
      beats: [
        {
          caption: "The fix: PTEs that are not valid are stored as they are. Only what hardware may take can be a block.",
          moves: [{ actors: ["CPU0"], until: "CPU0 finished" }],
          focus: { entries: "0-15", line: "CPU0" },
          checks: ["entries 0-15 all present", "entries 0-15 all not valid", "entries 0-15 all not cont", "entry 0 = 0x60000001000f82"],
        },
        {
          caption: "CPU1 faults as it should, and for a page that Linux had marked CPU2 knows what to do: 3 stands for `do_numa_page`.",
          moves: [
            { actors: ["CPU1"], until: "CPU1 finished" },
            { actors: ["CPU2"], until: "CPU2 finished" },
          ],
          focus: { entries: "5", line: "CPU2" },
          checks: ["CPU1 got fault-translation", "CPU2 returned 3"],
        },
      ],
      expect: { violates: [] },
    },
  ],
};
