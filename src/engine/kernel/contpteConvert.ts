/**
 * contpte_convert(): repaints a whole block, with or without CONT. Folding and
 * unfolding differ only in the template they pass.
 *
 * Break-before-make: every slot is cleared, the TLBs are flushed, every slot is set.
 * Clearing is an xchg, so access and dirty bits that hardware sets up to that instant
 * are taken along; after it the slot is invalid and hardware does not touch it.
 * The caller holds the PTL.
 */
import type { EntryIndex, Pte } from "../hardware/descriptor.ts";
import { blockPfn, pfnOf, withPfn } from "../hardware/granule.ts";
import { alignDown, type Kernel } from "./kernel.ts";
import { listing } from "./listing.ts";
import { flushRange, rawGetAndClear, rawSetPtes } from "./primitives.ts";
import { gatherAD } from "./pte.ts";
import { type Script, shown, site } from "./script.ts";

export function* contpteConvert(k: Kernel, index: EntryIndex, pte: Pte): Script<void> {
  const start = alignDown(k, index);
  const nr = k.granule.contPtes;
  let template = withPfn(k.granule, pte, blockPfn(k.granule, pfnOf(k.granule, pte)));

  let old: Pte | undefined;
  for (let i = 0; i < nr; i++) {
    old = yield* rawGetAndClear(site("contpte_convert.clear", { i, template }, shown({ old })), start + i);
    template = gatherAD(template, old);
  }
  yield* flushRange(k, site("contpte_convert.flush", { template }), start, nr);
  yield* rawSetPtes(k, (i) => site("contpte_convert.set", { i, template }), start, template, nr);
}

export const contpteConvertListing = listing("contpte_convert", "arch/arm64/mm/contpte.c", [
  "contpte_convert(mm, addr, ptep, pte)",
  "  align addr and ptep down to the block",
  "  template ← pte, its frame aligned down",
  "  for each slot i of the block",
  ["    old ← xchg(slot i, 0)", "clear", 62],
  "    if old is dirty: template ← dirty",
  "    if old is young: template ← young",
  ["  flush the TLBs for the whole block", "flush", 71],
  "  for each slot i of the block",
  ["    slot i ← template, frame + i", "set", 73],
]);
