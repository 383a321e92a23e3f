/** Reclaim asks whether a page was used since it last asked: folio_referenced_one(), for one entry that maps the folio. */
import type { EntryIndex } from "../../hardware/descriptor.ts";
import type { Kernel } from "../kernel.ts";
import { listing } from "../listing.ts";
import { ptepClearFlushYoung } from "../ptep/youngDirty.ts";
import { perform, type Script, site, within } from "../script.ts";

/** The walk that finds the entry, and takes the PTL, is not shown otherwise. @returns whether it was young */
export function* folioReferencedOne(k: Kernel, index: EntryIndex): Script<boolean> {
  yield* perform(site("folio_referenced_one.lock"), { op: "lock" });
  const referenced = yield* within(site("folio_referenced_one.young"), ptepClearFlushYoung(k, index));
  yield* perform(site("folio_referenced_one.unlock", { referenced }), { op: "unlock" });
  return referenced;
}

export const folioReferencedOneListing = listing("folio_referenced_one", "mm/rmap.c", [
  "folio_referenced_one(folio, vma, addr)",
  ["  page_vma_mapped_walk: find the entry, lock the PTL", "lock", 854],
  ["  referenced ← ptep_clear_flush_young(vma, addr, pte)", "young", 899],
  ["  page_vma_mapped_walk: no other entry, unlock the PTL", "unlock", 854],
]);
