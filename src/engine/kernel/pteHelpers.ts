/** The pte helpers that differ between kernels, and those a scenario may apply to a returned pte. */
import { BIT, clear, type Pte, set } from "../hardware/descriptor.ts";
import type { Code, Kernel } from "./kernel.ts";
import { isSwDirty, mkclean, mkdirty, mkinvalid, mknoncont, mkold, mkyoung, wrprotect } from "./pte.ts";

/** pte_mkwrite_novma: writable to hardware only if it is dirty already, since 143937ca51cc (v6.18, and 6.12.y). */
const mkwrite = (pte: Pte): Pte => {
  const writable = set(pte, BIT.DBM);
  return isSwDirty(writable) ? clear(writable, BIT.RDONLY) : writable;
};

/** pte_mkcont: sets the page type too, so that it turns an invalid entry valid. */
const mkcont = (pte: Pte): Pte => set(pte, BIT.CONT | BIT.VALID | BIT.TABLE);

export const pteHelperCode = {
  mkwrite: { run: mkwrite, text: "WRITE set; RDONLY clear if dirty" },
  mkcont: { run: mkcont, text: "CONT set, and the page type" },
} as const satisfies Partial<Code>;

/** By the kernel's names without `pte_`. */
export const PTE_HELPERS = {
  mkold: () => mkold,
  mkyoung: () => mkyoung,
  mkclean: () => mkclean,
  mkdirty: () => mkdirty,
  mkwrite: (k) => k.code.mkwrite.run,
  wrprotect: () => wrprotect,
  mkcont: (k) => k.code.mkcont.run,
  mknoncont: () => mknoncont,
  mkinvalid: () => mkinvalid,
} as const satisfies Readonly<Record<string, (k: Kernel) => (pte: Pte) => Pte>>;

export type PteHelper = keyof typeof PTE_HELPERS;
