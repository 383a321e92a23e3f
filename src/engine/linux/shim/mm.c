/* Core mm's callers of the page-table code, each for the entries from one address on. */
#include <mm.h>

/* What stands around one call. */
struct scene {
	struct vm_area_struct vma;
	pmd_t pmd;
	struct mmu_gather tlb;
	struct vm_fault fault;
	u32 counted;
};
#define scene_of(its_vma) ((struct scene *)(its_vma))

/* Three callers look through a range; the window of readahead is the range itself. */
#define swap_cache_get_folio(entry, vma, addr) (scene_of(vma)->counted++, (struct folio *)NULL)
#define trace_mm_collapse_huge_page_swapin(mm, swapped_in, ...) (scene_of(vma)->counted = (swapped_in))
#define swap_vma_ra_win(vmf, from, to) (*(from) = (vmf)->vma->vm_start, *(to) = (vmf)->vma->vm_end, (int)((*(to) - *(from)) >> PAGE_SHIFT))

#include <slices/core-mm.c>

static struct mm_struct child_mm;
static void note_pte(struct ptdump_state *st, unsigned long addr, pte_t pte) { st->noted = pte; }

#define ENTRY u32 mm, u64 addr, pte_t *ptep
#define RANGE ENTRY, u32 nr
#define END s.vma.vm_end
#define SCENE(pages) \
	struct scene s = { \
		.vma = { .vm_mm = MM, .vm_flags = VM_WRITE | VM_MAYWRITE, .vm_start = addr, .vm_end = addr + (pages) * PAGE_SIZE }, \
		.pmd = pmd_of(ptep, addr), \
		.tlb = { .mm = MM, .start = TASK_SIZE }, \
		.fault = { .vma = &s.vma, .address = addr, .pmd = &s.pmd }, \
	}

#ifdef HAVE_gup_fast_pte_range
CALL(gup_fast) u64 call_gup_fast(ENTRY, u32 write)
{
	SCENE(1);
	struct page *pages[1];
	int pinned = 0;
	gup_fast_pte_range(s.pmd, &s.pmd, addr, END, write ? FOLL_WRITE : 0, pages, &pinned);
	return pinned ? page_to_pfn(pages[0]) : 0;
}
#endif
#ifdef HAVE_handle_pte_fault
CALL(handle_pte_fault) u32 call_handle_pte_fault(ENTRY, u32 write)
{
	SCENE(1);
	s.fault.flags = write ? FAULT_FLAG_WRITE : 0;
	return handle_pte_fault(&s.fault);
}
#endif
#ifdef HAVE_perf_get_pgtable_size
CALL(perf_get_pgtable_size) u64 call_perf_get_pgtable_size(ENTRY)
{
	SCENE(1);
	return perf_get_pgtable_size(&(struct mm_struct){ .pgd = &s.pmd }, addr);
}
#endif
#ifdef HAVE_ptdump_pte_entry
CALL(ptdump_pte_entry) u64 call_ptdump_pte_entry(ENTRY)
{
	struct ptdump_state st = { .note_page_pte = note_pte };
	ptdump_pte_entry(ptep, addr, addr + PAGE_SIZE, &(struct mm_walk){ .private = &st });
	return pte_val(st.noted);
}
#endif
#ifdef HAVE_pte_range_none
CALL(pte_range_none) u32 call_pte_range_none(RANGE) { return pte_range_none(ptep, nr); }
#endif
#ifdef HAVE___collapse_huge_page_swapin
CALL(__collapse_huge_page_swapin) u32 call_collapse_swapin(RANGE)
{
	SCENE(nr);
	__collapse_huge_page_swapin(MM, &s.vma, addr, &s.pmd, 0);
	return s.counted;
}
#endif
#ifdef HAVE_swap_vma_readahead
CALL(swap_vma_readahead) u32 call_swap_vma_readahead(RANGE)
{
	SCENE(nr);
	struct mempolicy policy = { 0 };
	swap_vma_readahead(NO_ENTRY, GFP_KERNEL, &policy, 0, &s.fault);
	return policy.asked - 1; /* the last was for the target itself */
}
#endif
#ifdef HAVE_unuse_pte_range
CALL(unuse_pte_range) u32 call_unuse_pte_range(RANGE, u32 type)
{
	SCENE(nr);
	unuse_pte_range(&s.vma, &s.pmd, addr, END, type);
	return s.counted;
}
#endif
#ifdef HAVE_huge_pte_alloc
CALL(huge_pte_alloc) void call_huge_pte_alloc(ENTRY)
{
	SCENE(1);
	huge_pte_alloc(&(struct mm_struct){ .pgd = ptep }, &s.vma, addr, PMD_SIZE);
}
#endif
#ifdef HAVE_huge_ptep_get
CALL(huge_ptep_get) u64 call_huge_ptep_get(ENTRY) { return pte_val(huge_ptep_get(MM, addr, ptep)); }
#endif
#ifdef HAVE_get_clear_contig
CALL(get_clear_contig) u64 call_get_clear_contig(ENTRY) { return pte_val(get_clear_contig(MM, addr, ptep, PAGE_SIZE, CONT_PTES)); }
#endif
#ifdef HAVE_copy_pte_range
CALL(copy_pte_range) void call_copy_pte_range(RANGE)
{
	SCENE(nr);
	struct vm_area_struct childs = s.vma;
	childs.vm_mm = &child_mm;
	copy_pte_range(&childs, &s.vma, &s.pmd, &s.pmd, addr, END);
}
#endif
#ifdef HAVE_zap_pte_range
CALL(zap_pte_range) void call_zap_pte_range(RANGE)
{
	SCENE(nr);
	zap_pte_range(&s.tlb, &s.vma, &s.pmd, addr, END, NULL);
}
CALL(exit_mmap) void call_exit_mmap(RANGE)
{
	SCENE(nr);
	s.tlb.fullmm = true;
	zap_pte_range(&s.tlb, &s.vma, &s.pmd, addr, END, NULL);
}
#endif
#ifdef HAVE_tlb_finish_mmu
CALL(tlb_finish_mmu) void call_tlb_finish_mmu(RANGE)
{
	SCENE(nr);
	tlb_flush_pte_range(&s.tlb, addr, END - addr);
	tlb_finish_mmu(&s.tlb);
}
#endif
#ifdef HAVE_change_pte_range
CALL(change_pte_range) u64 call_change_pte_range(RANGE, u32 prot)
{
	const pgprot_t prots[] = { PAGE_SHARED, PAGE_READONLY, PAGE_NONE };
	SCENE(nr);
	return change_pte_range(&s.tlb, &s.vma, &s.pmd, addr, END, prots[prot], 0);
}
#endif
#ifdef HAVE_madvise_free_pte_range
CALL(madvise_free_pte_range) void call_madvise_free_pte_range(RANGE)
{
	SCENE(nr);
	madvise_free_pte_range(&s.pmd, addr, END, &(struct mm_walk){ &s.tlb, &s.vma });
}
#endif
#ifdef HAVE_madvise_cold_or_pageout_pte_range
CALL(madvise_cold_or_pageout_pte_range) void call_madvise_cold(RANGE)
{
	SCENE(nr);
	madvise_cold_or_pageout_pte_range(&s.pmd, addr, END, &(struct mm_walk){ &(struct madvise_walk_private){ &s.tlb, false }, &s.vma });
}
#endif
#ifdef HAVE_folio_referenced_one
CALL(folio_referenced_one) u32 call_folio_referenced_one(ENTRY)
{
	SCENE(1);
	struct folio_referenced_arg found = { .mapcount = 1, .pmd = &s.pmd };
	folio_referenced_one(NULL, &s.vma, addr, &found);
	return found.referenced;
}
#endif
