/**
 * The kernel's private one-access helpers, the loops around them, and functions that only
 * pass on. Our listings do not show their lines, and of two places the caller's says more.
 */
const NAMES: ReadonlySet<string> = new Set([
  "flush_tlb_page",
  "ptep_get_and_clear_full",
  "pte_clear_not_present_full",
  "clear_not_present_full_ptes",
  "madvise_folio_pte_batch",
  "tlb_finish_mmu",
  "tlb_flush_mmu",
  "tlb_flush_mmu_tlbonly",
  "__ptep_get",
  "__set_pte",
  "__set_pte_nosync",
  "__set_ptes",
  "__set_ptes_anysz",
  "__pte_clear",
  "__ptep_get_and_clear",
  "__ptep_get_and_clear_anysz",
  "__ptep_set_wrprotect",
  "__wrprotect_ptes",
]);

export const isHelper = (fn: string): boolean => NAMES.has(fn);
