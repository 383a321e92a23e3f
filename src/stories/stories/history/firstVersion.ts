import type { Story } from "../../../engine/protocol.ts";
import { folded, scene, user, writer } from "../scenes.ts";

/** Writable, clean and young, as the handler of a fault would make it: PTE 9, dirty. */
const sceneOf = (title: string, variants: readonly string[]) =>
  scene(
    title,
    variants,
    { ...folded("young"), hardwareAD: "none" },
    writer({ fn: "ptep_set_access_flags", index: 9, pte: "0xe8000001009f43", dirty: true }),
    user({ rw: "read", index: 9 }, { rw: "write", index: 9 }, { rw: "read", index: 3 }, { rw: "write", index: 9 }),
  );

/** The first version of the series widened a block's permissions and told no TLB. */
export const firstVersion: Story = {
  id: "first-version",
  shelf: "history",
  title: "The TLB that was not told",
  teaches: "A TLB may go on refusing what the table allows by now: whoever allows more of a block flushes the whole block.",
  covers: ["set-access-flags-no-tlbi"],
  acts: [
    {
      title: "The first version, June 2023",
      scenario: sceneOf("A block is made dirty without a flush", ["set-access-flags-no-tlbi"]),
      beats: [
        {
          caption:
            "A folded block of page-table entries (PTEs), writable and clean. CPU1 cannot mark PTEs itself. It reads page 9, and its TLB, the cache of translations, keeps the block: to be read only, as it is clean.",
          moves: [{ actors: ["CPU1"], until: "CPU1 access 1 got ok" }],
          focus: { entries: "0-15", tlb: "CPU1" },
          checks: ["block 0 folded", "CPU1 caches entry 9 as block", "not CPU1 caches entry 9 writable"],
        },
        {
          caption: "CPU1 writes page 9 and faults. For Linux this is the sign to mark PTE 9 dirty.",
          moves: [{ actors: ["CPU1"], until: "CPU1 got fault-permission" }],
          focus: { entries: "9", tlb: "CPU1" },
          checks: ["CPU1 got fault-permission", "entry 9 write", "entry 9 readonly"],
        },
        {
          caption: "Before Linux comes to that, CPU1 reads page 3, and its TLB has the whole block once more, page 9 included.",
          moves: [{ actors: ["CPU1"], until: "CPU1 access 3 got ok" }],
          focus: { entries: "3", tlb: "CPU1" },
          checks: ["CPU1 caches entry 9 as block", "not CPU1 caches entry 9 writable"],
        },
        {
          caption:
            "CPU0 marks PTE 9. In a block the mark goes on all sixteen, each by a `cmpxchg` (a store only if the word is still what was read), and `RDONLY` is cleared. Writing is allowed now.",
          moves: [{ actors: ["CPU0"], until: "CPU0 finished" }],
          focus: { entries: "0-15", line: "CPU0" },
          checks: ["entries 0-15 all dirty", "entries 0-15 all not readonly", "block 0 folded"],
        },
        {
          predict: {
            ask: "CPU0 is done. What does CPU1's TLB say of page 9 now?",
            answers: ["Nothing", "Read only", "Writable"],
            right: 1,
            because: "Nobody told it to forget. A TLB does not notice that the table has changed.",
          },
          caption:
            "Read only, for the whole block. A CPU may fault on what its TLB says; the handler would find nothing left to do, and return, again and again. The review found it, and the second version flushes.",
          focus: { entries: "9", tlb: "CPU1" },
          checks: ["CPU1 caches entry 9 as block", "not CPU1 caches entry 9 writable", "entry 9 dirty", "entry 9 not readonly"],
        },
      ],
      expect: { violates: ["fault-progress"] },
    },
    {
      title: "The second version",
      scenario: sceneOf("A block is made dirty with a flush", []),
      beats: [
        {
          caption: "The same with the flush. CPU0 has marked the sixteen PTEs, and CPU1's TLB still holds the block as it was.",
          moves: [
            { actors: ["CPU1"], until: "CPU1 access 3 got ok" },
            { actors: ["CPU0"], until: "entries 0-15 all dirty" },
          ],
          focus: { entries: "0-15", line: "CPU0", tlb: "CPU1" },
          checks: ["CPU1 caches entry 9 as block", "not CPU1 caches entry 9 writable"],
        },
        {
          caption: "The flush is of all sixteen pages: the TLB entry stood for all of them, so any of them may have been asked for.",
          moves: [{ actors: ["CPU0"], until: "CPU0 finished" }],
          focus: { entries: "0-15", line: "CPU0", tlb: "CPU1" },
          checks: ["not CPU1 caches entry 9"],
        },
        {
          caption: "CPU1 walks the table, and may write.",
          moves: [{ actors: ["CPU1"], until: "CPU1 finished" }],
          focus: { entries: "9", tlb: "CPU1" },
          checks: ["CPU1 access 4 got ok", "CPU1 caches entry 9 writable as block"],
        },
      ],
      expect: { violates: [] },
    },
  ],
};
