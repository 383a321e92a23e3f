/**
 * ptep_get_lockless(): the getter for those who hold no lock. It must return a value
 * that stood in the table, with the block's access and dirty bits, while a writer may
 * be unfolding, changing and refolding the block. So it accepts a scan only if every
 * entry is a valid member of one run with one protection, and starts again otherwise.
 * Nothing bounds the number of times: concern (b) of the mail thread.
 */
import type { EntryIndex, Pte } from "../hardware/descriptor.ts";
import { pfnOf } from "../hardware/granule.ts";
import { alignDown, type Kernel } from "./kernel.ts";
import { listing } from "./listing.ts";
import { rawGet } from "./primitives.ts";
import { gatherAD, isValidCont, protIgnoringAD } from "./pte.ts";
import { noteRetry, type Script, site, within } from "./script.ts";

export function* ptepGetLockless(k: Kernel, index: EntryIndex): Script<Pte> {
  const pte = yield* rawGet(site("ptep_get_lockless.read", {}, { index }), index);
  if (!isValidCont(pte)) return pte;
  return yield* within(site("ptep_get_lockless.gather", {}, { index, pte }), contptePtepGetLockless(k, index));
}

function* contptePtepGetLockless(k: Kernel, index: EntryIndex): Script<Pte> {
  const start = alignDown(k, index);
  for (let retries = 0; ; retries++) {
    const target = yield* rawGet(site("contpte_ptep_get_lockless.target", {}, { index, retries }), index);
    if (!isValidCont(target)) return target;
    const gathered = yield* gatherConsistent(k, start, index - start, target, retries);
    if (gathered !== undefined) return gathered;
    yield* noteRetry("contpte_ptep_get_lockless.target");
  }
}

/** One scan of the block: the target with everybody's access and dirty bits, or undefined if an entry breaks the run. */
function* gatherConsistent(k: Kernel, start: EntryIndex, offset: number, target: Pte, retries: number): Script<Pte | undefined> {
  const prot = protIgnoringAD(k.granule, target);
  const pfn = pfnOf(k.granule, target) - BigInt(offset);
  let orig = target;
  for (let i = 0; i < k.granule.contPtes; i++) {
    const entry = yield* rawGet(site("contpte_ptep_get_lockless.entry", { i, orig }, { retries }), start + i);
    const fits = isValidCont(entry) && pfnOf(k.granule, entry) === pfn + BigInt(i) && protIgnoringAD(k.granule, entry) === prot;
    if (!fits) return undefined;
    orig = gatherAD(orig, entry);
  }
  return orig;
}

export const ptepGetLocklessListing = listing("ptep_get_lockless", "arch/arm64/include/asm/pgtable.h", [
  "ptep_get_lockless(ptep)",
  ["  pte ← read target", "read", 1645],
  "  if pte is not valid or has no CONT: return pte",
  ["  return contpte_ptep_get_lockless(ptep)", "gather", 1650],
]);

export const contptePtepGetLocklessListing = listing("contpte_ptep_get_lockless", "arch/arm64/mm/contpte.c", [
  "contpte_ptep_get_lockless(ptep)",
  "retry:",
  ["  orig ← read target", "target", 211],
  "  if orig is not valid or has no CONT: return orig",
  "  for each slot i of the block",
  ["    entry ← read slot i", "entry", 221],
  "    the run: valid, CONT, frame + i, orig's prot",
  "    if entry breaks the run: goto retry",
  "    if entry is dirty: orig ← dirty",
  "    if entry is young: orig ← young",
  "  return orig",
]);
