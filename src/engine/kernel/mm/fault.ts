/**
 * handle_pte_fault(): what a page fault does about an entry that is there. It reads
 * without the PTL to find out what kind of fault this is, and must find the same entry
 * again under the PTL before it changes anything. If it does not, it returns, and the
 * access faults again if it still has to.
 */
import type { EntryIndex, Pte } from "../../hardware/descriptor.ts";
import { NONE } from "../../hardware/descriptor.ts";
import type { Code, Kernel } from "../kernel.ts";
import { type Listing, listing } from "../listing.ts";
import { isPresent, isProtnone, isWrite, mkdirty, mkyoung } from "../pte.ts";
import { ptepGet } from "../ptep/ptepGet.ts";
import { ptepGetLockless } from "../ptep/ptepGetLockless.ts";
import { ptepSetAccessFlags } from "../ptep/setAccessFlags.ts";
import { perform, type Script, site, within } from "../script.ts";

/** What is left to do by functions that this lab does not run. */
export const FAULT = { done: 0n, missing: 1n, swap: 2n, numa: 3n, wp: 4n } as const;

/** @returns one of `FAULT`: dealt with, or the do_…() function that would be called */
export function* handlePteFault(k: Kernel, index: EntryIndex, write: boolean): Script<bigint> {
  const orig = yield* within(site("handle_pte_fault.read"), ptepGetLockless(k, index));
  if (orig === NONE) return FAULT.missing;
  if (!isPresent(orig)) return FAULT.swap;
  if (isProtnone(orig)) return FAULT.numa;

  yield* perform(site("handle_pte_fault.lock", { orig }), { op: "lock" });
  const pte = yield* within(site("handle_pte_fault.same", { orig }), ptepGet(k, index));
  const same = k.code.faultSame.run(orig, pte);
  if (same && write && !isWrite(orig)) {
    yield* perform(site("handle_pte_fault.wp", {}, { orig }), { op: "unlock" });
    return FAULT.wp;
  }
  if (same) {
    const entry = mkyoung(write ? mkdirty(orig) : orig);
    yield* within(site("handle_pte_fault.flags", { entry }), ptepSetAccessFlags(k, index, entry, write));
  }
  yield* perform(site("handle_pte_fault.unlock"), { op: "unlock" });
  return FAULT.done;
}

export const faultCode = {
  faultSame: { run: (first: Pte, second: Pte) => first === second, text: "ptep_get(pte) ≠ orig" },
} as const satisfies Partial<Code>;

export const handlePteFaultListing = (code: Code): Listing =>
  listing("handle_pte_fault", "mm/memory.c", [
    "handle_pte_fault(vmf)",
    ["  orig ← ptep_get_lockless(pte)", "read", 5780],
    "  if orig is none: do_pte_missing",
    "  if orig is not present: do_swap_page",
    "  if orig is PROT_NONE: do_numa_page",
    ["  lock the PTL", "lock", 5798],
    [`  if ${code.faultSame.text}: goto unlock`, "same", 5800],
    ["  if writing, and orig is not WRITE: do_wp_page", "wp", 5806],
    "  entry ← orig, young, and dirty if writing",
    ["  ptep_set_access_flags(vma, addr, pte, entry, writing)", "flags", 5811],
    ["unlock: unlock the PTL", "unlock", 5830],
  ]);
