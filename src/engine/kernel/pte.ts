/**
 * Linux's predicates and modifiers on a PTE value, bit for bit
 * (arch/arm64/include/asm/pgtable.h, 6.12.117). Pure.
 */
import { BIT, clear, has, isCont, isValid, type Pte, set } from "../hardware/descriptor.ts";
import { type Granule, pfnOf, withPfn } from "../hardware/granule.ts";

export const isYoung = (pte: Pte): boolean => has(pte, BIT.AF);
export const isWrite = (pte: Pte): boolean => has(pte, BIT.DBM);
export const isReadOnly = (pte: Pte): boolean => has(pte, BIT.RDONLY);
export const isSpecial = (pte: Pte): boolean => has(pte, BIT.SPECIAL);
export const isSwDirty = (pte: Pte): boolean => has(pte, BIT.DIRTY);
/** pte_hw_dirty: writable, and RDONLY cleared by hardware or by mkdirty. */
export const isHwDirty = (pte: Pte): boolean => isWrite(pte) && !isReadOnly(pte);
export const isDirty = (pte: Pte): boolean => isSwDirty(pte) || isHwDirty(pte);
/** pte_valid_cont: the only test by which contpte code recognises a member of a block. */
export const isValidCont = (pte: Pte): boolean => isValid(pte) && isCont(pte);

export const mkold = (pte: Pte): Pte => clear(pte, BIT.AF);
export const mkyoung = (pte: Pte): Pte => set(pte, BIT.AF);
export const mkclean = (pte: Pte): Pte => set(clear(pte, BIT.DIRTY), BIT.RDONLY);
export const mkdirty = (pte: Pte): Pte => {
  const dirty = set(pte, BIT.DIRTY);
  return isWrite(dirty) ? clear(dirty, BIT.RDONLY) : dirty;
};
/** pte_mkwrite_novma: since 6.12.y makes the entry writable to hardware only if it is dirty already. */
export const mkwrite = (pte: Pte): Pte => {
  const writable = set(pte, BIT.DBM);
  return isSwDirty(writable) ? clear(writable, BIT.RDONLY) : writable;
};
export const wrprotect = (pte: Pte): Pte => {
  const kept = isHwDirty(pte) ? set(pte, BIT.DIRTY) : pte;
  return set(clear(kept, BIT.DBM), BIT.RDONLY);
};
/** pte_mkcont: sets the page type too, so that it turns an invalid entry valid. */
export const mkcont = (pte: Pte): Pte => set(pte, BIT.CONT | BIT.VALID | BIT.TABLE);
export const mknoncont = (pte: Pte): Pte => clear(pte, BIT.CONT);
export const mkinvalid = (pte: Pte): Pte => clear(set(pte, BIT.NG), BIT.VALID);

/** pgprot of a pte with the access and dirty state taken out: every bit but the address, AF and DIRTY, RDONLY forced. */
export const protIgnoringAD = (g: Granule, pte: Pte): Pte => withPfn(g, mkold(mkclean(pte)), 0n);
export const advancePfn = (g: Granule, pte: Pte, nr: number): Pte => withPfn(g, pte, pfnOf(g, pte) + BigInt(nr));

/** Adds to `pte` the access and dirty state that `from` carries. */
export const gatherAD = (pte: Pte, from: Pte): Pte => {
  const dirty = isDirty(from) ? mkdirty(pte) : pte;
  return isYoung(from) ? mkyoung(dirty) : dirty;
};

/** The helpers a scenario may apply to a returned pte, by the kernel's names without `pte_`. */
export const PTE_HELPERS = {
  mkold,
  mkyoung,
  mkclean,
  mkdirty,
  mkwrite,
  wrprotect,
  mkcont,
  mknoncont,
  mkinvalid,
} as const satisfies Readonly<Record<string, (pte: Pte) => Pte>>;

export type PteHelper = keyof typeof PTE_HELPERS;
