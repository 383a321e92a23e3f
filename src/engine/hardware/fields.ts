/**
 * The fields of a descriptor, from bit 63 to bit 0: Arm ARM D8.3 (VMSAv8-64 page descriptors), and where hardware leaves
 * bits to software, or ignores the word because it is not valid, what Linux keeps there
 * (arch/arm64/include/asm/pgtable-{hwdef,prot}.h and, for swap entries, pgtable.h).
 */
import { BIT, has, isValid, NONE, type Pte } from "./descriptor.ts";
import type { Granule } from "./granule.ts";

export interface Field {
  readonly name: string;
  /** Both bits belong to it. */
  readonly high: number;
  readonly low: number;
  readonly value: bigint;
  /** What this value says. */
  readonly says: string;
}

interface FieldSpec {
  readonly name: string;
  readonly high: number;
  readonly low: number;
  says(value: bigint, pte: Pte): string;
}

const bits = (name: string, high: number, low: number, says: (value: bigint, pte: Pte) => string): FieldSpec => ({ name, high, low, says });
const bit = (name: string, at: number, set: string, clear: string): FieldSpec =>
  bits(name, at, at, (value) => (value === 1n ? set : clear));
const unused = (high: number, low: number): FieldSpec =>
  bits("unused", high, low, (value) => (value === 0n ? "zero" : "not zero, means nothing here"));

const SHAREABLE: Readonly<Record<string, string>> = { 0: "not shareable", 1: "reserved", 2: "outer shareable", 3: "inner shareable" };

/** Of what is present to Linux: translated by hardware, or not. */
const present = ({ pageShift }: Granule): readonly FieldSpec[] => [
  unused(63, 63),
  bits("POIndex", 62, 60, (value) => `protection key ${value}`),
  unused(59, 59),
  bit("uffd-wp", 58, "userfaultfd write-protects it", "no userfaultfd"),
  bit("devmap", 57, "device memory", "no device memory"),
  bit("special", 56, "no struct page", "an ordinary page"),
  bit("dirty", 55, "dirty, says software", "not said by software"),
  bit("UXN", 54, "no execution by user", "executable by user"),
  bit("PXN", 53, "no execution by kernel", "executable by kernel"),
  bit("CONT", 52, "in a contiguous block", "stands alone"),
  bit("DBM", 51, "may be written", "may not be written"),
  bit("GP", 50, "guarded page", "not guarded"),
  bits("address", 49, pageShift, (value) => `frame 0x${value.toString(16)}`),
  ...(pageShift > 12 ? [unused(pageShift - 1, 12)] : []),
  bits("nG", 11, 11, (value, pte) => {
    if (!isValid(pte)) return value === 1n ? "present, though not valid" : "not present to Linux";
    return value === 1n ? "one address space's" : "global";
  }),
  bit("AF", 10, "accessed: young", "not accessed: old"),
  bits("SH", 9, 8, (value) => SHAREABLE[`${value}`] ?? ""),
  bits("RDONLY", 7, 7, (value, pte) => {
    if (value === 1n) return "read-only, AP[2]";
    return has(pte, BIT.DBM) ? "writable, so dirty, AP[2]" : "writable, AP[2]";
  }),
  bit("USER", 6, "user access, AP[1]", "kernel only, AP[1]"),
  bit("NS", 5, "non-secure", "of no matter here"),
  bits("AttrIndx", 4, 2, (value) => `memory type ${value}`),
  bit("type", 1, "a page", "reserved at level 3"),
  bit("valid", 0, "hardware translates it", "hardware stops here"),
];

/** Of what is swapped out, or migrating: hardware looks at bit 0 alone. */
const SWAP: readonly FieldSpec[] = [
  unused(63, 62),
  bits("offset", 61, 12, (value) => `slot 0x${value.toString(16)} of the area`),
  bit("present-invalid", 11, "present to Linux", "not present"),
  bits("type", 10, 6, (value) => `swap area ${value}`),
  unused(5, 4),
  bit("uffd-wp", 3, "userfaultfd write-protects it", "no userfaultfd"),
  bit("exclusive", 2, "mapped only here", "may be mapped elsewhere"),
  unused(1, 1),
  bit("valid", 0, "hardware translates it", "hardware stops here"),
];

const EMPTY: readonly FieldSpec[] = [bits("none", 63, 0, () => "nothing is mapped")];

/**
 * @param like another word, whose fields these bits are to be read as: what an empty entry was, or will be
 * @returns every bit in one field, from the highest down
 */
export function fieldsOf(granule: Granule, pte: Pte, like: Pte = pte): readonly Field[] {
  return layoutOf(granule, like).map(({ name, high, low, says }) => {
    const value = (pte >> BigInt(low)) & ((1n << BigInt(high - low + 1)) - 1n);
    return { name, high, low, value, says: says(value, pte) };
  });
}

function layoutOf(granule: Granule, pte: Pte): readonly FieldSpec[] {
  if (pte === NONE) return EMPTY;
  return isValid(pte) || has(pte, BIT.NG) ? present(granule) : SWAP;
}
