/**
 * How core mm finds runs of entries that it can handle as one, so that contpte need not
 * unfold: pages of one large folio with the same protection, or neighbouring swap slots.
 */
import type { EntryIndex, Pte } from "../../hardware/descriptor.ts";
import { pfnOf } from "../../hardware/granule.ts";
import { type Folio, folioOf, type Kernel } from "../kernel.ts";
import { listing } from "../listing.ts";
import { advancePfn, isDirty, isSpecial, isWrite, isYoung, mkclean, mkold, wrprotect } from "../pte.ts";
import { pteBatchHint } from "../ptep/pteBatchHint.ts";
import { ptepGet } from "../ptep/ptepGet.ts";
import { type Script, site, within } from "../script.ts";
import { nextSwapOffset } from "../swap.ts";

/** vm_normal_folio(): undefined for special entries, which have none. */
export const normalFolio = (k: Kernel, pte: Pte): Folio | undefined => (isSpecial(pte) ? undefined : folioOf(k, pfnOf(k.granule, pte)));

/** folio_test_large(). */
export const isLarge = (folio: Folio): boolean => folio.pages > 1;

export interface Batch {
  /** Entries, at least 1. */
  readonly nr: number;
  /** Of those after the first. */
  readonly anyWritable: boolean;
  readonly anyYoung: boolean;
  readonly anyDirty: boolean;
}

/**
 * folio_pte_batch().
 * @param pte what was read at `index`
 * @param most entries to consider
 * @param ignoreDirty FPB_IGNORE_DIRTY
 */
export function* folioPteBatch(k: Kernel, folio: Folio, index: EntryIndex, pte: Pte, most: number, ignoreDirty: boolean): Script<Batch> {
  const left = Number(folio.pfn + BigInt(folio.pages) - pfnOf(k.granule, pte));
  const max = Math.min(most, left);
  const clearIgnored = (value: Pte): Pte => wrprotect(mkold(ignoreDirty ? mkclean(value) : value));

  let nr = pteBatchHint(k, index, pte);
  let expected = clearIgnored(advancePfn(k.granule, pte, nr));
  let [anyWritable, anyYoung, anyDirty] = [false, false, false];
  while (nr < max) {
    const at = site("folio_pte_batch.read", { nr, max, expected, anyWritable, anyYoung, anyDirty, ignoreDirty });
    const entry = yield* within(at, ptepGet(k, index + nr));
    if (clearIgnored(entry) !== expected) break;
    anyWritable ||= isWrite(entry);
    anyYoung ||= isYoung(entry);
    anyDirty ||= isDirty(entry);
    const hint = pteBatchHint(k, index + nr, entry);
    expected = advancePfn(k.granule, expected, hint);
    nr += hint;
  }
  return { nr: Math.min(nr, max), anyWritable, anyYoung, anyDirty };
}

export const folioPteBatchListing = listing("folio_pte_batch", "mm/internal.h", [
  "folio_pte_batch(folio, addr, start_ptep, pte, max_nr, flags)",
  "  max_nr ← no more than the folio has left",
  "  nr ← pte_batch_hint(start_ptep, pte)",
  "  expected ← pte, old and write-protected, frame + nr",
  "  while nr < max_nr",
  ["    pte ← ptep_get(start_ptep + nr)", "read", 232],
  "    if pte, old and write-protected, ≠ expected: break",
  "    nr and expected's frame += pte_batch_hint(ptep, pte)",
  "  return nr, no more than max_nr",
]);

/** swap_pte_batch(). @returns entries, at least 1 */
export function* swapPteBatch(k: Kernel, index: EntryIndex, most: number, pte: Pte): Script<number> {
  let expected = nextSwapOffset(pte);
  let nr = 1;
  for (; nr < most; nr++) {
    const entry = yield* within(site("swap_pte_batch.read", { nr, expected, most }), ptepGet(k, index + nr));
    if (entry !== expected) break;
    expected = nextSwapOffset(expected);
  }
  return nr;
}

export const swapPteBatchListing = listing("swap_pte_batch", "mm/internal.h", [
  "swap_pte_batch(start_ptep, max_nr, pte)",
  "  expected ← pte, swap offset + 1",
  "  for each further entry",
  ["    pte ← ptep_get(ptep)", "read", 330],
  "    if pte ≠ expected: break",
  "    expected ← expected, swap offset + 1",
  "  return how many matched",
]);
