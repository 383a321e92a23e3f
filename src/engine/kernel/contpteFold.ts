/**
 * contpte_try_fold(), __contpte_try_fold(): makes a contiguous block of sixteen (128, 32)
 * single entries, when the entry just written is the last of the block and every
 * entry turns out to fit.
 */
import { type EntryIndex, isCont, isValid, type Pte } from "../hardware/descriptor.ts";
import { blockPfn, pfnOf, withPfn } from "../hardware/granule.ts";
import { contpteConvert } from "./contpteConvert.ts";
import { addressOf, alignDown, folioOf, type Kernel, mmIsUser } from "./kernel.ts";
import { listing } from "./listing.ts";
import { rawGet } from "./primitives.ts";
import { advancePfn, isSpecial, mkclean, mkcont, mkold } from "./pte.ts";
import { type Script, site, within } from "./script.ts";

/** Pure up to the call of __contpte_try_fold(): no access is made unless a fold is worth trying. */
export function* contpteTryFold(k: Kernel, index: EntryIndex, pte: Pte): Script<void> {
  const last = k.granule.contPtes - 1;
  const virtualLast = index % k.granule.contPtes === last;
  const physicalLast = Number(pfnOf(k.granule, pte) & BigInt(last)) === last;
  if (!virtualLast || !physicalLast) return;
  if (!isValid(pte) || isCont(pte) || isSpecial(pte)) return;
  yield* within(site("contpte_try_fold.fold", {}, { index, pte }), contpteTryFoldBlock(k, index, pte));
}

function* contpteTryFoldBlock(k: Kernel, index: EntryIndex, pte: Pte): Script<void> {
  if (!mmIsUser(k) || !folioCoversBlock(k, index, pfnOf(k.granule, pte))) return;

  const start = alignDown(k, index);
  const first = withPfn(k.granule, mkold(mkclean(pte)), blockPfn(k.granule, pfnOf(k.granule, pte)));
  for (let i = 0; i < k.granule.contPtes; i++) {
    const expected = advancePfn(k.granule, first, i);
    const entry = yield* rawGet(site("__contpte_try_fold.check", { i, pte }, { expected }), start + i);
    if (mkold(mkclean(entry)) !== expected) return;
  }
  yield* within(site("__contpte_try_fold.convert", {}, { pte }), contpteConvert(k, index, mkcont(pte)));
}

/** Whether the folio, mapped linearly around this entry, covers the entry's whole block. Addresses wrap, as in C. */
function folioCoversBlock(k: Kernel, index: EntryIndex, pfn: bigint): boolean {
  const folio = folioOf(k, pfn);
  const wrap = (address: bigint): bigint => BigInt.asUintN(64, address);
  const folioStart = wrap(addressOf(k, index) - (pfn - folio.pfn) * k.granule.pageSize);
  const folioEnd = wrap(folioStart + BigInt(folio.pages) * k.granule.pageSize);
  const contStart = addressOf(k, alignDown(k, index));
  return folioStart <= contStart && folioEnd >= wrap(contStart + k.granule.contSize);
}

export const contpteTryFoldListing = listing("contpte_try_fold", "arch/arm64/include/asm/pgtable.h", [
  "contpte_try_fold(mm, addr, ptep, pte)",
  "  if addr is not the last page of its block: return",
  "  if pte's frame is not the last of an aligned run: return",
  "  if pte is not valid, has CONT or is special: return",
  ["  __contpte_try_fold(mm, addr, ptep, pte)", "fold", 1593],
]);

export const contpteTryFoldBlockListing = listing("__contpte_try_fold", "arch/arm64/mm/contpte.c", [
  "__contpte_try_fold(mm, addr, ptep, pte)",
  "  if mm is not a user mm: return",
  "  if pte's folio does not cover the block: return",
  "  for each slot i of the block",
  "    expected ← pte without access and dirty, frame i",
  ["    entry ← read slot i", "check", 128],
  "    if entry without access and dirty ≠ expected: return",
  ["  contpte_convert(mm, addr, ptep, pte with CONT)", "convert", 136],
]);
