/**
 * contpte_try_fold(), __contpte_try_fold(): makes a contiguous block of sixteen (128, 32)
 * single entries, when the entry just written is the last of the block and every
 * entry turns out to fit.
 */
import { type EntryIndex, isCont, isValid, type Pte } from "../../hardware/descriptor.ts";
import { blockPfn, pfnOf, withPfn } from "../../hardware/granule.ts";
import { addressOf, alignDown, type Code, folioOf, type Kernel } from "../kernel.ts";
import { type Listing, listing } from "../listing.ts";
import { rawGet } from "../primitives.ts";
import { advancePfn, isSpecial, mkclean, mkold } from "../pte.ts";
import { type Script, site, within } from "../script.ts";

/**
 * Only the last entry of a block is worth the try: pages are mapped upwards, so the
 * others are there when it comes. Its frame must be the last of an aligned run too.
 */
function completesBlock(k: Kernel, index: EntryIndex, pte: Pte): boolean {
  const last = k.granule.contPtes - 1;
  return index % k.granule.contPtes === last && placeInRun(k, pte) === last;
}

/** Where an entry's frame stands in its aligned run of frames. */
export const placeInRun = (k: Kernel, pte: Pte): number => Number(pfnOf(k.granule, pte) % BigInt(k.granule.contPtes));

/** Pure up to the call of __contpte_try_fold(): no access is made unless a fold is worth trying. */
export function* contpteTryFold(k: Kernel, index: EntryIndex, pte: Pte): Script<void> {
  if (!k.code.foldAttempt.run(k, index, pte)) return;
  if (!isValid(pte) || isCont(pte) || isSpecial(pte)) return;
  yield* within(site("contpte_try_fold.fold", {}, { index, pte }), contpteTryFoldBlock(k, index, pte));
}

function* contpteTryFoldBlock(k: Kernel, index: EntryIndex, pte: Pte): Script<void> {
  if (!k.code.mmIsUser.run(k) || !folioCoversBlock(k, index, pfnOf(k.granule, pte))) return;

  const start = alignDown(k, index);
  const first = withPfn(k.granule, mkold(mkclean(pte)), blockPfn(k.granule, pfnOf(k.granule, pte)));
  for (let i = 0; i < k.granule.contPtes; i++) {
    const expected = advancePfn(k.granule, first, i);
    const entry = yield* rawGet(site("__contpte_try_fold.check", { i, pte }, { expected }), start + i);
    if (!k.code.foldFits.run(mkold(mkclean(entry)), expected)) return;
  }
  yield* within(site("__contpte_try_fold.convert", {}, { pte }), k.code.convert.run(k, index, k.code.mkcont.run(pte)));
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

export const foldCode = {
  foldAttempt: {
    run: completesBlock,
    lines: () => ["  if addr is not the last page of its block: return", "  if pte's frame is not the last of an aligned run: return"],
  },
  foldFits: { run: (entry, expected) => entry === expected, text: "entry without access and dirty ≠ expected" },
} as const satisfies Partial<Code>;

export const contpteTryFoldListing = (code: Code): Listing =>
  listing("contpte_try_fold", "arch/arm64/include/asm/pgtable.h", [
    "contpte_try_fold(mm, addr, ptep, pte)",
    ...code.foldAttempt.lines(code),
    "  if pte is not valid, has CONT or is special: return",
    ["  __contpte_try_fold(mm, addr, ptep, pte)", "fold", 1593],
  ]);

export const contpteTryFoldBlockListing = (code: Code): Listing =>
  listing("__contpte_try_fold", "arch/arm64/mm/contpte.c", [
    "__contpte_try_fold(mm, addr, ptep, pte)",
    `  if mm is ${code.mmIsUser.text}: return`,
    "  if pte's folio does not cover the block: return",
    "  for each slot i of the block",
    "    expected ← pte without access and dirty, frame i",
    ["    entry ← read slot i", "check", 128],
    `    if ${code.foldFits.text}: return`,
    ["  contpte_convert(mm, addr, ptep, pte with CONT)", "convert", 136],
  ]);
