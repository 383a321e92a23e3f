/** One switch at the right moment. */
import type { Challenge } from "../../engine/protocol.ts";
import { folded, reader, scene, user, writer } from "../stories/scenes.ts";

export const mappedAndFaulting: Challenge = {
  id: "mapped-and-faulting",
  level: "easy",
  title: "A fault on a page that stays",
  task: "CPU0 takes page 4 out of a folded block. Page 12 is mapped before and after. Let CPU1 write page 12 and fault all the same.",
  scenario: scene(
    "Page 4 leaves, page 12 stays",
    [],
    folded(),
    writer({ fn: "ptep_get_and_clear", index: 4 }),
    user({ rw: "write", index: 12 }),
  ),
  goal: { so: "CPU1 got fault-translation" },
  teaches:
    "To unfold a block is to take it out whole, flush it and write it anew. In between all its pages are gone for a moment, and hardware faults on any of them. The fault is harmless: its handler finds the page mapped again.",
  par: 1,
};

export const nothingThere: Challenge = {
  id: "nothing-there",
  level: "easy",
  title: "Nothing there, for a moment",
  task: "CPU1 reads page 9 without the lock, and CPU0 only takes out page 4. Make CPU1 return none.",
  scenario: scene("A lockless look at a page that stays", [], folded(), writer({ fn: "ptep_get_and_clear", index: 4 }), reader(9)),
  goal: { so: "CPU1 returned none" },
  teaches:
    "Whoever reads without the lock may see the hole of an unfold, and none is what the entry held at that instant. So a lockless reader never acts on none alone: it takes the lock and looks again.",
  par: 1,
};

export const threeRetries: Challenge = {
  id: "three-retries",
  level: "easy",
  title: "Start again, three times",
  task: "A lockless reader that finds its block not in one piece throws away what it has read and begins again. Make CPU1 begin again three times.",
  scenario: scene("A reader that begins again", [], folded(), writer({ fn: "ptep_get_and_clear", index: 4 }), reader(9)),
  goal: { so: "CPU1 retried >= 3" },
  teaches:
    "One pause of the writer is enough: as long as page 9 still stands with `CONT` and an entry before it is gone, the reader finds the block broken every time. It waits by trying again, and how long that takes is the writer's to decide.",
  par: 1,
};
