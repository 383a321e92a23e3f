/** ptep_modify_prot_start() and _commit(): mprotect() takes an entry out, changes it and puts it back. */
import type { EntryIndex, Pte } from "../../hardware/descriptor.ts";
import type { Kernel } from "../kernel.ts";
import { listing } from "../listing.ts";
import { type Script, site, within } from "../script.ts";
import { ptepGetAndClear } from "./ptepGetAndClear.ts";
import { setPtes } from "./setPtes.ts";

/** On CPUs without erratum 2645198. */
export function* ptepModifyProtStart(k: Kernel, index: EntryIndex): Script<Pte> {
  return yield* within(site("ptep_modify_prot_start.clear"), ptepGetAndClear(k, index));
}

export const ptepModifyProtStartListing = listing("ptep_modify_prot_start", "arch/arm64/mm/mmu.c", [
  "ptep_modify_prot_start(vma, addr, ptep)",
  ["  return ptep_get_and_clear(mm, addr, ptep)", "clear", 1548],
]);

export function* ptepModifyProtCommit(k: Kernel, index: EntryIndex, pte: Pte): Script<void> {
  yield* within(site("ptep_modify_prot_commit.set"), setPtes(k, index, pte, 1));
}

export const ptepModifyProtCommitListing = listing("ptep_modify_prot_commit", "arch/arm64/mm/mmu.c", [
  "ptep_modify_prot_commit(vma, addr, ptep, old, pte)",
  ["  set_ptes(mm, addr, ptep, pte, 1)", "set", 1554],
]);
