/** What calls do to access and dirty marks by their contract, whatever their code does. */
import type { Call } from "../../scenario/scenario.ts";

/** Marks that a call may let go, or hands to whoever called it. */
export interface Marks {
  readonly dirty: boolean;
  readonly young: boolean;
}

const NEITHER: Marks = { dirty: false, young: false };
const BOTH: Marks = { dirty: true, young: true };
const YOUNG: Marks = { dirty: false, young: true };

/** What is overwritten, cleared or declared unneeded on purpose: nobody asks for it later (MADV_FREE clears both). */
const LET_GO: Readonly<Record<string, Marks>> = {
  set_pte: BOTH,
  set_ptes: BOTH,
  pte_clear: BOTH,
  clear_full_ptes: BOTH,
  ptep_modify_prot_commit: BOTH,
  ptep_test_and_clear_young: YOUNG,
  ptep_clear_flush_young: YOUNG,
  folio_referenced_one: YOUNG,
  madvise_free_pte_range: BOTH,
  madvise_cold_or_pageout_pte_range: YOUNG,
  zap_pte_range: BOTH,
  exit_mmap: BOTH,
};

export function letGoBy({ fn, flags }: Call): Marks {
  if (fn === "clear_young_dirty_ptes") return { young: flags !== 2, dirty: flags !== 1 };
  return LET_GO[fn] ?? NEITHER;
}

/** They return the marks that they take out of the table: the caller keeps them. */
const TAKERS: ReadonlySet<string> = new Set([
  "ptep_get_and_clear",
  "get_and_clear_full_ptes",
  "ptep_clear_flush",
  "ptep_modify_prot_start",
  "get_clear_contig",
]);

export const returnsMarks = ({ fn }: Call): boolean => TAKERS.has(fn);

/** They look, flush or lock, and leave every entry as it is. */
const READERS: ReadonlySet<string> = new Set([
  "ptep_get",
  "ptep_get_lockless",
  "pte_batch_hint",
  "flush_tlb_range",
  "flush_tlb_page",
  "gup_fast",
  "perf_get_pgtable_size",
  "ptdump_pte_entry",
  "pte_range_none",
  "__collapse_huge_page_swapin",
  "swap_vma_readahead",
  "unuse_pte_range",
  "huge_pte_alloc",
  "huge_ptep_get",
  "tlb_finish_mmu",
  "ptl_lock",
  "ptl_unlock",
]);

export const onlyReads = ({ fn }: Call): boolean => READERS.has(fn);
