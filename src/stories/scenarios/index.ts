/** The scenarios that come with the page, by the name a link gives them. */
import type { ScenarioDocument } from "../../engine/protocol.ts";
import { batchAndFold } from "./batchAndFold.ts";
import { faultLoop } from "./faultLoop.ts";
import { forkRace } from "./forkRace.ts";
import { pinRace } from "./pinRace.ts";
import { unfoldRace } from "./unfoldRace.ts";
import { unfoldRaceDirty } from "./unfoldRaceDirty.ts";

export interface ReadyScenario {
  /** Appears in links: never changes. */
  readonly name: string;
  readonly document: ScenarioDocument;
  /** One sentence on what to watch. */
  readonly about: string;
}

export const READY_SCENARIOS: readonly [ReadyScenario, ...ReadyScenario[]] = [
  {
    name: "unfold-race",
    document: unfoldRace,
    about:
      "CPU0 takes page 4 out of a folded block while CPU1 reads page 9 without the lock. Step CPU1 a few times, let CPU0 clear some slots, and see CPU1 start again.",
  },
  {
    name: "unfold-race-dirty",
    document: unfoldRaceDirty,
    about: "The same race, and CPU2 writes page 12 in between: its dirty bit may land before the unfold, after it, or fault in the middle.",
  },
  {
    name: "batch-and-fold",
    document: batchAndFold,
    about:
      "One set_ptes maps a whole block at once, CONT from the first store on. Another writes only the last entry of a block, which then folds.",
  },
  {
    name: "pin-race",
    document: pinRace,
    about:
      "CPU1 pins page 9 without a lock: it reads, takes a reference and looks again. Let CPU0 clear slots, or CPU2 write, between its two looks: the pin is given back.",
  },
  {
    name: "fork-race",
    document: forkRace,
    about:
      "CPU0 forks: a whole block is write-protected and stays folded, pages of other kinds are handled one by one. CPU1 waits for the block to be of one kind; CPU2 writes as long as its TLB lets it.",
  },
  {
    name: "fault-loop",
    document: faultLoop,
    about:
      "Press 2: a device writes page 5 and faults, for its descriptor is read-only; another page of the block is dirty. Press End: CPU0 handles the fault and finds nothing to do, and the device faults again. Then Edit…, untick the variant under Kernel, and press 2 and End again: the device can write.",
  },
];
