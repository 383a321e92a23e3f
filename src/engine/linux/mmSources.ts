/**
 * What is taken of core mm: the functions that call the page-table code, with the
 * helpers that decide what they access. `shim/mm.h` stands in for the rest of mm,
 * `shim/mm.c` calls them.
 */
import type { Slice } from "./sources.ts";

const from = (file: string, ...functions: readonly string[]): Slice => ({ file, functions, into: "core-mm.c", optional: true });

/** In the order in which they are compiled: callees first. */
export const MM_SLICES: readonly Slice[] = [
  from(
    "include/linux/pgtable.h",
    "pte_mkwrite",
    "pte_clear_soft_dirty",
    "pte_swp_mksoft_dirty",
    "pte_swp_soft_dirty",
    "pte_swp_clear_soft_dirty",
    "ptep_get_and_clear_full",
    "pte_clear_not_present_full",
    "clear_not_present_full_ptes",
  ),
  from(
    "include/linux/swapops.h",
    "pte_swp_clear_flags",
    "swp_entry",
    "swp_type",
    "swp_offset",
    "is_swap_pte",
    "pte_to_swp_entry",
    "swp_entry_to_pte",
    "non_swap_entry",
  ),
  from("include/linux/mm.h", "is_cow_mapping"),
  from("mm/internal.h", "__pte_batch_clear_ignored", "folio_pte_batch", "pte_move_swp_offset", "pte_next_swp_offset", "swap_pte_batch"),
  from(
    "include/asm-generic/tlb.h",
    "__tlb_adjust_range",
    "__tlb_reset_range",
    "tlb_get_unmap_shift",
    "tlb_get_unmap_size",
    "tlb_flush_pte_range",
    "tlb_remove_tlb_entries",
    "pte_needs_flush",
  ),
  from("arch/arm64/include/asm/tlb.h", "tlb_get_level", "tlb_flush"),
  from("include/asm-generic/tlb.h", "tlb_flush_mmu_tlbonly"),
  from("mm/mmu_gather.c", "tlb_flush_mmu", "tlb_finish_mmu"),
  from("mm/gup.c", "gup_fast_pte_range"),
  from("kernel/events/core.c", "perf_get_pgtable_size"),
  from("mm/ptdump.c", "ptdump_pte_entry"),
  from("mm/khugepaged.c", "__collapse_huge_page_swapin"),
  from("mm/swap_state.c", "swap_vma_readahead"),
  from("mm/swapfile.c", "unuse_pte_range"),
  from("mm/hugetlb.c", "huge_pte_alloc"),
  from("arch/arm64/mm/hugetlbpage.c", "num_contig_ptes", "huge_ptep_get", "get_clear_contig"),
  from(
    "mm/memory.c",
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
  ),
  from("mm/mprotect.c", "change_pte_range"),
  from("mm/madvise.c", "madvise_folio_pte_batch", "madvise_free_pte_range", "madvise_cold_or_pageout_pte_range"),
  from("mm/rmap.c", "folio_referenced_one"),
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
