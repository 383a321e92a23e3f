/** Pieces of C for a model: constant tables in the narrowest type, and bit masks. */

/** A constant table. It stands outside the state vector. */
export function table(name: string, values: readonly number[]): string {
  return `static const ${typeFor(values)} ${name}[] = {${(values.length > 0 ? values : [0]).join(",")}};`;
}

/** The narrowest type that holds all of these. */
export function typeFor(values: readonly number[]): string {
  const [low, high] = values.reduce(([a, b], value) => [Math.min(a, value), Math.max(b, value)], [0, 0]);
  if (low >= 0 && high < 1 << 8) return "unsigned char";
  if (low >= -(1 << 15) && high < 1 << 15) return "short";
  return "int";
}

/** The bits in which numbers below `count` fit. */
export const bitsFor = (count: number): number => Math.max(1, 32 - Math.clz32(Math.max(1, count - 1)));

/** C's 32-bit word with these bits set. */
export const mask = (bits: readonly number[]): number => bits.reduce((all, bit) => all | (1 << bit), 0) | 0;
