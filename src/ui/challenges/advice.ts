/** A hint, as long as it is of use. */
import { type Choice, type Hint, sharedChoices } from "../../engine/protocol.ts";

/** A hint, and the run at whose end it was given. */
export interface Given {
  readonly hint: Hint;
  readonly run: readonly Choice[];
}

export type Advice =
  /** So many steps of this actor, `upTo` the last of them, which leads to this position. */
  | {
      readonly kind: "go";
      readonly actor: number;
      readonly steps: number;
      readonly to: number;
      readonly upTo: string;
      readonly switches: number;
    }
  /** Back to this position. */
  | { readonly kind: "back"; readonly to: number; readonly lostBy: number }
  | { readonly kind: "stopped" };

/**
 * What a hint says to who stands at the end of `choices`. Who follows it is told the same at each step, so that it is
 * read out once; who goes another way is told nothing.
 */
export function adviceOf({ hint, run }: Given, choices: readonly Choice[]): Advice | undefined {
  switch (hint.kind) {
    case "way": {
      const way = [...run, ...hint.turn];
      const isOnIt = choices.length >= run.length && choices.length < way.length && sharedChoices(way, choices) === choices.length;
      const { actor, upTo, switches } = hint;
      return isOnIt ? { kind: "go", actor, steps: hint.turn.length, to: way.length, upTo, switches } : undefined;
    }
    case "lost": {
      const { since } = hint;
      // Whatever was done afterwards: what is lost stays lost.
      return choices.length >= since && sharedChoices(run, choices) >= since ? { kind: "back", to: since - 1, lostBy: since } : undefined;
    }
    case "stopped":
      return sharedChoices(run, choices) === run.length && choices.length === run.length ? hint : undefined;
    case "met":
      return undefined;
    default:
      return hint satisfies never;
  }
}
