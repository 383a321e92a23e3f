/**
 * MADV_FREE makes pages old and clean, so that reclaim may drop them; MADV_COLD makes
 * them old. Both work on whole large folios. One that is covered in part would have to be
 * split first: here somebody else holds its lock, and it is left alone. The flush follows
 * with tlb_finish_mmu().
 */
import { type EntryIndex, NONE, type Pte } from "../../hardware/descriptor.ts";
import type { Kernel } from "../kernel.ts";
import { listing } from "../listing.ts";
import { isDirty, isPresent, isYoung } from "../pte.ts";
import { ptepGet } from "../ptep/ptepGet.ts";
import { clearYoungDirtyPtes } from "../ptep/youngDirty.ts";
import { perform, type Script, site, within } from "../script.ts";
import { isGenuineSwap } from "../swap.ts";
import { folioPteBatch, isLarge, normalFolio, swapPteBatch } from "./batch.ts";
import { clearNotPresent } from "./zap.ts";

const FILE = "mm/madvise.c";

/** What clear_young_dirty_ptes() is to clear. */
const YOUNG = 1;
const BOTH = 3;

export function* madviseFreePteRange(k: Kernel, index: EntryIndex, nr: number): Script<void> {
  const end = index + nr;
  yield* perform(site("madvise_free_pte_range.lock"), { op: "lock" });
  for (let at = index; at < end; ) {
    const pte = yield* within(site("madvise_free_pte_range.read", { at }), ptepGet(k, at));
    if (pte === NONE) at += 1;
    else if (!isPresent(pte)) at += yield* dropSwap(k, at, pte, end - at);
    else {
      const batch = yield* wholeFolio(k, site("madvise_free_pte_range.batch", { at, pte }), at, pte, end - at);
      if (batch.whole && (batch.young || batch.dirty)) {
        yield* within(site("madvise_free_pte_range.clear", { at, nr: batch.nr }), clearYoungDirtyPtes(k, at, batch.nr, BOTH));
      }
      at += batch.nr;
    }
  }
  yield* perform(site("madvise_free_pte_range.unlock"), { op: "unlock" });
}

/** Swap slots are given back at once. @returns entries handled */
function* dropSwap(k: Kernel, index: EntryIndex, pte: Pte, most: number): Script<number> {
  if (!isGenuineSwap(pte)) return 1;
  const nr = yield* within(site("madvise_free_pte_range.swap", { index }), swapPteBatch(k, index, most, pte));
  yield* clearNotPresent(k, (live) => site("madvise_free_pte_range.drop", { index, ...live }), index, nr);
  return nr;
}

export const madviseFreePteRangeListing = listing("madvise_free_pte_range", FILE, [
  "madvise_free_pte_range(pmd, addr, end)",
  ["  lock the PTL", "lock", 671],
  "  for each entry, or batch of them",
  ["    ptent ← ptep_get(pte)", "read", 678],
  "    if ptent is a swap slot",
  ["      nr ← swap_pte_batch(pte, max_nr, ptent)", "swap", 693],
  ["      clear_not_present_full_ptes(pte, nr); go on", "drop", 696],
  ["    nr ← folio_pte_batch(…), if the folio is large", "batch", 718],
  "    go on unless nr is the whole folio",
  "    if any of them is young or dirty",
  ["      clear_young_dirty_ptes(vma, addr, pte, nr, both)", "clear", 776],
  ["  unlock the PTL", "unlock", 786],
]);

export function* madviseColdPteRange(k: Kernel, index: EntryIndex, nr: number): Script<void> {
  const end = index + nr;
  yield* perform(site("madvise_cold_or_pageout_pte_range.lock"), { op: "lock" });
  for (let at = index; at < end; ) {
    const pte = yield* within(site("madvise_cold_or_pageout_pte_range.read", { at }), ptepGet(k, at));
    if (!isPresent(pte)) at += 1;
    else {
      const batch = yield* wholeFolio(k, site("madvise_cold_or_pageout_pte_range.batch", { at, pte }), at, pte, end - at);
      if (batch.whole && batch.young) {
        yield* within(site("madvise_cold_or_pageout_pte_range.clear", { at, nr: batch.nr }), clearYoungDirtyPtes(k, at, batch.nr, YOUNG));
      }
      at += batch.nr;
    }
  }
  yield* perform(site("madvise_cold_or_pageout_pte_range.unlock"), { op: "unlock" });
}

export const madviseColdPteRangeListing = listing("madvise_cold_or_pageout_pte_range", FILE, [
  "madvise_cold_or_pageout_pte_range(pmd, addr, end)",
  ["  lock the PTL", "lock", 440],
  "  for each entry, or batch of them",
  ["    ptent ← ptep_get(pte)", "read", 447],
  "    if ptent is not present: go on",
  ["    nr ← folio_pte_batch(…), if the folio is large", "batch", 479],
  "    go on unless nr is the whole folio",
  "    if any of them is young",
  ["      clear_young_dirty_ptes(vma, addr, pte, nr, young)", "clear", 526],
  ["  unlock the PTL", "unlock", 555],
]);

interface FolioBatch {
  readonly nr: number;
  /** The folio is there, and all of it in the batch. */
  readonly whole: boolean;
  readonly young: boolean;
  readonly dirty: boolean;
}

function* wholeFolio(k: Kernel, at: ReturnType<typeof site>, index: EntryIndex, pte: Pte, most: number): Script<FolioBatch> {
  const own = { young: isYoung(pte), dirty: isDirty(pte) };
  const folio = normalFolio(k, pte);
  if (folio === undefined) return { nr: 1, whole: false, ...own };
  if (!isLarge(folio)) return { nr: 1, whole: true, ...own };
  const { nr, anyYoung, anyDirty } = yield* within(at, folioPteBatch(k, folio, index, pte, most, true));
  return { nr, whole: nr === folio.pages, young: own.young || anyYoung, dirty: own.dirty || anyDirty };
}
