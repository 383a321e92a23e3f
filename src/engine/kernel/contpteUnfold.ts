/** contpte_try_unfold(), __contpte_try_unfold(): gives a block's entries back their independence. */
import type { EntryIndex, Pte } from "../hardware/descriptor.ts";
import { contpteConvert } from "./contpteConvert.ts";
import { type Kernel, mmIsUser } from "./kernel.ts";
import { listing } from "./listing.ts";
import { isValidCont, mknoncont } from "./pte.ts";
import { type Script, site, within } from "./script.ts";

/** @param pte what the caller has just read at `index` */
export function* contpteTryUnfold(k: Kernel, index: EntryIndex, pte: Pte): Script<void> {
  if (!isValidCont(pte)) return;
  yield* within(site("contpte_try_unfold.unfold"), contpteTryUnfoldBlock(k, index, pte));
}

function* contpteTryUnfoldBlock(k: Kernel, index: EntryIndex, pte: Pte): Script<void> {
  if (!mmIsUser(k)) return;
  yield* within(site("__contpte_try_unfold.convert"), contpteConvert(k, index, mknoncont(pte)));
}

export const contpteTryUnfoldListing = listing("contpte_try_unfold", "arch/arm64/include/asm/pgtable.h", [
  "contpte_try_unfold(mm, addr, ptep, pte)",
  "  if pte is not valid or has no CONT: return",
  ["  __contpte_try_unfold(mm, addr, ptep, pte)", "unfold", 1601],
]);

export const contpteTryUnfoldBlockListing = listing("__contpte_try_unfold", "arch/arm64/mm/contpte.c", [
  "__contpte_try_unfold(mm, addr, ptep, pte)",
  "  if mm is not a user mm: return",
  ["  contpte_convert(mm, addr, ptep, pte without CONT)", "convert", 151],
]);
