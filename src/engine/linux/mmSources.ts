/**
 * What is taken of core mm: the functions that call the page-table code, with the
 * helpers that decide what they access. `shim/mm.h` stands in for the rest of mm,
 * `shim/mm.c` calls them.
 */

/** In the order in which they are compiled: callees first. A tree may lack some. */
export const MM_SLICES: readonly { readonly file: string; readonly functions: readonly string[] }[] = [
  {
    file: "include/linux/pgtable.h",
    functions: [
      "pte_mkwrite",
      "pte_clear_soft_dirty",
      "pte_swp_mksoft_dirty",
      "pte_swp_soft_dirty",
      "pte_swp_clear_soft_dirty",
      "ptep_get_and_clear_full",
      "pte_clear_not_present_full",
      "clear_not_present_full_ptes",
    ],
  },
  {
    file: "include/linux/swapops.h",
    functions: [
      "pte_swp_clear_flags",
      "swp_entry",
      "swp_type",
      "swp_offset",
      "is_swap_pte",
      "pte_to_swp_entry",
      "swp_entry_to_pte",
      "non_swap_entry",
    ],
  },
  { file: "include/linux/mm.h", functions: ["is_cow_mapping"] },
  {
    file: "mm/internal.h",
    functions: ["__pte_batch_clear_ignored", "folio_pte_batch", "pte_move_swp_offset", "pte_next_swp_offset", "swap_pte_batch"],
  },
  {
    file: "include/asm-generic/tlb.h",
    functions: [
      "__tlb_adjust_range",
      "__tlb_reset_range",
      "tlb_get_unmap_shift",
      "tlb_get_unmap_size",
      "tlb_flush_pte_range",
      "tlb_remove_tlb_entries",
      "pte_needs_flush",
    ],
  },
  { file: "arch/arm64/include/asm/tlb.h", functions: ["tlb_get_level", "tlb_flush"] },
  { file: "include/asm-generic/tlb.h", functions: ["tlb_flush_mmu_tlbonly"] },
  { file: "mm/mmu_gather.c", functions: ["tlb_flush_mmu", "tlb_finish_mmu"] },
  { file: "mm/gup.c", functions: ["gup_fast_pte_range"] },
  { file: "kernel/events/core.c", functions: ["perf_get_pgtable_size"] },
  { file: "mm/ptdump.c", functions: ["ptdump_pte_entry"] },
  { file: "mm/khugepaged.c", functions: ["__collapse_huge_page_swapin"] },
  { file: "mm/swap_state.c", functions: ["swap_vma_readahead"] },
  { file: "mm/swapfile.c", functions: ["unuse_pte_range"] },
  { file: "mm/hugetlb.c", functions: ["huge_pte_alloc"] },
  { file: "arch/arm64/mm/hugetlbpage.c", functions: ["num_contig_ptes", "huge_ptep_get", "get_clear_contig"] },
  {
    file: "mm/memory.c",
    functions: [
      "handle_pte_fault",
      "pte_range_none",
      "vm_normal_page",
      "vm_normal_folio",
      "copy_nonpresent_pte",
      "__copy_present_ptes",
      "copy_present_ptes",
      "copy_pte_range",
      "zap_present_folio_ptes",
      "zap_present_ptes",
      "zap_pte_range",
    ],
  },
  { file: "mm/mprotect.c", functions: ["change_pte_range"] },
  { file: "mm/madvise.c", functions: ["madvise_folio_pte_batch", "madvise_free_pte_range", "madvise_cold_or_pageout_pte_range"] },
  { file: "mm/rmap.c", functions: ["folio_referenced_one"] },
];

export type MmParameter = "mm" | "addr" | "ptep" | "nr" | "write" | "type" | "prot";

const AT = ["mm", "addr", "ptep"] as const;
const RANGE = [...AT, "nr"] as const;

/** What each call passes to the function that `shim/mm.c` exports under its name, in C's order. */
export const MM_PARAMETERS: Readonly<Record<string, readonly MmParameter[]>> = {
  gup_fast: [...AT, "write"],
  handle_pte_fault: [...AT, "write"],
  perf_get_pgtable_size: AT,
  ptdump_pte_entry: AT,
  pte_range_none: RANGE,
  __collapse_huge_page_swapin: RANGE,
  swap_vma_readahead: RANGE,
  unuse_pte_range: [...RANGE, "type"],
  huge_pte_alloc: AT,
  huge_ptep_get: AT,
  get_clear_contig: AT,
  copy_pte_range: RANGE,
  zap_pte_range: RANGE,
  exit_mmap: RANGE,
  tlb_finish_mmu: RANGE,
  change_pte_range: [...RANGE, "prot"],
  madvise_free_pte_range: RANGE,
  madvise_cold_or_pageout_pte_range: RANGE,
  folio_referenced_one: AT,
};
