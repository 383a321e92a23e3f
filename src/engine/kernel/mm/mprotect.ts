/**
 * mprotect: change_pte_range() takes every entry out, changes it and puts it back. A
 * block is unfolded by its first entry that goes, and may be folded again when its last
 * one comes back. The flush follows with tlb_finish_mmu().
 */
import type { EntryIndex } from "../../hardware/descriptor.ts";
import type { Kernel } from "../kernel.ts";
import { listing } from "../listing.ts";
import { isPresent, modify, PROTS, type Prot } from "../pte.ts";
import { ptepModifyProtCommit, ptepModifyProtStart } from "../ptep/modifyProt.ts";
import { ptepGet } from "../ptep/ptepGet.ts";
import { perform, type Script, site, within } from "../script.ts";

/** @returns entries changed */
export function* changePteRange(k: Kernel, index: EntryIndex, nr: number, prot: Prot): Script<bigint> {
  let pages = 0;
  yield* perform(site("change_pte_range.lock"), { op: "lock" });
  for (let i = 0; i < nr; i++) {
    const pte = yield* within(site("change_pte_range.read", { i, pages }), ptepGet(k, index + i));
    if (!isPresent(pte)) continue;
    const old = yield* within(site("change_pte_range.start", { i, pages }), ptepModifyProtStart(k, index + i));
    const changed = modify(old, PROTS[prot]);
    yield* within(site("change_pte_range.commit", { i, pages, changed }, { old }), ptepModifyProtCommit(k, index + i, changed));
    pages += 1;
  }
  yield* perform(site("change_pte_range.unlock", { pages }), { op: "unlock" });
  return BigInt(pages);
}

export const changePteRangeListing = listing("change_pte_range", "mm/mprotect.c", [
  "change_pte_range(tlb, vma, addr, end, newprot)",
  ["  lock the PTL", "lock", 99],
  "  for each entry",
  ["    oldpte ← ptep_get(pte)", "read", 111],
  "    if oldpte is not present: go on",
  ["    oldpte ← ptep_modify_prot_start(pte)", "start", 169],
  "    ptent ← pte_modify(oldpte, newprot)",
  ["    ptep_modify_prot_commit(pte, oldpte, ptent)", "commit", 195],
  ["  unlock the PTL", "unlock", 291],
]);
