/**
 * The private `__` helpers that are more than one access: read-modify-write loops on
 * one entry, and the loops over several entries that core mm asks for. They know
 * nothing of blocks.
 */
import { asPte, BIT, type EntryIndex, type Pte } from "../hardware/descriptor.ts";
import type { Code, Kernel } from "./kernel.ts";
import { type Listing, listing } from "./listing.ts";
import { flushPage, rawCmpxchg, rawGet, rawGetAndClear, rawSet } from "./primitives.ts";
import { gatherAD, isYoung, mkclean, mkold, wrprotect } from "./pte.ts";
import { type Script, type Site, site, within } from "./script.ts";

const HEADER = "arch/arm64/include/asm/pgtable.h";

/** Replaces an entry by `change` of it, again and again until nobody came in between. @returns what was replaced */
function* exchangeUntilStuck(at: (expected: Pte) => Site, index: EntryIndex, seed: Pte, change: (pte: Pte) => Pte): Script<Pte> {
  let expected = seed;
  for (;;) {
    const found = yield* rawCmpxchg(at(expected), index, expected, change(expected));
    if (found === expected) return found;
    expected = found;
  }
}

/** __ptep_test_and_clear_young(). */
export function* rawTestAndClearYoung(index: EntryIndex): Script<boolean> {
  const pte = yield* rawGet(site("__ptep_test_and_clear_young.read"), index);
  const old = yield* exchangeUntilStuck((expected) => site("__ptep_test_and_clear_young.cmpxchg", { expected }), index, pte, mkold);
  return isYoung(old);
}

export const rawTestAndClearYoungListing = listing("__ptep_test_and_clear_young", HEADER, [
  "__ptep_test_and_clear_young(ptep)",
  ["  old ← read entry", "read", 1238],
  ["  cmpxchg(entry, old, old without AF), until it sticks", "cmpxchg", 1242],
  "  return old is young",
]);

/** ___ptep_set_wrprotect(). @param seed what the entry is thought to hold; a stale one costs a round */
function* rawSetWrprotectFrom(index: EntryIndex, seed: Pte): Script<void> {
  yield* exchangeUntilStuck((expected) => site("___ptep_set_wrprotect.cmpxchg", { expected }), index, seed, wrprotect);
}

export const rawUpdatesCode = {
  wrprotectEntry: { run: rawSetWrprotectFrom, lines: () => [["  cmpxchg(entry, old, new), until it sticks", "cmpxchg", 1342]] },
} as const satisfies Partial<Code>;

export const rawSetWrprotectFromListing = (code: Code): Listing =>
  listing("___ptep_set_wrprotect", HEADER, [
    "___ptep_set_wrprotect(ptep, old)",
    "  new ← old without WRITE, RDONLY set;",
    "        dirty by software if it was dirty by hardware",
    ...code.wrprotectEntry.lines(code),
  ]);

/** __clear_young_dirty_ptes(). Both flags at once are cleared by a plain store: hardware may lose an update, as if it came first. */
export function* rawClearYoungDirty(index: EntryIndex, nr: number, flags: YoungDirtyFlags): Script<void> {
  const change = CLEARING[flags];
  for (let i = 0; i < nr; i++) {
    const pte = yield* rawGet(site("__clear_young_dirty_ptes.read", { i, nr }), index + i);
    if (flags === BOTH) yield* rawSet(site("__clear_young_dirty_ptes.set", { i, nr, pte }), index + i, change(pte));
    else yield* within(site("__clear_young_dirty_ptes.one", { i, nr }), rawClearYoungDirtyFrom(index + i, pte, change));
  }
}

/** __clear_young_dirty_pte(). */
function* rawClearYoungDirtyFrom(index: EntryIndex, seed: Pte, change: (pte: Pte) => Pte): Script<void> {
  yield* exchangeUntilStuck((expected) => site("__clear_young_dirty_pte.cmpxchg", { expected }), index, seed, change);
}

export const rawClearYoungDirtyFromListing = listing("__clear_young_dirty_pte", HEADER, [
  "__clear_young_dirty_pte(vma, addr, ptep, old, flags)",
  "  new ← old without young or without dirty",
  ["  cmpxchg(entry, old, new), until it sticks", "cmpxchg", 1380],
]);

/** CYDP_CLEAR_YOUNG, CYDP_CLEAR_DIRTY, or both. */
export type YoungDirtyFlags = 1 | 2 | 3;
const BOTH = 3;
const CLEARING: Readonly<Record<YoungDirtyFlags, (pte: Pte) => Pte>> = { 1: mkold, 2: mkclean, 3: (pte) => mkclean(mkold(pte)) };

export const rawClearYoungDirtyListing = listing("__clear_young_dirty_ptes", HEADER, [
  "__clear_young_dirty_ptes(ptep, nr, flags)",
  "  for each of nr entries",
  ["    old ← read entry", "read", 1392],
  "    if flags say both young and dirty",
  ["      entry ← old without young and dirty", "set", 1395],
  "    else",
  ["      __clear_young_dirty_pte(vma, addr, ptep, old, flags)", "one", 1397],
]);

/** What __ptep_set_access_flags() can change. */
export const ACCESS_FLAGS = BIT.RDONLY | BIT.AF | BIT.DBM | BIT.DIRTY;

/** Adds what `entry` permits to what `pte` permits: RDONLY survives only if both have it. */
const mostPermissive = (pte: Pte, entry: Pte): Pte => asPte(((pte ^ BIT.RDONLY) | ((entry & ACCESS_FLAGS) ^ BIT.RDONLY)) ^ BIT.RDONLY);

/** __ptep_set_access_flags(). @returns whether the entry was not already what was asked for */
export function* rawSetAccessFlags(k: Kernel, index: EntryIndex, entry: Pte, dirty: boolean): Script<boolean> {
  const pte = yield* rawGet(site("__ptep_set_access_flags.read"), index);
  if (pte === entry) return false;
  const at = (expected: Pte): Site => site("__ptep_set_access_flags.cmpxchg", { expected });
  yield* exchangeUntilStuck(at, index, pte, (old) => mostPermissive(old, entry));
  if (dirty) yield* flushPage(k, site("__ptep_set_access_flags.flush"), index);
  return true;
}

export const rawSetAccessFlagsListing = listing("__ptep_set_access_flags", "arch/arm64/mm/fault.c", [
  "__ptep_set_access_flags(vma, addr, ptep, entry, dirty)",
  ["  old ← read target", "read", 216],
  "  if old = entry: return 0",
  "  new ← old, with AF, WRITE, DIRTY of entry added,",
  "        RDONLY only if both have it",
  ["  cmpxchg(target, old, new), until it sticks", "cmpxchg", 237],
  ["  if dirty: flush the page", "flush", 242],
  "  return 1",
]);

/** __clear_full_ptes(). */
export function* rawClearFull(index: EntryIndex, nr: number): Script<void> {
  for (let i = 0; i < nr; i++) yield* rawGetAndClear(site("__clear_full_ptes.clear", { i, nr }), index + i);
}

export const rawClearFullListing = listing("__clear_full_ptes", HEADER, [
  "__clear_full_ptes(mm, addr, ptep, nr, full)",
  "  for each of nr entries",
  ["    xchg(entry, 0)", "clear", 1293],
]);

/** __get_and_clear_full_ptes(): the first entry, with everybody's access and dirty bits. */
export function* rawGetAndClearFull(index: EntryIndex, nr: number): Script<Pte> {
  let pte = yield* rawGetAndClear(site("__get_and_clear_full_ptes.first"), index);
  for (let i = 1; i < nr; i++) {
    const other = yield* rawGetAndClear(site("__get_and_clear_full_ptes.rest", { i, nr, pte }), index + i);
    pte = gatherAD(pte, other);
  }
  return pte;
}

export const rawGetAndClearFullListing = listing("__get_and_clear_full_ptes", HEADER, [
  "__get_and_clear_full_ptes(mm, addr, ptep, nr, full)",
  ["  pte ← xchg(first entry, 0)", "first", 1307],
  "  for each other entry",
  ["    other ← xchg(entry, 0)", "rest", 1311],
  "    if other is dirty: pte ← dirty",
  "    if other is young: pte ← young",
  "  return pte",
]);
