/**
 * Clearing access and dirty state: ptep_test_and_clear_young(), ptep_clear_flush_young(),
 * clear_young_dirty_ptes(). None of them unfolds: core mm keeps this state per folio,
 * and a block never spans two folios, so they clear it for the whole block.
 */
import { type EntryIndex, isCont } from "../../hardware/descriptor.ts";
import { alignDown, type Code, type Kernel } from "../kernel.ts";
import { type Listing, listing } from "../listing.ts";
import { flushPage, flushRange, rawGet } from "../primitives.ts";
import { isValidCont } from "../pte.ts";
import { rawClearYoungDirty, rawTestAndClearYoung, type YoungDirtyFlags } from "../rawUpdates.ts";
import { type Script, site, within } from "../script.ts";

const HEADER = "arch/arm64/include/asm/pgtable.h";
const CONTPTE = "arch/arm64/mm/contpte.c";

export function* ptepTestAndClearYoung(k: Kernel, index: EntryIndex): Script<boolean> {
  const pte = yield* rawGet(site("ptep_test_and_clear_young.read"), index);
  return isValidCont(pte)
    ? yield* within(site("ptep_test_and_clear_young.block"), contpteTestAndClearYoung(k, index))
    : yield* within(site("ptep_test_and_clear_young.one"), rawTestAndClearYoung(index));
}

function* contpteTestAndClearYoung(k: Kernel, index: EntryIndex): Script<boolean> {
  const { start, nr } = k.code.youngReach.run(k, index);
  let young = false;
  for (let i = 0; i < nr; i++) {
    const was: boolean = yield* within(site("contpte_ptep_test_and_clear_young.one", { i, young }), rawTestAndClearYoung(start + i));
    young ||= was;
  }
  return young;
}

export const ptepTestAndClearYoungListing = listing("ptep_test_and_clear_young", HEADER, [
  "ptep_test_and_clear_young(vma, addr, ptep)",
  ["  pte ← read entry", "read", 1731],
  "  if pte is not valid or has no CONT",
  ["    return __ptep_test_and_clear_young(ptep)", "one", 1734],
  ["  return contpte_ptep_test_and_clear_young(vma, addr, ptep)", "block", 1736],
]);

export const contpteTestAndClearYoungListing = (code: Code): Listing =>
  listing("contpte_ptep_test_and_clear_young", CONTPTE, [
    "contpte_ptep_test_and_clear_young(vma, addr, ptep)",
    `  for each slot i of ${code.youngReach.text}`,
    ["    young |= __ptep_test_and_clear_young(slot i)", "one", 321],
    "  return young",
  ]);

export function* ptepClearFlushYoung(k: Kernel, index: EntryIndex): Script<boolean> {
  const pte = yield* rawGet(site("ptep_clear_flush_young.read"), index);
  return isValidCont(pte)
    ? yield* within(site("ptep_clear_flush_young.block"), contpteClearFlushYoung(k, index))
    : yield* within(site("ptep_clear_flush_young.one"), rawClearFlushYoung(k, index));
}

function* rawClearFlushYoung(k: Kernel, index: EntryIndex): Script<boolean> {
  const young = yield* within(site("__ptep_clear_flush_young.clear"), rawTestAndClearYoung(index));
  if (young) yield* flushPage(k, site("__ptep_clear_flush_young.flush"), index, false);
  return young;
}

function* contpteClearFlushYoung(k: Kernel, index: EntryIndex): Script<boolean> {
  const young = yield* within(site("contpte_ptep_clear_flush_young.clear"), contpteTestAndClearYoung(k, index));
  if (young) yield* flushRange(k, site("contpte_ptep_clear_flush_young.flush"), alignDown(k, index), k.granule.contPtes, false);
  return young;
}

export const ptepClearFlushYoungListing = listing("ptep_clear_flush_young", HEADER, [
  "ptep_clear_flush_young(vma, addr, ptep)",
  ["  pte ← read entry", "read", 1743],
  "  if pte is not valid or has no CONT",
  ["    return __ptep_clear_flush_young(vma, addr, ptep)", "one", 1746],
  ["  return contpte_ptep_clear_flush_young(vma, addr, ptep)", "block", 1748],
]);

export const rawClearFlushYoungListing = listing("__ptep_clear_flush_young", HEADER, [
  "__ptep_clear_flush_young(vma, addr, ptep)",
  ["  young ← __ptep_test_and_clear_young(ptep)", "clear", 1252],
  ["  if young: flush the page, without waiting", "flush", 1263],
  "  return young",
]);

export const contpteClearFlushYoungListing = listing("contpte_ptep_clear_flush_young", CONTPTE, [
  "contpte_ptep_clear_flush_young(vma, addr, ptep)",
  ["  young ← contpte_ptep_test_and_clear_young(vma, addr, ptep)", "clear", 332],
  ["  if young: flush the block, without waiting", "flush", 340],
  "  return young",
]);

export function* clearYoungDirtyPtes(k: Kernel, index: EntryIndex, nr: number, flags: YoungDirtyFlags): Script<void> {
  if (nr === 1) {
    const pte = yield* rawGet(site("clear_young_dirty_ptes.read"), index);
    if (!isCont(pte)) {
      yield* within(site("clear_young_dirty_ptes.one"), rawClearYoungDirty(index, 1, flags));
      return;
    }
  }
  yield* within(site("clear_young_dirty_ptes.blocks"), contpteClearYoungDirtyPtes(k, index, nr, flags));
}

function* contpteClearYoungDirtyPtes(k: Kernel, index: EntryIndex, nr: number, flags: YoungDirtyFlags): Script<void> {
  const last = yield* rawGet(site("contpte_clear_young_dirty_ptes.last"), index + nr - 1);
  const first = yield* rawGet(site("contpte_clear_young_dirty_ptes.first", { last: isCont(last) }), index);
  const reach = k.code.youngDirtyReach.run(k, index, nr, { first: isCont(first), last: isCont(last) });
  yield* within(site("contpte_clear_young_dirty_ptes.clear", { ...reach }), rawClearYoungDirty(reach.start, reach.nr, flags));
}

export const clearYoungDirtyPtesListing = listing("clear_young_dirty_ptes", HEADER, [
  "clear_young_dirty_ptes(vma, addr, ptep, nr, flags)",
  ["  if nr = 1: pte ← read entry", "read", 1802],
  "  if nr = 1 and pte has no CONT",
  ["    __clear_young_dirty_ptes(ptep, 1, flags)", "one", 1803],
  "  else",
  ["    contpte_clear_young_dirty_ptes(vma, addr, ptep, nr, flags)", "blocks", 1805],
]);

export const youngDirtyCode = {
  youngReach: { run: (k, index) => ({ start: alignDown(k, index), nr: k.granule.contPtes }), text: "the block" },
  youngDirtyReach: {
    run: (k, index, nr, cont) => {
      const start = cont.first ? alignDown(k, index) : index;
      const end = cont.last ? alignDown(k, index + nr - 1) + k.granule.contPtes : index + nr;
      return { start, nr: end - start };
    },
    text: "end − start",
  },
} as const satisfies Partial<Code>;

export const contpteClearYoungDirtyPtesListing = (code: Code): Listing =>
  listing("contpte_clear_young_dirty_ptes", CONTPTE, [
    "contpte_clear_young_dirty_ptes(vma, addr, ptep, nr, flags)",
    ["  if the last entry has CONT: end ← end of its block", "last", 383],
    ["  if the first entry has CONT: start ← start of its block", "first", 386],
    [`  __clear_young_dirty_ptes(start, ${code.youngDirtyReach.text}, flags)`, "clear", 391],
  ]);
