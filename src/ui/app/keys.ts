/** The keys of the page: one list that the handler acts on and the help shows. */
import type { Lab } from "../store/lab.ts";

export interface KeyCommand {
  /** Values of KeyboardEvent.key. */
  readonly keys: readonly string[];
  /** How help spells them. */
  readonly shown: readonly string[];
  readonly does: string;
  readonly run: (lab: Lab, key: string) => void;
}

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

export const KEY_COMMANDS: readonly KeyCommand[] = [
  {
    keys: ["ArrowRight"],
    shown: ["→"],
    does: "Step forward: along the recorded run, then on with the actor that moved last",
    run: (lab) => lab.forward(),
  },
  { keys: ["ArrowLeft", "Backspace"], shown: ["←", "Backspace"], does: "Step back", run: (lab) => lab.back() },
  {
    keys: DIGITS,
    shown: ["1", "…", "9"],
    does: "Step that actor; a list opens where it has several moves",
    run: (lab, key) => lab.stepActor(Number(key) - 1),
  },
  { keys: ["r"], shown: ["r"], does: "Random step, by the seed shown", run: (lab) => lab.stepRandom() },
  { keys: ["Home"], shown: ["Home"], does: "Go to the start", run: (lab) => lab.seek(0) },
  { keys: ["End"], shown: ["End"], does: "Go to the last recorded step; from there, run to the end", run: (lab) => lab.toEnd() },
];

/** The explorer's and the list's own, acted on by them; listed with the others. */
export const EXPLORE_KEY = "e";
export const HELP_KEY = "?";
