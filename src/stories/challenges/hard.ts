/** Several moments to hit, one after another. */
import type { Challenge } from "../../engine/protocol.ts";
import { folded, LAST_PTE, reader, scene, user, writer } from "../stories/scenes.ts";

/** The last page leaves a block and comes back: it is unfolded, and folded again. */
const outAndBack = writer({ fn: "ptep_get_and_clear", index: 15 }, LAST_PTE);

export const thrownBack: Challenge = {
  id: "thrown-back",
  level: "hard",
  title: "Thrown back, and yet a block",
  task: "CPU0 takes page 15 out and puts it back, which unfolds the block and folds it again. Make CPU1 begin again at least once, and return a value with `CONT` in the end.",
  scenario: scene("An unfold, a fold, and a reader", [], folded(), outAndBack, reader(0)),
  goal: { so: "CPU1 retried and CPU1 returned cont" },
  teaches:
    "A reader that finds the block in pieces forgets what it has gathered and looks again. So what it returns in the end is of one block alone, here the new one, however long it was on its way.",
  par: 3,
};

export const staleWrite: Challenge = {
  id: "stale-write",
  level: "hard",
  title: "Written after it was unmapped",
  task: "CPU0 unmaps page 9, maps page 20, and only then flushes page 9. CPU1 writes pages 9, 20 and 9. Let it write page 20 and then, although page 9 is gone from the table, page 9.",
  scenario: scene(
    "A flush that comes late",
    [],
    {
      entries: 32,
      folios: [
        { pfn: "0x1000", pages: 16 },
        { pfn: "0x2000", pages: 16 },
      ],
      ptes: [{ index: 0, count: 16, pfn: "0x1000", prot: "rw", flags: ["cont", "young"] }],
    },
    writer(
      { fn: "ptep_get_and_clear", index: 9 },
      { fn: "set_ptes", index: 20, nr: 1, pte: "0x68000002004fc3" },
      { fn: "flush_tlb_page", index: 9 },
    ),
    user({ rw: "write", index: 9 }, { rw: "write", index: 20 }, { rw: "write", index: 9 }),
  ),
  goal: { so: "CPU1 access 2 got ok and CPU1 access 3 got ok" },
  teaches:
    "The unfold flushes the block, so what CPU1 has cached before is gone. What it caches between the unfold and the unmap stays, and lets it write until the flush. So a page is not given away before its flush has completed.",
  par: 3,
};

export const inAndOut: Challenge = {
  id: "in-and-out",
  level: "hard",
  title: "In and out",
  task: "CPU0 takes page 15 out and puts it back: an unfold, then a fold. CPU1 writes page 5 three times. Let the first write fault, the second succeed and the third fault.",
  scenario: scene(
    "Two holes and a write between",
    [],
    folded(),
    outAndBack,
    user({ rw: "write", index: 5 }, { rw: "write", index: 5 }, { rw: "write", index: 5 }),
  ),
  goal: { so: "CPU1 access 1 got fault-translation and CPU1 access 2 got ok and CPU1 access 3 got fault-translation" },
  teaches:
    "A fold opens the same hole as an unfold, and flushes: what CPU1 cached in between does not help it. To toggle one page of a block costs everybody who uses the block two holes and two flushes.",
  par: 5,
};

export const allAtOnce: Challenge = {
  id: "all-at-once",
  level: "hard",
  title: "All at once",
  task: "CPU0 unfolds the block and folds it again. Let CPU2's first write of page 5 fault and its second succeed. Let CPU1 begin again, and return a dirty value with `CONT` for page 0.",
  scenario: scene("Three actors and one block", [], folded(), outAndBack, reader(0), {
    name: "CPU2",
    kind: "mmu",
    accesses: [
      { rw: "write", index: 5 },
      { rw: "write", index: 5 },
    ],
  }),
  goal: { so: "CPU2 access 1 got fault-translation and CPU1 retried and CPU1 returned cont and CPU1 returned dirty" },
  teaches:
    "Page 0 was never written, and its value says dirty: a block has one dirty state for all its pages. Fault, retry and fold came between the mark and its reader, and it was kept.",
  par: 5,
};
