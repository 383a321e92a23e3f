/**
 * The calls a scenario may make: their arguments, what they return and the script
 * that runs them. Everything that must know the whole list (validation, the editor)
 * reads it here; the listings are in `listings.ts`.
 */
import { asPte } from "../hardware/descriptor.ts";
import type { ResolvedCall, RoutineProvider } from "../routine.ts";
import type { Kernel } from "./kernel.ts";
import { handlePteFault } from "./mm/fault.ts";
import { copyPteRange } from "./mm/fork.ts";
import { gupFast } from "./mm/gup.ts";
import { getClearContig, hugePtepGet } from "./mm/hugetlb.ts";
import {
  collapseHugePageSwapin,
  hugePteAlloc,
  perfGetPgtableSize,
  ptdumpPteEntry,
  pteRangeNone,
  swapVmaReadahead,
  unusePteRange,
} from "./mm/lookers.ts";
import { madviseColdPteRange, madviseFreePteRange } from "./mm/madvise.ts";
import { changePteRange } from "./mm/mprotect.ts";
import { folioReferencedOne } from "./mm/reclaim.ts";
import { tlbFinishMmu, zapPteRange } from "./mm/zap.ts";
import type { Prot } from "./pte.ts";
import { PTE_HELPERS, type PteHelper } from "./pteHelpers.ts";
import { clearFullPtes, getAndClearFullPtes, pteClear } from "./ptep/clearing.ts";
import { flushTlbPage, flushTlbRange } from "./ptep/flushTlb.ts";
import { ptepModifyProtCommit, ptepModifyProtStart } from "./ptep/modifyProt.ts";
import { ptlLock, ptlUnlock } from "./ptep/pageTableLock.ts";
import { ptepSetAccessFlags, ptepSetWrprotect, wrprotectPtes } from "./ptep/protection.ts";
import { pteBatchHint } from "./ptep/pteBatchHint.ts";
import { ptepClearFlush } from "./ptep/ptepClearFlush.ts";
import { ptepGet } from "./ptep/ptepGet.ts";
import { ptepGetAndClear } from "./ptep/ptepGetAndClear.ts";
import { ptepGetLockless } from "./ptep/ptepGetLockless.ts";
import { setPte } from "./ptep/setPte.ts";
import { setPtes } from "./ptep/setPtes.ts";
import { clearYoungDirtyPtes, ptepClearFlushYoung, ptepTestAndClearYoung } from "./ptep/youngDirty.ts";
import type { YoungDirtyFlags } from "./rawUpdates.ts";
import { routineOf, type Script } from "./script.ts";

/**
 * `index`: an entry of the table. `nr`: a number of entries from `index` on. `pte`: a word, or an earlier result.
 * `flags`: 1 young, 2 dirty, 3 both. `full`, `dirty`, `write`: yes or no. `type`: a swap area. `prot`: `rw`, `ro` or `none`.
 */
export const ARGUMENTS = ["index", "pte", "nr", "flags", "full", "dirty", "write", "type", "prot"] as const;
export type ArgumentKind = (typeof ARGUMENTS)[number];

export interface CallSpec {
  readonly fn: string;
  readonly args: readonly ArgumentKind[];
  /** `number`: of C, 0 or 1 for those that answer yes or no. `frame`: a page frame's number, 0 for none. */
  readonly returns: "pte" | "number" | "frame" | "nothing";
  /** One sentence for people choosing a call. */
  readonly about: string;
  readonly script: (k: Kernel, args: Arguments) => Script<bigint | undefined>;
}

/** Checked by validation: a script asks only for what its spec lists. */
interface Arguments {
  readonly index: number;
  readonly nr: number;
  readonly pte: bigint;
  readonly flags: YoungDirtyFlags;
  readonly full: boolean;
  readonly dirty: boolean;
  readonly write: boolean;
  readonly type: number;
  readonly prot: Prot;
}

function* nothing(script: Script<void>): Script<undefined> {
  yield* script;
  return undefined;
}

function* truth(script: Script<boolean>): Script<bigint> {
  return (yield* script) ? 1n : 0n;
}

// biome-ignore lint/correctness/useYield: a script that makes no access
function* pure(value: number): Script<bigint> {
  return BigInt(value);
}

const SPECS: readonly CallSpec[] = [
  {
    fn: "set_pte",
    args: ["index", "pte"],
    returns: "nothing",
    about: "Stores one entry as it is. Can neither unfold nor fold, and warns if it would have had to.",
    script: (k, a) => nothing(setPte(k, a.index, asPte(a.pte))),
  },
  {
    fn: "set_ptes",
    args: ["index", "pte", "nr"],
    returns: "nothing",
    about: "Maps nr consecutive pages. One entry may unfold or fold a block; several set CONT on every whole aligned block.",
    script: (k, a) => nothing(setPtes(k, a.index, asPte(a.pte), a.nr)),
  },
  {
    fn: "pte_clear",
    args: ["index"],
    returns: "nothing",
    about: "Stores 0 in one entry, unfolding its block first.",
    script: (k, a) => nothing(pteClear(k, a.index)),
  },
  {
    fn: "ptep_get",
    args: ["index"],
    returns: "pte",
    about: "Reads an entry under the PTL, with the access and dirty bits of its whole block.",
    script: (k, a) => ptepGet(k, a.index),
  },
  {
    fn: "ptep_get_lockless",
    args: ["index"],
    returns: "pte",
    about: "Reads an entry without the PTL, and starts again if the block changes meanwhile.",
    script: (k, a) => ptepGetLockless(k, a.index),
  },
  {
    fn: "ptep_get_and_clear",
    args: ["index"],
    returns: "pte",
    about: "Takes one entry out and returns it, unfolding its block first.",
    script: (k, a) => ptepGetAndClear(k, a.index),
  },
  {
    fn: "clear_full_ptes",
    args: ["index", "nr", "full"],
    returns: "nothing",
    about: "Clears nr entries. Blocks covered whole stay folded until they are gone; full changes nothing on arm64.",
    script: (k, a) => nothing(clearFullPtes(k, a.index, a.nr)),
  },
  {
    fn: "get_and_clear_full_ptes",
    args: ["index", "nr", "full"],
    returns: "pte",
    about: "The same, and returns the first entry with the access and dirty bits of all.",
    script: (k, a) => getAndClearFullPtes(k, a.index, a.nr),
  },
  {
    fn: "ptep_test_and_clear_young",
    args: ["index"],
    returns: "number",
    about: "Clears the access flag, of the whole block if there is one, and says whether any was set.",
    script: (k, a) => truth(ptepTestAndClearYoung(k, a.index)),
  },
  {
    fn: "ptep_clear_flush_young",
    args: ["index"],
    returns: "number",
    about: "The same, and starts a TLB flush without waiting for it.",
    script: (k, a) => truth(ptepClearFlushYoung(k, a.index)),
  },
  {
    fn: "ptep_set_wrprotect",
    args: ["index"],
    returns: "nothing",
    about: "Write-protects one entry, unfolding its block first.",
    script: (k, a) => nothing(ptepSetWrprotect(k, a.index)),
  },
  {
    fn: "wrprotect_ptes",
    args: ["index", "nr"],
    returns: "nothing",
    about: "Write-protects nr entries, keeping what hardware marked dirty. Blocks covered whole stay folded.",
    script: (k, a) => nothing(wrprotectPtes(k, a.index, a.nr)),
  },
  {
    fn: "ptep_set_access_flags",
    args: ["index", "pte", "dirty"],
    returns: "number",
    about: "Adds the access, dirty and write permission of pte: what a fault handler does. Says whether anything changed.",
    script: (k, a) => truth(ptepSetAccessFlags(k, a.index, asPte(a.pte), a.dirty)),
  },
  {
    fn: "clear_young_dirty_ptes",
    args: ["index", "nr", "flags"],
    returns: "nothing",
    about: "Makes nr entries old, clean or both, and with them the blocks they lie in.",
    script: (k, a) => nothing(clearYoungDirtyPtes(k, a.index, a.nr, a.flags)),
  },
  {
    fn: "pte_batch_hint",
    args: ["index", "pte"],
    returns: "number",
    about: "How many entries from here on may be handled as one, judging by the value. Accesses nothing.",
    script: (k, a) => pure(pteBatchHint(k, a.index, asPte(a.pte))),
  },
  {
    fn: "ptep_clear_flush",
    args: ["index"],
    returns: "pte",
    about: "Takes one entry out and flushes its page from every TLB.",
    script: (k, a) => ptepClearFlush(k, a.index),
  },
  {
    fn: "ptep_modify_prot_start",
    args: ["index"],
    returns: "pte",
    about: "Takes one entry out so that it can be changed.",
    script: (k, a) => ptepModifyProtStart(k, a.index),
  },
  {
    fn: "ptep_modify_prot_commit",
    args: ["index", "pte"],
    returns: "nothing",
    about: "Puts the changed entry back, which may fold its block.",
    script: (k, a) => nothing(ptepModifyProtCommit(k, a.index, asPte(a.pte))),
  },
  {
    fn: "flush_tlb_range",
    args: ["index", "nr"],
    returns: "nothing",
    about: "Flushes nr pages from every TLB, and waits.",
    script: (k, a) => nothing(flushTlbRange(k, a.index, a.nr)),
  },
  {
    fn: "flush_tlb_page",
    args: ["index"],
    returns: "nothing",
    about: "Flushes one page from every TLB, and waits.",
    script: (k, a) => nothing(flushTlbPage(k, a.index)),
  },
  {
    fn: "gup_fast",
    args: ["index", "write"],
    returns: "frame",
    about: "Pins a page without a lock: reads the entry, takes a reference, looks again. Returns the frame, or 0 for the slow path.",
    script: (k, a) => gupFast(k, a.index, a.write),
  },
  {
    fn: "handle_pte_fault",
    args: ["index", "write"],
    returns: "number",
    about:
      "Handles a page fault: reads without the PTL, finds the same under it, and adds access and dirty. Returns 0, or 1 missing, 2 swap, 3 NUMA hint, 4 copy on write.",
    script: (k, a) => handlePteFault(k, a.index, a.write),
  },
  {
    fn: "perf_get_pgtable_size",
    args: ["index"],
    returns: "number",
    about: "The size, in bytes, of what maps a page: the reason why CONT leaks through the getters.",
    script: (k, a) => perfGetPgtableSize(k, a.index),
  },
  {
    fn: "ptdump_pte_entry",
    args: ["index"],
    returns: "pte",
    about: "Shows an entry as ptdump does, with the access and dirty bits of its whole block.",
    script: (k, a) => ptdumpPteEntry(k, a.index),
  },
  {
    fn: "pte_range_none",
    args: ["index", "nr"],
    returns: "number",
    about: "Whether nr entries are none, so that a large folio could go there.",
    script: (k, a) => truth(pteRangeNone(k, a.index, a.nr)),
  },
  {
    fn: "__collapse_huge_page_swapin",
    args: ["index", "nr"],
    returns: "number",
    about: "khugepaged looks for swapped-out pages among nr. Returns how many it brought in.",
    script: (k, a) => collapseHugePageSwapin(k, a.index, a.nr),
  },
  {
    fn: "swap_vma_readahead",
    args: ["index", "nr"],
    returns: "number",
    about: "Reads ahead swapped-out pages in a window of nr. Returns how many.",
    script: (k, a) => swapVmaReadahead(k, a.index, a.nr),
  },
  {
    fn: "unuse_pte_range",
    args: ["index", "nr", "type"],
    returns: "number",
    about: "swapoff looks for entries of a swap area among nr. Returns how many it met.",
    script: (k, a) => unusePteRange(k, a.index, a.nr, a.type),
  },
  {
    fn: "huge_pte_alloc",
    args: ["index"],
    returns: "nothing",
    about: "The generic version, which arm64 does not use: warns where it would be a BUG.",
    script: (k, a) => nothing(hugePteAlloc(k, a.index)),
  },
  {
    fn: "huge_ptep_get",
    args: ["index"],
    returns: "pte",
    about: "hugetlb reads a huge page of one block, which begins at index, with everybody's access and dirty bits.",
    script: (k, a) => hugePtepGet(k, a.index),
  },
  {
    fn: "get_clear_contig",
    args: ["index"],
    returns: "pte",
    about: "hugetlb takes out a huge page of one block, which begins at index.",
    script: (k, a) => getClearContig(k, a.index),
  },
  {
    fn: "copy_pte_range",
    args: ["index", "nr"],
    returns: "nothing",
    about: "fork: write-protects nr entries of the parent, in batches, under the PTL.",
    script: (k, a) => nothing(copyPteRange(k, a.index, a.nr)),
  },
  {
    fn: "zap_pte_range",
    args: ["index", "nr"],
    returns: "nothing",
    about: "Takes nr entries out, in batches, under the PTL. tlb_finish_mmu flushes later.",
    script: (k, a) => nothing(zapPteRange(k, a.index, a.nr)),
  },
  {
    fn: "exit_mmap",
    args: ["index", "nr"],
    returns: "nothing",
    about: "The same when the process exits: no flush follows.",
    script: (k, a) => nothing(zapPteRange(k, a.index, a.nr)),
  },
  {
    fn: "tlb_finish_mmu",
    args: ["index", "nr"],
    returns: "nothing",
    about: "Flushes nr pages that were taken out or changed before, and waits.",
    script: (k, a) => nothing(tlbFinishMmu(k, a.index, a.nr)),
  },
  {
    fn: "change_pte_range",
    args: ["index", "nr", "prot"],
    returns: "number",
    about: "mprotect: takes each of nr entries out, changes it and puts it back, under the PTL. Returns how many.",
    script: (k, a) => changePteRange(k, a.index, a.nr, a.prot),
  },
  {
    fn: "madvise_free_pte_range",
    args: ["index", "nr"],
    returns: "nothing",
    about: "MADV_FREE: makes whole folios among nr entries old and clean, under the PTL.",
    script: (k, a) => nothing(madviseFreePteRange(k, a.index, a.nr)),
  },
  {
    fn: "madvise_cold_or_pageout_pte_range",
    args: ["index", "nr"],
    returns: "nothing",
    about: "MADV_COLD: makes whole folios among nr entries old, under the PTL.",
    script: (k, a) => nothing(madviseColdPteRange(k, a.index, a.nr)),
  },
  {
    fn: "folio_referenced_one",
    args: ["index"],
    returns: "number",
    about: "Reclaim asks, under the PTL, whether a page was used since it last asked.",
    script: (k, a) => truth(folioReferencedOne(k, a.index)),
  },
  { fn: "ptl_lock", args: [], returns: "nothing", about: "Takes the page-table lock, waiting while anyone holds it.", script: ptlLock },
  { fn: "ptl_unlock", args: [], returns: "nothing", about: "Gives the page-table lock back.", script: ptlUnlock },
];

export const CALLS: ReadonlyMap<string, CallSpec> = new Map(SPECS.map((spec) => [spec.fn, spec]));

/** The built-in provider: the routines of this folder, for one scenario's kernel. */
export function builtInRoutines(k: Kernel): RoutineProvider {
  return {
    routine(call: ResolvedCall) {
      const spec = CALLS.get(call.fn);
      if (spec === undefined) throw new Error(`validation let the unknown call ${call.fn} through`);
      // Arguments a call does not list are never read: see Arguments.
      const args = call.args as unknown as Arguments;
      return routineOf(call.fn, () => spec.script(k, args));
    },
    applyHelper(helper, pte) {
      const known = PTE_HELPERS[helper as PteHelper];
      if (known === undefined) throw new Error(`validation let the unknown pte helper ${helper} through`);
      return known(k)(pte);
    },
  };
}
