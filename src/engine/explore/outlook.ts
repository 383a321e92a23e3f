/** Says early when a search is likely not to come to its end. */
import type { Bounds } from "./explore.ts";
import type { Progress } from "./search.ts";

/** Layers that must be there before their growth says anything. */
const ENOUGH_LAYERS = 4;

/**
 * The states found at each depth first grow in number and then shrink again, about as
 * slowly. So where they still grow, about as many again as there are must follow, and
 * those of the depths until the turn, which is at least half as far again.
 * @returns the number of states it may come to at least, if that is more than it may have
 */
export function likelyStates({ states, depth, growth }: Progress, bounds: Bounds): number | undefined {
  if (depth < ENOUGH_LAYERS || growth <= 1) return undefined;
  const expected = 2 * states * growth ** (depth / 2);
  return expected > bounds.states ? expected : undefined;
}
