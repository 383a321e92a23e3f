/*
 * The kernel around the page-table code, as far as that code can tell.
 *
 * Every access to a page table, every flush, lock, reference and warning becomes a call
 * out of WebAssembly (lab_...); what nobody here could answer otherwise (barriers, errata,
 * features of other CPUs) is answered as on a plain Armv8.1 CPU that has hardware access
 * and dirty updates. The words are ours; no line is taken from a kernel tree.
 *
 * `long` is 64 bits wide, as on arm64: the compiler is given -Dlong="long long".
 * Pointers are 32 bits wide. A pointer to an entry is a number that nobody follows.
 */
#pragma once
#include <slices/have.h>

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long u64;
typedef signed char s8;
typedef short s16;
typedef int s32;
typedef long s64;
typedef u64 phys_addr_t;
typedef u64 size_t;
typedef u64 uintptr_t;
typedef _Bool bool;
#define true 1
#define false 0
#define NULL ((void *)0)

/* Configuration: arm64's defaults with CONFIG_DEBUG_VM off. Granule and block come from the command line. */
#define CONFIG_64BIT 1
#define CONFIG_ARM64_CONTPTE 1
#define CONFIG_ARM64_CONT_PMD_SHIFT 4
#define CONFIG_ARM64_PA_BITS 48
#define CONFIG_HAVE_ARCH_USERFAULTFD_WP 1
#define CONFIG_NUMA_BALANCING 1
/* One level is enough: no table above the last is ever walked. */
#define CONFIG_PGTABLE_LEVELS 2
#define IS_ENABLED(option) 0

#define PAGE_SIZE (1ULL << PAGE_SHIFT)
#define PAGE_MASK (~(PAGE_SIZE - 1))
#define PMD_SIZE (1ULL << (PAGE_SHIFT + PAGE_SHIFT - 3))
#define PMD_MASK (~(PMD_SIZE - 1))
#define PUD_SIZE (PMD_SIZE << (PAGE_SHIFT - 3))
#define PUD_MASK (~(PUD_SIZE - 1))
#define VA_BITS 48
#define VA_BITS_MIN 48

/* C as the kernel writes it */
#define UL(x) x##ULL
#define _AC(x, suffix) (x##suffix)
#define _AT(type, x) ((type)(x))
#define BIT(n) (1ULL << (n))
#define BIT_ULL(n) BIT(n)
#define GENMASK(high, low) ((~0ULL << (low)) & (~0ULL >> (63 - (high))))
#define GENMASK_ULL(high, low) GENMASK(high, low)
#define FIELD_GET(mask, value) (((value) & (mask)) / ((mask) & -(mask)))
#define ALIGN_DOWN(x, a) ((x) & ~((__typeof__(x))(a) - 1))
#define ALIGN(x, a) ALIGN_DOWN((x) + (a) - 1, a)
#define PTR_ALIGN_DOWN(p, a) ((__typeof__(p))ALIGN_DOWN((unsigned long)(p), (unsigned long)(a)))
#define min(a, b) ((a) < (b) ? (a) : (b))
#define max(a, b) ((a) > (b) ? (a) : (b))
#define SZ_4K 0x1000ULL
#define SZ_8M 0x800000ULL
#define likely(x) (x)
#define unlikely(x) (x)
#define __always_inline inline __attribute__((always_inline))
#define __always_unused __attribute__((unused))
#define __maybe_unused __attribute__((unused))
#define __pure
#define __ro_after_init
#define BUILD_BUG_ON(condition)
#define pr_err(...)

/* Calls out. The names after `lab_` are those of the imports. */
#define IMPORT(name) __attribute__((import_module("lab"), import_name(#name)))
IMPORT(read) u64 lab_read(const void *entry);
IMPORT(write) void lab_write(void *entry, u64 value);
IMPORT(xchg) u64 lab_xchg(void *entry, u64 value);
IMPORT(cmpxchg) u64 lab_cmpxchg(void *entry, u64 expected, u64 value);
IMPORT(tlbi) void lab_tlbi(u64 start, u64 end, u64 stride, u32 last_level, u32 level, u32 sync, u32 local);
IMPORT(lock) void lab_lock(void);
IMPORT(unlock) void lab_unlock(void);
IMPORT(ref) void lab_ref(u64 pfn, s32 change);
IMPORT(warn) void lab_warn(const char *file, u32 line);
IMPORT(page) u32 lab_page(u64 pfn);
IMPORT(pfn) u64 lab_pfn(u32 page);
IMPORT(folio) u32 lab_folio(u32 page);
IMPORT(pages) u64 lab_pages(u32 folio);

/*
 * In fork the child's table is filled before anybody can see it: what is done to it makes
 * no step. Nothing that the parent does depends on it, so it always reads as empty.
 */
#define CHILD 0x20000000u
#define is_childs(entry) (((u32)(entry) & CHILD) != 0)
static __attribute__((always_inline)) inline u64 read_entry(const void *entry) { return is_childs(entry) ? 0 : lab_read(entry); }
static __attribute__((always_inline)) inline void write_entry(void *entry, u64 value) { if (!is_childs(entry)) lab_write(entry, value); }

/* One access each. Everything that is read or written here is an entry, 8 bytes. */
#define READ_ONCE(x) ({ union { u64 word; __typeof__(x) it; } r_; r_.word = read_entry(&(x)); r_.it; })
#define WRITE_ONCE(x, v) ({ union { u64 word; __typeof__(x) it; } w_; w_.it = (v); write_entry(&(x), w_.word); })
#define xchg_relaxed(p, v) lab_xchg((p), (v))
#define cmpxchg_relaxed(p, expected, v) lab_cmpxchg((p), (expected), (v))

/* Memory is sequentially consistent here, so a barrier does nothing. */
#define dsb(option) ((void)0)
#define isb() ((void)0)
#define smp_rmb() ((void)0)
#define smp_wmb() ((void)0)
#define barrier() ((void)0)

/* Nobody puts barriers off until later. */
#define is_lazy_mmu_mode_active() false
#define TIF_LAZY_MMU_PENDING 0
#define test_thread_flag(flag) false
#define set_thread_flag(flag) ((void)0)
#define test_and_clear_thread_flag(flag) false

/* Every occurrence warns: `once` is not modelled. */
#define WARN_ON(condition) ({ int c_ = !!(condition); if (c_) lab_warn(__FILE__, __LINE__); c_; })
#define WARN_ON_ONCE(condition) WARN_ON(condition)
#define WARN(condition, ...) WARN_ON(condition)
#define WARN_ONCE(condition, ...) WARN_ON(condition)
#define UNCHECKED(condition) ((void)sizeof((long)(condition)))
#define VM_WARN_ON(condition) UNCHECKED(condition)
#define VM_WARN_ON_ONCE(condition) UNCHECKED(condition)
#define VM_WARN_ONCE(condition, ...) UNCHECKED(condition)
#define VM_BUG_ON(condition) UNCHECKED(condition)

/* Memory, processes */
#define MT_NORMAL 0
#define MT_NORMAL_TAGGED 1
#define MT_NORMAL_NC 2
#define MT_DEVICE_nGnRnE 3
#define MT_DEVICE_nGnRE 4
struct page;
struct vm_area_struct;
typedef struct { int counter; } atomic_t;
#define atomic_read(a) ((a)->counter)
typedef struct { int held; } spinlock_t;
#define spin_lock(lock) ((void)(lock), lab_lock())
#define spin_unlock(lock) ((void)(lock), lab_unlock())
struct mm_struct { void *pgd; atomic_t mm_users; };
struct vm_operations_struct { struct page *(*find_special_page)(struct vm_area_struct *, unsigned long); };
struct vm_area_struct {
	struct mm_struct *vm_mm;
	unsigned long vm_flags, vm_start, vm_end, vm_pgoff;
	const struct vm_operations_struct *vm_ops;
};
struct task_struct { struct mm_struct *active_mm; };
struct file;
struct seq_file;
struct vm_fault;
extern struct task_struct *current;
extern struct mm_struct init_mm, efi_mm;
extern bool arm64_use_ng_mappings;
#define TLB_FLUSH_VMA(mm, flags) { .vm_mm = (mm), .vm_flags = (flags) }
static inline bool mm_is_efi(struct mm_struct *mm) { return mm == &efi_mm; }
/* Nobody else has a flush of this mm outstanding. */
static inline bool mm_tlb_flush_pending(struct mm_struct *mm) { return false; }
typedef u32 cydp_t;
#define CYDP_CLEAR_YOUNG 1u
#define CYDP_CLEAR_DIRTY 2u

/* A page is a number that nobody follows; the pages of one folio are neighbours. */
struct page { char nothing; };
struct list_head { struct list_head *next; };
struct folio { struct page page; struct list_head lru; };
#define pfn_to_page(pfn) ((struct page *)lab_page(pfn))
#define page_to_pfn(page) lab_pfn((u32)(page))
#define phys_to_page(address) pfn_to_page((address) >> PAGE_SHIFT)
#define __pa_symbol(symbol) 0ULL
#define page_folio(p) ((struct folio *)lab_folio((u32)(p)))
#define folio_nr_pages(folio) lab_pages((u32)(folio))

/* Features and errata that the modelled CPU does not have */
#define system_supports_mte() false
#define system_supports_poe() false
#define system_supports_bbml2_noabort() false
#define system_supports_bti_kernel() false
#define alternative_has_cap_unlikely(capability) false
#define cpus_have_final_cap(capability) false
#define SYS_POR_EL0 0
#define read_sysreg_s(register) 0ULL
#define por_elx_allows_read(por, key) true
#define por_elx_allows_write(por, key) true
#define por_elx_allows_exec(por, key) true
#define page_table_check_pte_clear(...) ((void)0)
#define page_table_check_ptes_set(...) ((void)0)
#define page_table_check_pmd_clear(...) ((void)0)
#define page_table_check_pmd_set(...) ((void)0)
#define page_table_check_pud_set(...) ((void)0)
#define page_table_check_pmds_set(...) ((void)0)
#define page_table_check_puds_set(...) ((void)0)

/* From generic page-table code, which is not part of the arch headers */
#define pte_same(a, b) (pte_val(a) == pte_val(b))
#define set_pte_at(mm, addr, ptep, pte) set_ptes(mm, addr, ptep, pte, 1)
