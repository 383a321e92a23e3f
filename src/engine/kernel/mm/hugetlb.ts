/**
 * hugetlb knows its blocks: it sets CONT itself and never goes through the public
 * helpers. Its code is where contpte took the pattern from, access and dirty bits
 * gathered one entry after another.
 */
import { type EntryIndex, isCont, type Pte } from "../../hardware/descriptor.ts";
import type { Kernel } from "../kernel.ts";
import { listing } from "../listing.ts";
import { rawGet, rawGetAndClear } from "../primitives.ts";
import { gatherAD, isPresent } from "../pte.ts";
import { type Script, site } from "../script.ts";

const FILE = "arch/arm64/mm/hugetlbpage.c";

/** @param index the first entry of a hugetlb page of one contiguous block */
export function* hugePtepGet(k: Kernel, index: EntryIndex): Script<Pte> {
  let orig = yield* rawGet(site("huge_ptep_get.read"), index);
  if (!isPresent(orig) || !isCont(orig)) return orig;
  for (let i = 0; i < k.granule.contPtes; i++) {
    orig = gatherAD(orig, yield* rawGet(site("huge_ptep_get.entry", { i, orig }), index + i));
  }
  return orig;
}

export const hugePtepGetListing = listing("huge_ptep_get", FILE, [
  "huge_ptep_get(mm, addr, ptep)",
  ["  orig ← read first entry", "read", 127],
  "  if orig is not present or has no CONT: return orig",
  "  for each entry of the huge page",
  ["    pte ← read entry", "entry", 134],
  "    if pte is dirty: orig ← dirty",
  "    if pte is young: orig ← young",
  "  return orig",
]);

/** The break of hugetlb's break-before-make; its caller flushes. @param index as above */
export function* getClearContig(k: Kernel, index: EntryIndex): Script<Pte> {
  let pte = yield* rawGetAndClear(site("get_clear_contig.first"), index);
  const present = isPresent(pte);
  for (let i = 1; i < k.granule.contPtes; i++) {
    const other = yield* rawGetAndClear(site("get_clear_contig.rest", { i, pte, present }), index + i);
    if (present) pte = gatherAD(pte, other);
  }
  return pte;
}

export const getClearContigListing = listing("get_clear_contig", FILE, [
  "get_clear_contig(mm, addr, ptep, pgsize, ncontig)",
  ["  pte ← xchg(first entry, 0)", "first", 162],
  "  for each other entry",
  ["    tmp ← xchg(entry, 0)", "rest", 167],
  "    if pte was present: dirty and young as tmp is",
  "  return pte",
]);
