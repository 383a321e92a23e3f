/** The calls of core mm: those who use the public API, for one entry or a range. */
import { type CallSpec, nothing, truth } from "../call.ts";
import { handlePteFault } from "./fault.ts";
import { copyPteRange } from "./fork.ts";
import { gupFast } from "./gup.ts";
import { getClearContig, hugePtepGet } from "./hugetlb.ts";
import {
  collapseHugePageSwapin,
  hugePteAlloc,
  perfGetPgtableSize,
  ptdumpPteEntry,
  pteRangeNone,
  swapVmaReadahead,
  unusePteRange,
} from "./lookers.ts";
import { madviseColdPteRange, madviseFreePteRange } from "./madvise.ts";
import { changePteRange } from "./mprotect.ts";
import { folioReferencedOne } from "./reclaim.ts";
import { tlbFinishMmu, zapPteRange } from "./zap.ts";

export const MM_CALLS: readonly CallSpec[] = [
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
    wholeBlock: true,
    returns: "pte",
    about: "hugetlb reads a huge page of one block, which begins at index, with everybody's access and dirty bits.",
    script: (k, a) => hugePtepGet(k, a.index),
  },
  {
    fn: "get_clear_contig",
    args: ["index"],
    wholeBlock: true,
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
];
