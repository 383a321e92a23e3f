/*
 * Core mm around its callers of the page-table code.
 *
 * The mapping is private, anonymous, writable and accessible; it is not locked and
 * userfaultfd does not watch it. Folios are anonymous, mapped once and by this mm alone,
 * neither dirty nor in the swap cache, and locked by somebody else. Nobody waits for the
 * CPU, nothing runs out, and a reference can always be had.
 *
 * What is not defined here is never reached (a huge PMD, a file, pageout, NUMA hinting):
 * the compiler makes it an import, which says so if it is called after all.
 *
 * A caller may be stopped at any access and another one run, so nothing is kept in
 * globals across an access: what a call needs is its struct scene, on its stack.
 */
#pragma once

/* Configuration, beyond that of environment.h */
#define CONFIG_TRANSPARENT_HUGEPAGE 1
#define CONFIG_HAVE_GUP_FAST 1
#define CONFIG_ARCH_HAS_PTE_SPECIAL 1
/* Everything that core mm asks about is on. */
#undef IS_ENABLED
#define IS_ENABLED(option) 1

/* C and small kernel services */
typedef u32 vm_fault_t, gfp_t, pte_marker;
typedef u64 pgoff_t, vm_flags_t;
typedef int fpb_t;
enum { EIO = 5, EINTR = 4, ENOENT = 2, EAGAIN = 11, ENOMEM = 12, EBUSY = 16, EHWPOISON = 133 };
#define min_t(type, a, b) min((type)(a), (type)(b))
#define PFN_DOWN(x) ((x) >> PAGE_SHIFT)
#define BUG_ON(condition) ((void)WARN_ON(condition))
#define VM_WARN_ON_FOLIO(condition, folio) UNCHECKED(condition)
#define pr_alert(...)
#define LIST_HEAD(name) struct list_head name
#define list_empty(list) false
#define list_add(new, list) ((void)0)
#define need_resched() false
#define spin_needbreak(lock) false
#define cond_resched() ((void)0)
#define fatal_signal_pending(task) false
static spinlock_t mmlist_lock;
static u64 jiffies;

/* Swap entries; the encoding in an entry is asm/pgtable.h's. 32 types, of which device, migration, poison and marker entries take 9. */
typedef struct { unsigned long val; } swp_entry_t;
#define MAX_SWAPFILES_SHIFT 5
#define MAX_SWAPFILES ((1 << MAX_SWAPFILES_SHIFT) - 4 - 3 - 1 - 1)
#define SWP_TYPE_SHIFT (63 - MAX_SWAPFILES_SHIFT)
#define SWP_OFFSET_MASK (BIT(SWP_TYPE_SHIFT) - 1)
#define SWAP_MAP_BAD 0x3f
#define SWAP_RA 0
#define NO_ENTRY ((swp_entry_t){ 0 })
struct swap_info_struct { unsigned char *swap_map; };
struct swap_iocb;
struct blk_plug { int none; };
/* None of the special entries is met. */
#define is_migration_entry(entry) false
#define is_writable_migration_entry(entry) false
#define is_readable_migration_entry(entry) false
#define is_device_private_entry(entry) false
#define is_writable_device_private_entry(entry) false
#define is_device_exclusive_entry(entry) false
#define is_writable_device_exclusive_entry(entry) false
#define is_pte_marker_entry(entry) false
#define pte_marker_entry_uffd_wp(entry) false
#define is_hwpoison_entry(entry) false
#define is_poisoned_swp_entry(entry) false
#define make_readable_migration_entry(offset) NO_ENTRY
#define make_readable_exclusive_migration_entry(offset) NO_ENTRY
#define make_readable_device_private_entry(offset) NO_ENTRY
#define make_readable_device_exclusive_entry(offset) NO_ENTRY
#define make_pte_marker(marker) __pte(0)
#define PTE_MARKER_UFFD_WP 1
#define copy_pte_marker(entry, vma) 0
#define try_restore_exclusive_pte(ptep, vma, addr) 0
#define swap_duplicate(entry) 0
#define free_swap_and_cache_nr(entry, nr) ((void)0)
#define lookup_swap_cgroup_id(entry) 0

/* A table is known by its PMD, which points to the entry that would map address 0. */
#define pmd_of(ptep, addr) __pmd((u32)((u32)(ptep) - (u32)((addr) >> PAGE_SHIFT) * sizeof(pte_t)) | PMD_TYPE_TABLE)
static inline pte_t *entry_at(const pmd_t *pmd, unsigned long addr)
{
	return (pte_t *)((u32)(pmd_val(*pmd) & ~PMD_TYPE_MASK) + (u32)((addr) >> PAGE_SHIFT) * (u32)sizeof(pte_t));
}
static spinlock_t *const the_ptl = &ptl;
#define pte_offset_map(pmd, addr) entry_at(pmd, addr)
#define pte_offset_map_nolock(mm, pmd, addr, lock) (*(lock) = the_ptl, entry_at(pmd, addr))
#define pte_offset_map_lock(mm, pmd, addr, lock) (*(lock) = the_ptl, spin_lock(*(lock)), entry_at(pmd, addr))
#define pte_unmap(ptep) ((void)(ptep))
#define pte_unmap_unlock(ptep, lock) ((void)(is_childs(ptep) ? 0 : (spin_unlock(lock), 0)))
/* Only the child's table is allocated; its lock makes no step either. */
#define pte_alloc_map_lock(mm, pmd, addr, lock) (*(lock) = the_ptl, (pte_t *)((u32)entry_at(pmd, addr) | CHILD))
#define spin_lock_nested(lock, depth) spin_lock(lock)
#define update_mmu_tlb(vma, addr, ptep) ((void)0)

/* Above the last level there is one table, and whoever goes down meets the same pointer at each level. */
#define pgd_offset(mm, addr) ((pgd_t *)(mm)->pgd)
#define pgd_none(pgd) false
#define pgd_leaf(pgd) false
#define p4d_present(p4d) true
#define p4d_leaf(p4d) false
#define pud_present(pud) true
#define pud_leaf(pud) false
#define pud_none(pud) false
#define pgd_leaf_size(pgd) 0
#define p4d_leaf_size(p4d) 0
#define pud_leaf_size(pud) 0
#define p4d_offset_lockless(pgdp, pgd, addr) ((p4d_t *)(pgdp))
#define pud_offset_lockless(p4dp, p4d, addr) ((pud_t *)(p4dp))
#define pmd_offset_lockless(pudp, pud, addr) ((pmd_t *)(pudp))
#define p4d_alloc(mm, pgd, addr) ((p4d_t *)(pgd))
#define pud_alloc(mm, p4d, addr) ((pud_t *)(p4d))
#define pmd_alloc(mm, pud, addr) ((pmd_t *)(pud))
#define want_pmd_share(vma, addr) false
#define pmdp_get_lockless(pmdp) (*(pmdp))
#define pmd_trans_huge(pmd) false
#define pmd_trans_huge_lock(pmd, vma) NULL
#define pmd_addr_end(addr, end) (end)
#define __pte_leaf_size(pmd, pte) pte_leaf_size(pte)
/* arm64 does not compile the huge_pte_alloc() that asks this, and no longer defines it: what pte_mkhuge() makes. */
#define pte_huge(pte) (!(pte_val(pte) & PTE_TABLE_BIT))
/* A huge page of hugetlb is one contiguous block; a huge page of khugepaged is as long as its vma. */
#define page_size(page) CONT_PTE_SIZE
#define HPAGE_PMD_NR ((vma->vm_end - vma->vm_start) >> PAGE_SHIFT)
#define HPAGE_PMD_SIZE PMD_SIZE

/* Core mm itself reads only what is no entry: tables above the last, which do not change, and counts of swap slots, which are 0. */
#undef READ_ONCE
#define READ_ONCE(x) _Generic((x), pte_t: __pte(read_entry(&(x))), unsigned char: 0, default: (x))

/* Mappings, faults, walks. The bits of flags are ours: they are compared by name alone. */
enum { VM_SHARED = 1, VM_WRITE = 2, VM_MAYWRITE = 4, VM_LOCKED = 8, VM_PFNMAP = 16, VM_MIXEDMAP = 32 };
enum { FOLL_WRITE = 1, FOLL_LONGTERM = 2, FOLL_PIN = 4 };
enum { FAULT_FLAG_WRITE = 1, FAULT_FLAG_UNSHARE = 2, FAULT_FLAG_TRIED = 4, FAULT_FLAG_ALLOW_RETRY = 8, FAULT_FLAG_ORIG_PTE_VALID = 16 };
enum { VM_FAULT_RETRY = 0x100, VM_FAULT_ERROR = 0x200 };
enum { FPB_IGNORE_DIRTY = 1, FPB_IGNORE_SOFT_DIRTY = 2 };
enum { MM_CP_PROT_NUMA = 1, MM_CP_UFFD_WP = 2, MM_CP_UFFD_WP_RESOLVE = 4, MM_CP_TRY_CHANGE_WRITABLE = 8 };
enum { SCAN_SUCCEED, SCAN_PMD_NULL, SCAN_PAGE_LOCK, SCAN_FAIL };
enum { MM_FILEPAGES, MM_ANONPAGES, MM_SWAPENTS, NR_MM_COUNTERS };
enum { NUMA_NO_NODE = -1, NUMA_BALANCING_NORMAL = 1, SWAP_CLUSTER_MAX = 32, GFP_KERNEL = 0, GFP_HIGHUSER_MOVABLE = 0 };
static int sysctl_numa_balancing_mode;
struct vm_fault {
	struct vm_area_struct *vma;
	unsigned long address, real_address;
	pgoff_t pgoff;
	u32 flags;
	pmd_t *pmd;
	pte_t orig_pte;
	pte_t *pte;
	spinlock_t *ptl;
};
struct mm_walk { void *private; struct vm_area_struct *vma; };
struct madvise_walk_private { struct mmu_gather *tlb; bool pageout; };
struct ptdump_state {
	void (*effective_prot)(struct ptdump_state *st, int level, u64 val);
	void (*note_page_pte)(struct ptdump_state *st, unsigned long addr, pte_t pte);
	pte_t noted;
};
struct zap_details;
struct mempolicy { u32 asked; };
struct dev_pagemap;
#define linear_page_index(vma, addr) 0
#define vma_is_accessible(vma) true
#define vma_is_anonymous(vma) true
#define vma_soft_dirty_enabled(vma) false
#define vma_has_recency(vma) true
#define userfaultfd_wp(vma) false
#define userfaultfd_pte_wp(vma, pte) false
#define userfaultfd_wp_use_markers(vma) false
#define zap_install_uffd_wp_if_needed(...) ((void)0)
#define can_change_pte_writable(vma, addr, pte) false
#define init_rss_vec(rss) do for (int i_ = 0; i_ < NR_MM_COUNTERS; i_++) (rss)[i_] = 0; while (0)
#define add_mm_rss_vec(mm, rss) ((void)0)
#define add_mm_counter(mm, member, value) ((void)0)
#define mm_counter(folio) MM_ANONPAGES
#define mm_counter_file(folio) MM_FILEPAGES
#define flush_tlb_batched_pending(mm) ((void)0)
#define mm_tlb_flush_nested(mm) false
#define dec_tlb_flush_pending(mm) ((void)0)
#define check_stable_address_space(mm) 0
#define arch_enter_lazy_mmu_mode() ((void)0)
#define arch_leave_lazy_mmu_mode() ((void)0)
#define arch_check_zapped_pte(vma, pte) ((void)0)
#define ksm_might_unmap_zero_page(mm, pte) ((void)0)

/* Folios */
static const u64 highest_memmap_pfn = ~0ULL;
#define is_zero_pfn(pfn) false
#define print_bad_pte(vma, addr, pte, page) ((void)0)
#define folio_pfn(folio) page_to_pfn(&(folio)->page)
#define folio_test_large(folio) (folio_nr_pages(folio) > 1)
#define folio_mapcount(folio) folio_nr_pages(folio)
#define folio_likely_mapped_shared(folio) false
#define folio_is_zone_device(folio) false
#define folio_test_anon(folio) true
#define folio_test_swapbacked(folio) true
#define folio_test_lru(folio) true
#define folio_test_swapcache(folio) false
#define folio_test_dirty(folio) false
#define folio_test_active(folio) false
#define folio_test_clear_young(folio) false
#define folio_trylock(folio) false
#define folio_clear_referenced(folio) ((void)0)
#define folio_set_referenced(folio) ((void)0)
#define folio_clear_idle(folio) ((void)0)
#define folio_deactivate(folio) ((void)0)
#define folio_mark_lazyfree(folio) ((void)0)
/* References are steps only where a lockless reader takes them; fork takes its own of pages that it cannot lose. */
#define folio_get(folio) ((void)0)
#define folio_ref_add(folio, nr) ((void)0)
#define folio_try_dup_anon_rmap_pte(folio, page, vma) 0
#define folio_try_dup_anon_rmap_ptes(folio, page, nr, vma) 0
#define folio_remove_rmap_pte(folio, page, vma) ((void)0)
#define folio_remove_rmap_ptes(folio, page, nr, vma) ((void)0)

/* Pinning a page without a lock */
#define get_dev_pagemap(pfn, pgmap) NULL
#define gup_fast_undo_dev_pagemap(...) ((void)0)
#define gup_fast_folio_allowed(folio, flags) true
#define gup_must_unshare(vma, flags, page) false
static inline struct folio *try_grab_folio_fast(struct page *page, int refs, u32 flags)
{
	struct folio *folio = page_folio(page);
	lab_ref(folio_pfn(folio), refs);
	return folio;
}
#define gup_put_folio(folio, refs, flags) lab_ref(folio_pfn(folio), -(refs))

/* Flushes that are gathered */
struct mmu_gather {
	struct mm_struct *mm;
	unsigned long start, end;
	u32 fullmm : 1, freed_tables : 1, unshared_tables : 1, fully_unshared_tables : 1, delayed_rmap : 1;
	u32 cleared_ptes : 1, cleared_pmds : 1, cleared_puds : 1, cleared_p4ds : 1;
};
#define TASK_SIZE ~0ULL
#define PMD_SHIFT (PAGE_SHIFT + PAGE_SHIFT - 3)
#define PUD_SHIFT (PMD_SHIFT + PAGE_SHIFT - 3)
#define P4D_SHIFT PUD_SHIFT
#define tlb_change_page_size(tlb, size) ((void)0)
#define __tlb_remove_tlb_entry(tlb, ptep, addr) ((void)0)
#define tlb_remove_tlb_entry(tlb, ptep, addr) tlb_flush_pte_range(tlb, addr, PAGE_SIZE)
#define __tlb_remove_folio_pages(tlb, page, nr, delay) false
#define tlb_delay_rmap(tlb) false
#define tlb_flush_mmu_free(tlb) ((void)0)
#define tlb_batch_list_free(tlb) ((void)0)
#define should_zap_folio(details, folio) true
#define should_zap_cows(details) true

/* Faults: what a handler would go on with is a number. The one for write protection begins by giving the lock back (out of line, so that debug information tells its unlock from the caller's). */
enum { HANDLED, MISSING, SWAPPED, NUMA_HINT, WRITE_PROTECTED };
#define do_pte_missing(vmf) MISSING
#define do_swap_page(vmf) SWAPPED
#define do_numa_page(vmf) NUMA_HINT
static __attribute__((noinline)) vm_fault_t do_wp_page(struct vm_fault *vmf)
{
	spin_unlock(vmf->ptl);
	return WRITE_PROTECTED;
}

/* Swapping in: whoever counts is told, and finds nothing. */
static struct swap_info_struct *swap_info[1 << MAX_SWAPFILES_SHIFT];
#define blk_start_plug(plug) ((void)0)
#define blk_finish_plug(plug) ((void)0)
#define swap_read_unplug(plug) ((void)0)
#define lru_add_drain() ((void)0)
#define __read_swap_cache_async(entry, gfp, policy, index, allocated, skip) \
	((policy)->asked++, *(allocated) = false, (struct folio *)NULL)
#define swapin_readahead(entry, gfp, vmf) ((struct folio *)NULL)

/* Walking from a folio to where it is mapped: here, to one entry, under its lock. */
struct page_vma_mapped_walk { unsigned long address; pmd_t *pmd; pte_t *pte; };
struct folio_referenced_arg { int mapcount, referenced; unsigned long vm_flags; pmd_t *pmd; };
#define DEFINE_FOLIO_VMA_WALK(name, folio, vma, addr, flags) \
	struct page_vma_mapped_walk name = { .address = (addr), .pmd = ((struct folio_referenced_arg *)arg)->pmd }
static inline bool page_vma_mapped_walk(struct page_vma_mapped_walk *walk)
{
	spinlock_t *lock;
	if (walk->pte) {
		spin_unlock(the_ptl);
		return false;
	}
	walk->pte = pte_offset_map_lock(NULL, walk->pmd, walk->address, &lock);
	return true;
}
#define page_vma_mapped_walk_done(walk) ((void)0)
#define lru_gen_enabled() false
#define ptep_clear_flush_young_notify(vma, addr, ptep) ptep_clear_flush_young(vma, addr, ptep)
