/*
 * TLB flushes. What a flush consists of (barriers, TLBI instructions, notifiers) is one
 * step of the machine here: a flush and the wait for it, or a flush that nobody waits for.
 */
#pragma once
#include <environment.h>

#define TLBI_TTL_UNKNOWN 0x7fffffff

#ifdef HAVE___flush_tlb_page
/* Flags say what kind of flush it is. Nobody has to be notified here. */
typedef u32 tlbf_t;
#define TLBF_NONE 0u
#define TLBF_NOWALKCACHE 1u
#define TLBF_NOSYNC 2u
#define TLBF_NONOTIFY 4u
#define TLBF_NOBROADCAST 8u
#define has_flag(flags, flag) (((flags) & (flag)) != 0)

/* Addresses are those of pages, so nothing is to be rounded. */
#define round_down ALIGN_DOWN
#define __do_flush_tlb_range __flush_tlb_range
#define __flush_tlb_range(vma, start, end, stride, level, flags) \
	lab_tlbi(start, end, stride, has_flag(flags, TLBF_NOWALKCACHE), level, \
		 !has_flag(flags, TLBF_NOSYNC), has_flag(flags, TLBF_NOBROADCAST))
#include <slices/tlbflush.c>
#else
/* Every kind of flush has a function. */
#define __flush_tlb_range(vma, start, end, stride, last_level, level) \
	lab_tlbi(start, end, stride, last_level, level, true, false)
#define __flush_tlb_range_nosync(vma, start, end, stride, last_level, level) \
	lab_tlbi(start, end, stride, last_level, level, false, false)
#define flush_one_page(addr, sync) lab_tlbi(addr, (addr) + PAGE_SIZE, PAGE_SIZE, true, 3, sync, false)

/* flush_tlb_page() flushes without waiting and then waits; that it does is assumed, since barriers do nothing here. */
#define flush_tlb_page_nosync(vma, addr) flush_one_page(addr, true)
#define __tlbi_sync_s1ish() ((void)0)
#include <slices/tlbflush.c>
#undef flush_tlb_page_nosync
#define flush_tlb_page_nosync(vma, addr) flush_one_page(addr, false)
#endif
