/*
 * What is called from outside: each call of a scenario under its kernel name, and the
 * functions on values, so that they can be compared too. A parameter is named after what
 * the caller has to pass (see ARGUMENTS in calls.ts).
 */
#include <environment.h>
#include <asm/pgtable-types.h>
#include <asm/pgtable.h>

struct mm_struct init_mm = { .mm_users = { 1 } }, efi_mm = { .mm_users = { 1 } }, user_mm = { .mm_users = { 1 } };
/* Instruction caches are coherent with data caches here. */
void __sync_icache_dcache(pte_t pte) {}
static spinlock_t ptl;

#include <arch/arm64/mm/contpte.c>
#include <slices/arm64.c>
#include <slices/mm.c>

#define CALL(name) __attribute__((export_name(#name)))
enum { USER, INIT, EFI };
static struct mm_struct *mm_of(u32 kind)
{
	return kind == USER ? &user_mm : kind == INIT ? &init_mm : &efi_mm;
}
#define MM mm_of(mm)
#define VMA (&(struct vm_area_struct){ .vm_mm = mm_of(mm) })

CALL(set_pte) void call_set_pte(pte_t *ptep, u64 pte) { set_pte(ptep, __pte(pte)); }
CALL(set_ptes) void call_set_ptes(u32 mm, u64 addr, pte_t *ptep, u64 pte, u32 nr) { set_ptes(MM, addr, ptep, __pte(pte), nr); }
CALL(pte_clear) void call_pte_clear(u32 mm, u64 addr, pte_t *ptep) { pte_clear(MM, addr, ptep); }
CALL(ptep_get) u64 call_ptep_get(pte_t *ptep) { return pte_val(ptep_get(ptep)); }
CALL(ptep_get_lockless) u64 call_ptep_get_lockless(pte_t *ptep) { return pte_val(ptep_get_lockless(ptep)); }
CALL(ptep_get_and_clear) u64 call_ptep_get_and_clear(u32 mm, u64 addr, pte_t *ptep) { return pte_val(ptep_get_and_clear(MM, addr, ptep)); }
CALL(clear_full_ptes) void call_clear_full_ptes(u32 mm, u64 addr, pte_t *ptep, u32 nr, u32 full) { clear_full_ptes(MM, addr, ptep, nr, full); }
CALL(get_and_clear_full_ptes) u64 call_get_and_clear_full_ptes(u32 mm, u64 addr, pte_t *ptep, u32 nr, u32 full)
{
	return pte_val(get_and_clear_full_ptes(MM, addr, ptep, nr, full));
}
CALL(ptep_test_and_clear_young) u32 call_ptep_test_and_clear_young(u32 mm, u64 addr, pte_t *ptep) { return ptep_test_and_clear_young(VMA, addr, ptep); }
CALL(ptep_clear_flush_young) u32 call_ptep_clear_flush_young(u32 mm, u64 addr, pte_t *ptep) { return ptep_clear_flush_young(VMA, addr, ptep); }
CALL(ptep_set_wrprotect) void call_ptep_set_wrprotect(u32 mm, u64 addr, pte_t *ptep) { ptep_set_wrprotect(MM, addr, ptep); }
CALL(wrprotect_ptes) void call_wrprotect_ptes(u32 mm, u64 addr, pte_t *ptep, u32 nr) { wrprotect_ptes(MM, addr, ptep, nr); }
CALL(ptep_set_access_flags) u32 call_ptep_set_access_flags(u32 mm, u64 addr, pte_t *ptep, u64 pte, u32 dirty)
{
	return ptep_set_access_flags(VMA, addr, ptep, __pte(pte), dirty);
}
CALL(clear_young_dirty_ptes) void call_clear_young_dirty_ptes(u32 mm, u64 addr, pte_t *ptep, u32 nr, u32 flags)
{
	clear_young_dirty_ptes(VMA, addr, ptep, nr, flags);
}
CALL(pte_batch_hint) u32 call_pte_batch_hint(pte_t *ptep, u64 pte) { return pte_batch_hint(ptep, __pte(pte)); }
#ifdef HAVE_ptep_clear_flush
CALL(ptep_clear_flush) u64 call_ptep_clear_flush(u32 mm, u64 addr, pte_t *ptep) { return pte_val(ptep_clear_flush(VMA, addr, ptep)); }
#endif
#ifdef HAVE_ptep_modify_prot_start
CALL(ptep_modify_prot_start) u64 call_ptep_modify_prot_start(u32 mm, u64 addr, pte_t *ptep) { return pte_val(ptep_modify_prot_start(VMA, addr, ptep)); }
CALL(ptep_modify_prot_commit) void call_ptep_modify_prot_commit(u32 mm, u64 addr, pte_t *ptep, u64 pte)
{
	ptep_modify_prot_commit(VMA, addr, ptep, __pte(0), __pte(pte));
}
#endif
CALL(flush_tlb_range) void call_flush_tlb_range(u32 mm, u64 addr, u64 end) { flush_tlb_range(VMA, addr, end); }
CALL(flush_tlb_page) void call_flush_tlb_page(u32 mm, u64 addr) { flush_tlb_page(VMA, addr); }
CALL(ptl_lock) void call_ptl_lock(void) { spin_lock(&ptl); }
CALL(ptl_unlock) void call_ptl_unlock(void) { spin_unlock(&ptl); }

#include <mm.c>

/* Functions on values: a word and a number in, a word out. */
#define VALUE(name, expression) \
	__attribute__((export_name("value:" #name))) u64 value_##name(u64 word, u64 other) { pte_t pte = __pte(word); return expression; }
VALUE(pte_mkdirty, pte_val(pte_mkdirty(pte)))
VALUE(pte_mkclean, pte_val(pte_mkclean(pte)))
VALUE(pte_mkold, pte_val(pte_mkold(pte)))
VALUE(pte_mkyoung, pte_val(pte_mkyoung(pte)))
VALUE(pte_mkwrite_novma, pte_val(pte_mkwrite_novma(pte)))
VALUE(pte_wrprotect, pte_val(pte_wrprotect(pte)))
VALUE(pte_mkcont, pte_val(pte_mkcont(pte)))
VALUE(pte_mknoncont, pte_val(pte_mknoncont(pte)))
VALUE(pte_mkinvalid, pte_val(pte_mkinvalid(pte)))
VALUE(pte_mkspecial, pte_val(pte_mkspecial(pte)))
VALUE(pte_modify, pte_val(pte_modify(pte, __pgprot(other))))
VALUE(pte_pgprot, pgprot_val(pte_pgprot(pte)))
VALUE(pte_pgprot_ignoring_ad, pgprot_val(pte_pgprot(pte_mkold(pte_mkclean(pte)))))
VALUE(pte_advance_pfn, pte_val(pte_advance_pfn(pte, other % 512)))
VALUE(pte_pfn, pte_pfn(pte))
VALUE(pte_young, pte_young(pte))
VALUE(pte_dirty, pte_dirty(pte))
VALUE(pte_hw_dirty, pte_hw_dirty(pte))
VALUE(pte_sw_dirty, pte_sw_dirty(pte))
VALUE(pte_write, pte_write(pte))
VALUE(pte_rdonly, pte_rdonly(pte))
VALUE(pte_valid, pte_valid(pte))
VALUE(pte_present, pte_present(pte))
VALUE(pte_cont, pte_cont(pte))
VALUE(pte_valid_cont, pte_valid_cont(pte))
VALUE(pte_special, pte_special(pte))
VALUE(pte_user, pte_user(pte))
VALUE(pte_uffd_wp, pte_uffd_wp(pte))
VALUE(pte_protnone, pte_protnone(pte))
VALUE(pte_access_permitted_read, pte_access_permitted(pte, false))
VALUE(pte_access_permitted_write, pte_access_permitted(pte, true))
VALUE(page_none, pgprot_val(PAGE_NONE))
VALUE(page_shared, pgprot_val(PAGE_SHARED))
VALUE(page_readonly, pgprot_val(PAGE_READONLY))

/* Where a suspended call keeps its locals: see suspendable.ts. */
static u32 frames[4096];
CALL(frames) u32 *lab_frames(void) { return frames; }
CALL(frames_size) u32 lab_frames_size(void) { return sizeof(frames); }
