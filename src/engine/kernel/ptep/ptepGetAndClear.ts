/** ptep_get_and_clear(): takes one entry out; a block it was part of is unfolded first. */
import type { EntryIndex, Pte } from "../../hardware/descriptor.ts";
import { contpteTryUnfold } from "../contpte/contpteUnfold.ts";
import type { Kernel } from "../kernel.ts";
import { listing } from "../listing.ts";
import { rawGet, rawGetAndClear } from "../primitives.ts";
import { type Script, site, within } from "../script.ts";

export function* ptepGetAndClear(k: Kernel, index: EntryIndex): Script<Pte> {
  const old = yield* rawGet(site("ptep_get_and_clear.read", {}, { index }), index);
  yield* within(site("ptep_get_and_clear.unfold", {}, { index, old }), contpteTryUnfold(k, index, old));
  return yield* rawGetAndClear(site("ptep_get_and_clear.clear", {}, { index, old }), index);
}

export const ptepGetAndClearListing = listing("ptep_get_and_clear", "arch/arm64/include/asm/pgtable.h", [
  "ptep_get_and_clear(mm, addr, ptep)",
  ["  old ← read slot", "read", 1723],
  ["  contpte_try_unfold(mm, addr, ptep, old)", "unfold", 1723],
  ["  return xchg(slot, 0)", "clear", 1724],
]);
