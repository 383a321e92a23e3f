/** What the future holds along a run, in words, signs and stretches of equal steps. Data in, data out. */
import type { Future } from "../../engine/protocol.ts";

/** Each has a word, and a sign besides its colour. */
export const FUTURE: Readonly<Record<Future, { readonly word: string; readonly sign: string; readonly about: string }>> = {
  safe: { word: "safe", sign: "✓", about: "nothing can fail any more" },
  open: { word: "can still fail", sign: "~", about: "some ways on fail, and not every one is known to" },
  doomed: { word: "doomed", sign: "✗", about: "every way on fails, or something has failed already" },
  unknown: { word: "not known", sign: "?", about: "the search did not come to what decides" },
};

export const FUTURE_NAMES = Object.keys(FUTURE) as readonly Future[];

/** Steps one after another that lead to the same future. */
export interface Stretch {
  readonly future: Future;
  readonly from: number;
  /** The step after the last. */
  readonly to: number;
}

/** @param futures before the first step and after each */
export function stretches(futures: readonly Future[], steps: number): readonly Stretch[] {
  const found: { future: Future; from: number; to: number }[] = [];
  futures.slice(1, steps + 1).forEach((future, step) => {
    const open = found.at(-1);
    if (open?.future === future) open.to = step + 1;
    else found.push({ future, from: step, to: step + 1 });
  });
  return found;
}

/** The step with which a run could first only fail, or no longer: its number, from 1. Undefined if that was so from the start. */
export function decidedBy(futures: readonly Future[]): { readonly step: number; readonly future: "safe" | "doomed" } | undefined {
  for (let step = 1; step < futures.length; step++) {
    const [before, after] = [futures[step - 1], futures[step]];
    if (before === "open" && (after === "safe" || after === "doomed")) return { step, future: after };
  }
  return undefined;
}
