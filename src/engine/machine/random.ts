/** Chance without ambient randomness: a seed and a position always give the same number. */

/** The two-round multiplicative mix of MurmurHash3's finaliser. */
function mix(n: number): number {
  let h = n >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** @returns a number in `[0, below)` for this seed and step */
export const pick = (seed: number, step: number, below: number): number => mix(mix(seed) + Math.imul(step + 1, 0x9e3779b9)) % below;
