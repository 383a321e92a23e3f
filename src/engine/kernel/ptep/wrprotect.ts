/**
 * wrprotect_ptes(), and ptep_set_wrprotect() for one entry. A block that is protected whole
 * stays folded; one that is protected in part is unfolded first. Nobody flushes here: the
 * caller does.
 */
import { type EntryIndex, isCont } from "../../hardware/descriptor.ts";
import { contpteTryUnfoldBlock, contpteTryUnfoldPartial } from "../contpte/contpteUnfold.ts";
import type { Code, Kernel } from "../kernel.ts";
import { type Line, type Listing, listing } from "../listing.ts";
import { rawGet } from "../primitives.ts";
import { mknoncont } from "../pte.ts";
import { type Script, site, within } from "../script.ts";

const HEADER = "arch/arm64/include/asm/pgtable.h";
const CONTPTE = "arch/arm64/mm/contpte.c";

/** The single-entry path tests CONT alone: it may only be called for present entries, and saves fork() a read. */
export function* wrprotectPtes(k: Kernel, index: EntryIndex, nr: number): Script<void> {
  if (nr > 1) {
    yield* within(site("wrprotect_ptes.several"), k.code.wrprotectSeveral.run(k, index, nr));
    return;
  }
  const pte = yield* rawGet(site("wrprotect_ptes.read"), index);
  if (isCont(pte)) yield* within(site("wrprotect_ptes.unfold", { pte }), contpteTryUnfoldBlock(k, index, pte));
  yield* within(site("wrprotect_ptes.protect"), k.code.wrprotectEntry.run(index, mknoncont(pte)));
}

/** ptep_set_wrprotect(). */
export function* ptepSetWrprotect(k: Kernel, index: EntryIndex): Script<void> {
  yield* within(site("ptep_set_wrprotect.protect"), wrprotectPtes(k, index, 1));
}

export const ptepSetWrprotectListing = listing("ptep_set_wrprotect", HEADER, [
  "ptep_set_wrprotect(mm, addr, ptep)",
  ["  wrprotect_ptes(mm, addr, ptep, 1)", "protect", 1779],
]);

/** Whole blocks stay folded and are for a while writable in part; until the caller's flush a page may count as either. */
function* wrprotectSeveral(k: Kernel, index: EntryIndex, nr: number): Script<void> {
  yield* within(site("contpte_wrprotect_ptes.unfold"), contpteTryUnfoldPartial(k, index, nr));
  yield* wrprotectEach(k, index, nr);
}

export function* wrprotectEach(k: Kernel, index: EntryIndex, nr: number): Script<void> {
  for (let i = 0; i < nr; i++) {
    const pte = yield* rawGet(site("contpte_wrprotect_ptes.read", { i }), index + i);
    yield* within(site("contpte_wrprotect_ptes.protect", { i }), k.code.wrprotectEntry.run(index + i, pte));
  }
}

export const wrprotectEachLines: readonly Line[] = [
  "  for each of nr entries",
  ["    old ← read entry", "read", 362],
  ["    ___ptep_set_wrprotect(entry, old)", "protect", 362],
];

export const wrprotectCode = {
  wrprotectSeveral: {
    run: wrprotectSeveral,
    lines: () => [["  contpte_try_unfold_partial(mm, addr, ptep, nr)", "unfold", 361], ...wrprotectEachLines],
  },
} as const satisfies Partial<Code>;

export const wrprotectPtesListing = listing("wrprotect_ptes", HEADER, [
  "wrprotect_ptes(mm, addr, ptep, nr)",
  "  if nr = 1",
  ["    old ← read entry", "read", 1763],
  ["    if old has CONT: __contpte_try_unfold(mm, addr, ptep, old)", "unfold", 1766],
  ["    ___ptep_set_wrprotect(ptep, old without CONT)", "protect", 1769],
  "  else",
  ["    contpte_wrprotect_ptes(mm, addr, ptep, nr)", "several", 1771],
]);

export const contpteWrprotectPtesListing = (code: Code): Listing =>
  listing("contpte_wrprotect_ptes", CONTPTE, ["contpte_wrprotect_ptes(mm, addr, ptep, nr)", ...code.wrprotectSeveral.lines(code)]);
