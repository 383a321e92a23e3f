/** ptep_clear_flush(): takes an entry out and waits until no TLB answers for it any more. Generic code, not arm64's. */
import { type EntryIndex, isValid, type Pte } from "../../hardware/descriptor.ts";
import type { Kernel } from "../kernel.ts";
import { listing } from "../listing.ts";
import { flushPage } from "../primitives.ts";
import { type Script, site, within } from "../script.ts";
import { ptepGetAndClear } from "./ptepGetAndClear.ts";

export function* ptepClearFlush(k: Kernel, index: EntryIndex): Script<Pte> {
  const pte = yield* within(site("ptep_clear_flush.clear"), ptepGetAndClear(k, index));
  if (isValid(pte)) yield* flushPage(k, site("ptep_clear_flush.flush", { pte }), index);
  return pte;
}

export const ptepClearFlushListing = listing("ptep_clear_flush", "mm/pgtable-generic.c", [
  "ptep_clear_flush(vma, addr, ptep)",
  ["  pte ← ptep_get_and_clear(mm, addr, ptep)", "clear", 99],
  ["  if pte is accessible: flush the page", "flush", 101],
  "  return pte",
]);
