/**
 * Linux's predicates and modifiers on a PTE value, bit for bit
 * (arch/arm64/include/asm/pgtable.h, 6.12.117). Pure.
 */
import { asPte, BIT, clear, has, isCont, isValid, type Pte, set } from "../hardware/descriptor.ts";
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

/** pte_present_invalid: not valid to hardware, but present to Linux, which reads NG so when VALID is clear. */
export const isPresentInvalid = (pte: Pte): boolean => !isValid(pte) && has(pte, BIT.NG);
export const isPresent = (pte: Pte): boolean => isValid(pte) || isPresentInvalid(pte);
/** pte_protnone: the encoding of PROT_NONE, and of NUMA hints. */
export const isProtnone = (pte: Pte): boolean => isPresentInvalid(pte) && !has(pte, BIT.USER) && has(pte, BIT.UXN);
export const isDevmap = (pte: Pte): boolean => has(pte, BIT.DEVMAP);
/** pte_access_permitted, without protection keys. */
export const accessPermitted = (pte: Pte, write: boolean): boolean => isValid(pte) && has(pte, BIT.USER) && (!write || isWrite(pte));

export const mkold = (pte: Pte): Pte => clear(pte, BIT.AF);
export const mkyoung = (pte: Pte): Pte => set(pte, BIT.AF);
export const mkclean = (pte: Pte): Pte => set(clear(pte, BIT.DIRTY), BIT.RDONLY);
export const mkdirty = (pte: Pte): Pte => {
  const dirty = set(pte, BIT.DIRTY);
  return isWrite(dirty) ? clear(dirty, BIT.RDONLY) : dirty;
};
export const wrprotect = (pte: Pte): Pte => {
  const kept = isHwDirty(pte) ? set(pte, BIT.DIRTY) : pte;
  return set(clear(kept, BIT.DBM), BIT.RDONLY);
};
export const mknoncont = (pte: Pte): Pte => clear(pte, BIT.CONT);
export const mkinvalid = (pte: Pte): Pte => clear(set(pte, BIT.NG), BIT.VALID);

/** pgprot of a pte with the access and dirty state taken out: every bit but the address, AF and DIRTY, RDONLY forced. */
export const protIgnoringAD = (g: Granule, pte: Pte): Pte => withPfn(g, mkold(mkclean(pte)), 0n);
/** Past the last frame the sum carries into the bits above the address, as in C. */
export const advancePfn = (g: Granule, pte: Pte, nr: number): Pte =>
  asPte((pte & ~g.addressMask) | ((pfnOf(g, pte) + BigInt(nr)) << BigInt(g.pageShift)));

/** Adds to `pte` the access and dirty state that `from` carries. */
export const gatherAD = (pte: Pte, from: Pte): Pte => {
  const dirty = isDirty(from) ? mkdirty(pte) : pte;
  return isYoung(from) ? mkyoung(dirty) : dirty;
};

/** PAGE_SHARED, PAGE_READONLY and PAGE_NONE of arch/arm64/include/asm/pgtable-prot.h, AF clear. */
export const PROTS = { rw: 0x0068000000000bc3n, ro: 0x0060000000000bc3n, none: 0x0060000000000b82n } as const;
export type Prot = keyof typeof PROTS;

/** What pte_modify() takes from the new protection: what hardware permits, but neither AF nor dirty nor CONT. */
const MODIFIED = BIT.USER | BIT.PXN | BIT.UXN | BIT.RDONLY | BIT.NG | BIT.VALID | BIT.DBM | BIT.GP | BIT.ATTR_INDEX | BIT.PO_INDEX;

/** pte_modify: dirty by hardware becomes dirty by software, and is hardware's again if the entry stays writable. */
export const modify = (pte: Pte, prot: bigint): Pte => {
  const kept = isHwDirty(pte) ? set(pte, BIT.DIRTY) : pte;
  const modified = asPte((kept & ~MODIFIED) | (prot & MODIFIED));
  return isSwDirty(modified) ? mkdirty(modified) : modified;
};
