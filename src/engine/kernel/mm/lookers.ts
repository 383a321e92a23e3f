/**
 * Those who only look: perf, ptdump, and the checks of core mm that read without the
 * PTL. The thread lists them one by one to find out who needs the access and dirty bits
 * that a lockless read gathers at such cost. None of these does.
 */
import { type EntryIndex, isCont, NONE, type Pte } from "../../hardware/descriptor.ts";
import type { Code, Kernel } from "../kernel.ts";
import { type Listing, listing } from "../listing.ts";
import { isPresent } from "../pte.ts";
import { ptepGetLockless } from "../ptep/ptepGetLockless.ts";
import { type Script, site, warn, within } from "../script.ts";
import { isGenuineSwap, isSwap, swapType } from "../swap.ts";

const readLockless: Code["perfRead"] = {
  run: (k, at, index) => within(at, ptepGetLockless(k, index)),
  lines: () => [],
};

/** The size that perf reports for a page. CONT leaks through the getter for its sake: pte_leaf_size() looks at it. @returns bytes, 0 if not present */
export function* perfGetPgtableSize(k: Kernel, index: EntryIndex): Script<bigint> {
  const pte = yield* k.code.perfRead.run(k, site("perf_get_pgtable_size.read"), index);
  if (!isPresent(pte)) return 0n;
  return isCont(pte) ? k.granule.contSize : k.granule.pageSize;
}

export const perfGetPgtableSizeListing = (code: Code): Listing =>
  listing("perf_get_pgtable_size", "kernel/events/core.c", [
    "perf_get_pgtable_size(mm, addr)",
    ...code.perfRead.lines(code),
    "  if pte is present: size ← CONT ? the block's : the page's",
    "  return size",
  ]);

/** @returns the entry as ptdump shows it */
export function* ptdumpPteEntry(k: Kernel, index: EntryIndex): Script<Pte> {
  return yield* k.code.ptdumpRead.run(k, site("ptdump_pte_entry.read"), index);
}

export const ptdumpPteEntryListing = (code: Code): Listing =>
  listing("ptdump_pte_entry", "mm/ptdump.c", ["ptdump_pte_entry(pte, addr)", ...code.ptdumpRead.lines(code), "  note it"]);

export const lookerCode = {
  perfRead: { ...readLockless, lines: () => [["  pte ← ptep_get_lockless(ptep)", "read", 7816]] },
  ptdumpRead: { ...readLockless, lines: () => [["  val ← ptep_get_lockless(pte)", "read", 124]] },
} as const satisfies Partial<Code>;

/** Whether a large folio could be mapped here. Asked again under the PTL. */
export function* pteRangeNone(k: Kernel, index: EntryIndex, nr: number): Script<boolean> {
  for (let i = 0; i < nr; i++) {
    const pte = yield* within(site("pte_range_none.read", { i }), ptepGetLockless(k, index + i));
    if (pte !== NONE) return false;
  }
  return true;
}

export const pteRangeNoneListing = listing("pte_range_none", "mm/memory.c", [
  "pte_range_none(pte, nr)",
  "  for each of nr entries",
  ["    if ptep_get_lockless(pte + i) is not none: return false", "read", 4647],
  "  return true",
]);

/** How many of the entries `wanted` accepts, reading each without the PTL. */
function* countSwap(k: Kernel, label: string, index: EntryIndex, nr: number, wanted: (pte: Pte) => boolean): Script<bigint> {
  let found = 0;
  for (let i = 0; i < nr; i++) {
    const pte = yield* within(site(label, { i, found }), ptepGetLockless(k, index + i));
    if (isSwap(pte) && wanted(pte)) found += 1;
  }
  return BigInt(found);
}

/** khugepaged brings in what is swapped out. @returns pages swapped in; each swap-in succeeds, and is not shown */
export const collapseHugePageSwapin = (k: Kernel, index: EntryIndex, nr: number): Script<bigint> =>
  countSwap(k, "__collapse_huge_page_swapin.read", index, nr, () => true);

export const collapseHugePageSwapinListing = listing("__collapse_huge_page_swapin", "mm/khugepaged.c", [
  "__collapse_huge_page_swapin(mm, vma, haddr, pmd)",
  "  for each page",
  ["    orig ← ptep_get_lockless(pte)", "read", 1024],
  "    if orig is a swap entry: do_swap_page",
]);

/** Reads ahead what lies around a swapped-out page; a window of one page is only that page. @returns entries read ahead */
export function* swapVmaReadahead(k: Kernel, index: EntryIndex, nr: number): Script<bigint> {
  return nr === 1 ? 0n : yield* countSwap(k, "swap_vma_readahead.read", index, nr, isGenuineSwap);
}

export const swapVmaReadaheadListing = listing("swap_vma_readahead", "mm/swap_state.c", [
  "swap_vma_readahead(entry, vmf)",
  "  for each page of the window, if it is more than one",
  ["    pentry ← ptep_get_lockless(pte)", "read", 825],
  "    if pentry is a swap entry of a file: read it",
]);

/** swapoff looks for the entries of the area that goes away. @returns how many it met; bringing them in is not shown */
export const unusePteRange = (k: Kernel, index: EntryIndex, nr: number, type: number): Script<bigint> =>
  countSwap(k, "unuse_pte_range.read", index, nr, (pte) => swapType(pte) === type);

export const unusePteRangeListing = listing("unuse_pte_range", "mm/swapfile.c", [
  "unuse_pte_range(vma, pmd, addr, end, type)",
  "  for each page",
  ["    ptent ← ptep_get_lockless(pte)", "read", 2203],
  "    if ptent is a swap entry of this type: bring it in",
]);

/** The generic version, which arm64 does not use: it would trip over any page of ours. */
export function* hugePteAlloc(k: Kernel, index: EntryIndex): Script<void> {
  const pte = yield* within(site("huge_pte_alloc.read"), ptepGetLockless(k, index));
  if (isPresent(pte) && !isHuge(pte)) {
    yield* warn("huge_pte_alloc.read", `huge_pte_alloc finds a page where it expects a huge page, at entry ${index}: BUG_ON`);
  }
}

/** pte_huge: a block descriptor, which has the table bit clear. */
const isHuge = (pte: Pte): boolean => (pte & 2n) === 0n;

export const hugePteAllocListing = listing("huge_pte_alloc", "mm/hugetlb.c", [
  "huge_pte_alloc(mm, vma, addr, sz)",
  ["  pteval ← ptep_get_lockless(pte)", "read", 7415],
  "  BUG_ON pteval is present and not huge",
]);
