/** contpte_try_unfold(), __contpte_try_unfold(): gives a block's entries back their independence. */
import type { EntryIndex, Pte } from "../../hardware/descriptor.ts";
import { alignDown, type Code, type Kernel } from "../kernel.ts";
import { type Listing, listing } from "../listing.ts";
import { rawGet } from "../primitives.ts";
import { isValidCont, mknoncont } from "../pte.ts";
import { type Script, site, within } from "../script.ts";

/** @param pte what the caller has just read at `index` */
export function* contpteTryUnfold(k: Kernel, index: EntryIndex, pte: Pte): Script<void> {
  if (!isValidCont(pte)) return;
  yield* within(site("contpte_try_unfold.unfold", {}, { index, pte }), contpteTryUnfoldBlock(k, index, pte));
}

/** __contpte_try_unfold(). Does not look at `pte`: callers have, or should have. */
export function* contpteTryUnfoldBlock(k: Kernel, index: EntryIndex, pte: Pte): Script<void> {
  if (!k.code.mmIsUser.run(k)) return;
  yield* within(site("__contpte_try_unfold.convert", {}, { pte }), k.code.convert.run(k, index, mknoncont(pte)));
}

/**
 * contpte_try_unfold_partial(): unfolds the blocks that a range covers only a part of,
 * the one it begins in and the one it ends in. Whole blocks may stay folded.
 */
export function* contpteTryUnfoldPartial(k: Kernel, index: EntryIndex, nr: number): Script<void> {
  const last = index + nr - 1;
  if (index !== alignDown(k, index) || nr < k.granule.contPtes) {
    const first = yield* rawGet(site("contpte_try_unfold_partial.first"), index);
    yield* within(site("contpte_try_unfold_partial.unfoldFirst"), contpteTryUnfold(k, index, first));
  }
  if (last + 1 !== alignDown(k, last + 1)) {
    const pte = yield* rawGet(site("contpte_try_unfold_partial.last"), last);
    yield* within(site("contpte_try_unfold_partial.unfoldLast"), contpteTryUnfold(k, last, pte));
  }
}

export const contpteTryUnfoldListing = listing("contpte_try_unfold", "arch/arm64/include/asm/pgtable.h", [
  "contpte_try_unfold(mm, addr, ptep, pte)",
  "  if pte is not valid or has no CONT: return",
  ["  __contpte_try_unfold(mm, addr, ptep, pte)", "unfold", 1601],
]);

export const contpteTryUnfoldBlockListing = (code: Code): Listing =>
  listing("__contpte_try_unfold", "arch/arm64/mm/contpte.c", [
    "__contpte_try_unfold(mm, addr, ptep, pte)",
    `  if mm is ${code.mmIsUser.text}: return`,
    ["  contpte_convert(mm, addr, ptep, pte without CONT)", "convert", 151],
  ]);

export const contpteTryUnfoldPartialListing = listing("contpte_try_unfold_partial", "arch/arm64/mm/contpte.c", [
  "contpte_try_unfold_partial(mm, addr, ptep, nr)",
  "  if the range begins inside a block, or is shorter than one",
  ["    pte ← read first entry", "first", 38],
  ["    contpte_try_unfold(mm, addr, ptep, pte)", "unfoldFirst", 38],
  "  if it ends inside a block",
  ["    pte ← read last entry", "last", 45],
  ["    contpte_try_unfold(mm, last addr, last ptep, pte)", "unfoldLast", 44],
]);
