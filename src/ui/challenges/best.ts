/** The fewest switches with which each challenge was met, kept across visits. */
import { keepNumbers, type Numbers, readNumbers } from "../shared/rememberedNumbers.ts";

/** By challenge; one that was never met is missing. */
export type Best = Numbers;

const KEY = "challenges";

export const readBest = (): Best => readNumbers(KEY);

/** @returns the same, if it was met with as few before */
export function withSwitches(best: Best, challenge: string, switches: number): Best {
  const fewest = best[challenge];
  return fewest !== undefined && fewest <= switches ? best : { ...best, [challenge]: switches };
}

export const keepBest = (best: Best): void => keepNumbers(KEY, best);
