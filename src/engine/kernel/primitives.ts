/**
 * The step alphabet of page-table code: each function is one access, named after the
 * kernel's private `__` helper that does it. All relaxed; for user entries the kernel
 * adds no barrier either.
 */
import { asPte, type EntryIndex, NONE, type Pte } from "../hardware/descriptor.ts";
import type { Kernel } from "./kernel.ts";
import { advancePfn } from "./pte.ts";
import { perform, type Script, type Site } from "./script.ts";

/** __ptep_get(): one READ_ONCE. */
export function* rawGet(at: Site, index: EntryIndex): Script<Pte> {
  return asPte(yield* perform(at, { op: "read", index }));
}

/** __set_pte(): one WRITE_ONCE. */
export function* rawSet(at: Site, index: EntryIndex, value: Pte): Script<void> {
  yield* perform(at, { op: "write", index, value });
}

/** __ptep_get_and_clear(): one xchg with 0. */
export function* rawGetAndClear(at: Site, index: EntryIndex): Script<Pte> {
  return asPte(yield* perform(at, { op: "xchg", index, value: NONE }));
}

/** __set_ptes(): `nr` stores in ascending order, the frame advancing by one. `at` tells where store `i` stands. */
export function* rawSetPtes(k: Kernel, at: (i: number, pte: Pte) => Site, index: EntryIndex, pte: Pte, nr: number): Script<void> {
  for (let i = 0; i < nr; i++) {
    const value = advancePfn(k.granule, pte, i);
    yield* rawSet(at(i, value), index + i, value);
  }
}

/** __flush_tlb_range() with the arguments contpte gives it: leaf entries, level 3. @param sync false for the `_nosync` flush */
export function* flushRange(k: Kernel, at: Site, index: EntryIndex, nr: number, sync = true): Script<void> {
  yield* perform(at, { op: "tlbi", index, nr, stride: k.granule.pageSize, lastLevel: true, level: 3, sync });
}

/** cmpxchg_relaxed() on one entry. @returns what it held: equal to `expected` if the exchange was made */
export function* rawCmpxchg(at: Site, index: EntryIndex, expected: Pte, value: Pte): Script<Pte> {
  return asPte(yield* perform(at, { op: "cmpxchg", index, expected, value }));
}

/** flush_tlb_page(): the entry of one page. */
export const flushPage = (k: Kernel, at: Site, index: EntryIndex, sync = true): Script<void> => flushRange(k, at, index, 1, sync);
