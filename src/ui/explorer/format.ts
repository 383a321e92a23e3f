/** Numbers as the explorer tells them: whole ones in groups of three, huge ones in short with the exact number beside. */
const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** Decimals of this many digits and fewer are read at a glance. */
const GLANCE = 9;

export const grouped = (value: number | string): string => `${value}`.replace(/\B(?=(?:\d{3})+$)/g, ",");

/** `decimal` in short: 2.98 × 10¹². */
export function inShort(decimal: string): string {
  if (decimal.length <= GLANCE) return grouped(decimal);
  const rounded = Number(`${decimal[0]}.${decimal.slice(1, 12)}`).toFixed(2);
  // 9.996 is 10.00 after rounding.
  const carries = rounded.startsWith("10");
  const exponent = `${decimal.length - 1 + (carries ? 1 : 0)}`;
  return `${carries ? "1.00" : rounded} × 10${[...exponent].map((digit) => SUPERSCRIPTS[Number(digit)]).join("")}`;
}

/** An estimate, which no digit beyond the second of would be true of. */
export const about = (value: number): string => inShort(BigInt(Math.round(Number(value.toPrecision(2)))).toString());

/** How much of the whole a part is. Never 0 % of what there is, nor 100 % of what is not all. */
export function share(part: string, whole: string): string {
  const [of, all] = [BigInt(part), BigInt(whole)];
  if (all === 0n || of === 0n) return "0 %";
  if (of === all) return "100 %";
  const thousandths = Number((of * 2000n + all) / (2n * all));
  if (thousandths === 0) return "< 0.1 %";
  if (thousandths === 1000) return "> 99.9 %";
  return `${(thousandths / 10).toFixed(1)} %`;
}

export function duration(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
}

export const megabytes = (value: number): string => `${grouped(Math.round(value))} MB`;

/** @param one of a thing that takes an s for many */
export const count = (n: number, one: string, many = `${one}s`): string => `${grouped(n)} ${n === 1 ? one : many}`;

/** One after another, as in a sentence. */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
