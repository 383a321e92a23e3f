/** The scenarios that come with the page, by the name a link gives them. */
import type { ScenarioDocument } from "../../engine/protocol.ts";
import { batchAndFold } from "./batchAndFold.ts";
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
];
