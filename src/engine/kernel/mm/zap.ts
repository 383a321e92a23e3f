/**
 * munmap, MADV_DONTNEED and exit take entries out: zap_pte_range(). The TLBs are flushed
 * later, by tlb_finish_mmu(), after the PTL has been dropped; a process that exits needs
 * no flush, since its ASID is not used again before one. The memory is anonymous: its
 * dirty bits need no keeping.
 */
import { type EntryIndex, NONE, type Pte } from "../../hardware/descriptor.ts";
import type { Kernel } from "../kernel.ts";
import { listing } from "../listing.ts";
import { flushRange } from "../primitives.ts";
import { isPresent } from "../pte.ts";
import { clearFullPtes, pteClear } from "../ptep/clearing.ts";
import { ptepGet } from "../ptep/ptepGet.ts";
import { ptepGetAndClear } from "../ptep/ptepGetAndClear.ts";
import { perform, type Script, site, within } from "../script.ts";
import { isGenuineSwap } from "../swap.ts";
import { folioPteBatch, isLarge, normalFolio, swapPteBatch } from "./batch.ts";

const FILE = "mm/memory.c";

export function* zapPteRange(k: Kernel, index: EntryIndex, nr: number): Script<void> {
  const end = index + nr;
  yield* perform(site("zap_pte_range.lock"), { op: "lock" });
  for (let at = index; at < end; ) {
    const pte = yield* within(site("zap_pte_range.read", { at }), ptepGet(k, at));
    if (pte === NONE) at += 1;
    else if (isPresent(pte)) at += yield* within(site("zap_pte_range.present", { at }), zapPresentPtes(k, at, pte, end - at));
    else at += yield* zapNonpresent(k, at, pte, end - at);
  }
  yield* perform(site("zap_pte_range.unlock"), { op: "unlock" });
}

/** @returns entries cleared */
function* zapNonpresent(k: Kernel, index: EntryIndex, pte: Pte, most: number): Script<number> {
  const nr = isGenuineSwap(pte) ? yield* within(site("zap_pte_range.swap", { index }), swapPteBatch(k, index, most, pte)) : 1;
  yield* clearNotPresent(k, (live) => site("zap_pte_range.nonpresent", { index, ...live }), index, nr);
  return nr;
}

/** clear_not_present_full_ptes(). @param at where entry `i` of `nr` is cleared */
export function* clearNotPresent(
  k: Kernel,
  at: (live: { i: number; nr: number }) => ReturnType<typeof site>,
  index: EntryIndex,
  nr: number,
): Script<void> {
  for (let i = 0; i < nr; i++) yield* within(at({ i, nr }), pteClear(k, index + i));
}

export const zapPteRangeListing = listing("zap_pte_range", FILE, [
  "zap_pte_range(tlb, vma, addr, end)",
  ["  lock the PTL", "lock", 1598],
  "  for each entry, or batch of them",
  ["    ptent ← ptep_get(pte)", "read", 1605],
  "    if ptent is none: go on",
  ["    if present: nr ← zap_present_ptes(pte, ptent, max_nr)", "present", 1619],
  ["    else: nr ← swap_pte_batch(pte, max_nr, ptent)", "swap", 1649],
  ["          clear_not_present_full_ptes(pte, nr)", "nonpresent", 1677],
  ["  unlock the PTL", "unlock", 1689],
]);

/** @returns entries cleared */
function* zapPresentPtes(k: Kernel, index: EntryIndex, pte: Pte, most: number): Script<number> {
  const folio = normalFolio(k, pte);
  if (folio === undefined) {
    yield* within(site("zap_present_ptes.special"), ptepGetAndClear(k, index));
    return 1;
  }
  if (!isLarge(folio) || most === 1) {
    yield* within(site("zap_present_ptes.one"), zapPresentFolioPtes(k, index, 1));
    return 1;
  }
  const { nr } = yield* within(site("zap_present_ptes.batch"), folioPteBatch(k, folio, index, pte, most, true));
  yield* within(site("zap_present_ptes.several", { nr }), zapPresentFolioPtes(k, index, nr));
  return nr;
}

export const zapPresentPtesListing = listing("zap_present_ptes", FILE, [
  "zap_present_ptes(tlb, vma, pte, ptent, max_nr, addr)",
  ["  if there is no page: ptep_get_and_clear(pte); return 1", "special", 1550],
  "  if the folio is large",
  ["    nr ← folio_pte_batch(folio, pte, ptent, max_nr)", "batch", 1569],
  ["    zap_present_folio_ptes(pte, nr); return nr", "several", 1572],
  ["  zap_present_folio_ptes(pte, 1); return 1", "one", 1577],
]);

function* zapPresentFolioPtes(k: Kernel, index: EntryIndex, nr: number): Script<void> {
  yield* within(site("zap_present_folio_ptes.clear", { nr }), clearFullPtes(k, index, nr));
}

export const zapPresentFolioPtesListing = listing("zap_present_folio_ptes", FILE, [
  "zap_present_folio_ptes(tlb, vma, folio, pte, nr)",
  ["  clear_full_ptes(mm, addr, pte, nr, fullmm)", "clear", 1507],
  "  remember the range for the flush",
]);

/** What was gathered while entries were taken out or changed is flushed at last. */
export function* tlbFinishMmu(k: Kernel, index: EntryIndex, nr: number): Script<void> {
  yield* flushRange(k, site("tlb_flush.flush"), index, nr);
}

export const tlbFlushListing = listing("tlb_flush", "arch/arm64/include/asm/tlb.h", [
  "tlb_flush(tlb)",
  ["  flush the TLBs for the range gathered", "flush", 76],
]);
