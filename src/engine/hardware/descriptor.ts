/**
 * A stage-1 level-3 page descriptor: the 64-bit word that Linux calls a PTE.
 * Bit positions are those of Arm ARM D8.3 (VMSAv8-64 descriptor formats) and
 * arch/arm64/include/asm/pgtable-{hwdef,prot}.h; where hardware leaves a bit to
 * software the name is Linux's.
 */

declare const pteBrand: unique symbol;
declare const pfnBrand: unique symbol;

/** One 64-bit descriptor, unsigned. */
export type Pte = bigint & { readonly [pteBrand]: true };
/** A page frame number: an output address divided by the page size. */
export type Pfn = bigint & { readonly [pfnBrand]: true };
/** A position in the page table, 0 = the entry that maps `va`. */
export type EntryIndex = number;

export const asPte = (word: bigint): Pte => BigInt.asUintN(64, word) as Pte;
export const asPfn = (frame: bigint): Pfn => frame as Pfn;

const bit = (n: number): bigint => 1n << BigInt(n);

export const BIT = {
  VALID: bit(0),
  /** Must be 1 for a level-3 page; VALID and TABLE together are PTE_TYPE_PAGE. */
  TABLE: bit(1),
  /** Memory type: an index into MAIR_EL1. */
  ATTR_INDEX: 7n << 2n,
  /** AP[1]: EL0 may access. */
  USER: bit(6),
  /** AP[2]: read-only. Hardware may clear it (a dirty update), never set it. */
  RDONLY: bit(7),
  /** Access flag. Hardware may set it. */
  AF: bit(10),
  /** Non-global; with VALID clear Linux reads it as PTE_PRESENT_INVALID. */
  NG: bit(11),
  /** Guarded page: branches must land on landing pads. */
  GP: bit(50),
  /** Dirty-bit modifier to hardware, PTE_WRITE to Linux. */
  DBM: bit(51),
  /** The contiguous hint. */
  CONT: bit(52),
  PXN: bit(53),
  UXN: bit(54),
  /** Linux's software dirty bit. */
  DIRTY: bit(55),
  SPECIAL: bit(56),
  /** Linux 6.12: memory of a device, set together with SPECIAL. */
  DEVMAP: bit(57),
  UFFD_WP: bit(58),
  /** Protection key (FEAT_S1POE). */
  PO_INDEX: 7n << 60n,
} as const;

export const NONE = asPte(0n);

export const has = (pte: Pte, mask: bigint): boolean => (pte & mask) !== 0n;
export const set = (pte: Pte, mask: bigint): Pte => asPte(pte | mask);
export const clear = (pte: Pte, mask: bigint): Pte => asPte(pte & ~mask);

export const isValid = (pte: Pte): boolean => has(pte, BIT.VALID);
export const isCont = (pte: Pte): boolean => has(pte, BIT.CONT);

/** `0x…`, lower case, no leading zeros: how every document and message spells a word. */
export const hex = (word: bigint): string => `0x${word.toString(16)}`;
