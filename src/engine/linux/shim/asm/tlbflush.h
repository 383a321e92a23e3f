/*
 * TLB flushes. What a flush consists of (barriers, TLBI instructions, notifiers) is one
 * step of the machine here: a flush and the wait for it, or a flush that nobody waits for.
 */
#pragma once
#include <environment.h>

#define TLBI_TTL_UNKNOWN 0x7fffffff

#define __flush_tlb_range(vma, start, end, stride, last_level, level) \
	lab_tlbi(start, end, stride, last_level, level, true)
#define __flush_tlb_range_nosync(vma, start, end, stride, last_level, level) \
	lab_tlbi(start, end, stride, last_level, level, false)
#define flush_one_page(addr, sync) lab_tlbi(addr, (addr) + PAGE_SIZE, PAGE_SIZE, true, 3, sync)

/* The kernel flushes without waiting and then waits; the wait is part of the flush here. */
#define flush_tlb_page_nosync(vma, addr) flush_one_page(addr, true)
#define __tlbi_sync_s1ish() ((void)0)
#include <slices/tlbflush.c>
#undef flush_tlb_page_nosync
#define flush_tlb_page_nosync(vma, addr) flush_one_page(addr, false)
