/**
 * fork, the parent's side: copy_pte_range() write-protects what parent and child share
 * from now on. The memory is private and anonymous, so every writable page is. What it
 * puts into the child's new table is not shown, and the flush comes later, for the whole mm.
 */
import { type EntryIndex, NONE, type Pte } from "../../hardware/descriptor.ts";
import type { Kernel } from "../kernel.ts";
import { listing } from "../listing.ts";
import { isPresent, isWrite } from "../pte.ts";
import { ptepGet } from "../ptep/ptepGet.ts";
import { setPtes } from "../ptep/setPtes.ts";
import { wrprotectPtes } from "../ptep/wrprotect.ts";
import { perform, type Script, site, within } from "../script.ts";
import { clearSwapExclusive, isGenuineSwap, isSwapExclusive } from "../swap.ts";
import { folioPteBatch, isLarge, normalFolio } from "./batch.ts";

const FILE = "mm/memory.c";

export function* copyPteRange(k: Kernel, index: EntryIndex, nr: number): Script<void> {
  const end = index + nr;
  yield* perform(site("copy_pte_range.lock"), { op: "lock" });
  for (let at = index; at < end; ) {
    const pte = yield* within(site("copy_pte_range.read", { at }), ptepGet(k, at));
    if (pte === NONE) at += 1;
    else if (isPresent(pte)) at += yield* within(site("copy_pte_range.present", { at }), copyPresentPtes(k, at, pte, end - at));
    else {
      yield* within(site("copy_pte_range.nonpresent", { at }), copyNonpresentPte(k, at));
      at += 1;
    }
  }
  yield* perform(site("copy_pte_range.unlock"), { op: "unlock" });
}

export const copyPteRangeListing = listing("copy_pte_range", FILE, [
  "copy_pte_range(dst_vma, src_vma, addr, end)",
  ["  lock the PTL", "lock", 1120],
  "  for each entry, or batch of them",
  ["    ptent ← ptep_get(src_pte)", "read", 1138],
  "    if ptent is none: go on",
  ["    if not present: copy_nonpresent_pte(src_pte); go on", "nonpresent", 1144],
  ["    nr ← copy_present_ptes(src_pte, ptent, max_nr)", "present", 1168],
  ["  unlock the PTL", "unlock", 1193],
]);

/** @returns entries copied */
function* copyPresentPtes(k: Kernel, index: EntryIndex, pte: Pte, most: number): Script<number> {
  const folio = normalFolio(k, pte);
  if (folio === undefined || !isLarge(folio) || most === 1) {
    yield* within(site("copy_present_ptes.one"), protectShared(k, index, isWrite(pte), 1));
    return 1;
  }
  const batch = yield* within(site("copy_present_ptes.batch", { pte }), folioPteBatch(k, folio, index, pte, most, false));
  const writable = isWrite(pte) || batch.anyWritable;
  yield* within(site("copy_present_ptes.several", { nr: batch.nr }), protectShared(k, index, writable, batch.nr));
  return batch.nr;
}

export const copyPresentPtesListing = listing("copy_present_ptes", FILE, [
  "copy_present_ptes(dst_vma, src_vma, dst_pte, src_pte, pte, max_nr)",
  "  if the folio is large",
  ["    nr ← folio_pte_batch(folio, src_pte, pte, max_nr)", "batch", 1008],
  "    if any of them is writable: pte ← writable",
  ["    __copy_present_ptes(src_pte, pte, nr); return nr", "several", 1025],
  ["  __copy_present_ptes(src_pte, pte, 1); return 1", "one", 1053],
]);

function* protectShared(k: Kernel, index: EntryIndex, writable: boolean, nr: number): Script<void> {
  if (writable) yield* within(site("__copy_present_ptes.protect", { nr }), wrprotectPtes(k, index, nr));
}

export const protectSharedListing = listing("__copy_present_ptes", FILE, [
  "__copy_present_ptes(dst_vma, src_vma, dst_pte, src_pte, pte, nr)",
  "  if pte is writable",
  ["    wrprotect_ptes(src_mm, addr, src_pte, nr)", "protect", 958],
  "  set the child's entries",
]);

/** A swap slot that was the parent's alone is so no more. */
function* copyNonpresentPte(k: Kernel, index: EntryIndex): Script<void> {
  const orig = yield* within(site("copy_nonpresent_pte.read"), ptepGet(k, index));
  if (!isGenuineSwap(orig) || !isSwapExclusive(orig)) return;
  yield* within(site("copy_nonpresent_pte.shared", { orig }), setPtes(k, index, clearSwapExclusive(orig), 1));
}

export const copyNonpresentPteListing = listing("copy_nonpresent_pte", FILE, [
  "copy_nonpresent_pte(dst_mm, src_mm, dst_pte, src_pte)",
  ["  orig ← ptep_get(src_pte)", "read", 798],
  "  if it is a swap slot, and exclusive",
  ["    set_pte_at(src_mm, addr, src_pte, orig, not exclusive)", "shared", 819],
  "  set the child's entry",
]);
