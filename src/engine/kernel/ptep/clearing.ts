/**
 * pte_clear(), clear_full_ptes(), get_and_clear_full_ptes(): the ways out of the table.
 * A block that is cleared whole stays folded until it is gone; one that is cleared in
 * part is unfolded first. Nobody flushes here: the caller does.
 */
import { type EntryIndex, NONE, type Pte } from "../../hardware/descriptor.ts";
import { contpteTryUnfold, contpteTryUnfoldPartial } from "../contpte/contpteUnfold.ts";
import type { Code, Kernel } from "../kernel.ts";
import { type Listing, listing } from "../listing.ts";
import { rawGet, rawSet } from "../primitives.ts";
import { rawClearFull, rawGetAndClearFull } from "../rawUpdates.ts";
import { type Script, site, within } from "../script.ts";

const HEADER = "arch/arm64/include/asm/pgtable.h";
const CONTPTE = "arch/arm64/mm/contpte.c";

export function* pteClear(k: Kernel, index: EntryIndex): Script<void> {
  const old = yield* rawGet(site("pte_clear.read"), index);
  yield* within(site("pte_clear.unfold"), contpteTryUnfold(k, index, old));
  yield* rawSet(site("pte_clear.clear"), index, NONE);
}

export const pteClearListing = listing("pte_clear", HEADER, [
  "pte_clear(mm, addr, ptep)",
  ["  old ← read entry", "read", 1686],
  ["  contpte_try_unfold(mm, addr, ptep, old)", "unfold", 1686],
  ["  entry ← 0", "clear", 1687],
]);

export function* clearFullPtes(k: Kernel, index: EntryIndex, nr: number): Script<void> {
  if (nr > 1) {
    yield* within(site("clear_full_ptes.several"), k.code.clearFull.run(k, index, nr));
    return;
  }
  const old = yield* rawGet(site("clear_full_ptes.read"), index);
  yield* within(site("clear_full_ptes.unfold"), contpteTryUnfold(k, index, old));
  yield* within(site("clear_full_ptes.clear"), rawClearFull(index, 1));
}

function* clearFull(k: Kernel, index: EntryIndex, nr: number): Script<void> {
  yield* within(site("contpte_clear_full_ptes.unfold"), contpteTryUnfoldPartial(k, index, nr));
  yield* within(site("contpte_clear_full_ptes.clear"), rawClearFull(index, nr));
}

export const clearingCode = {
  clearFull: {
    run: clearFull,
    lines: () => [
      ["  contpte_try_unfold_partial(mm, addr, ptep, nr)", "unfold", 288],
      ["  __clear_full_ptes(mm, addr, ptep, nr, full)", "clear", 289],
    ],
  },
  getAndClearFull: {
    run: getAndClearFull,
    lines: () => [
      ["  contpte_try_unfold_partial(mm, addr, ptep, nr)", "unfold", 297],
      ["  return __get_and_clear_full_ptes(mm, addr, ptep, nr, full)", "clear", 298],
    ],
  },
} as const satisfies Partial<Code>;

export const clearFullPtesListing = listing("clear_full_ptes", HEADER, [
  "clear_full_ptes(mm, addr, ptep, nr, full)",
  "  if nr = 1",
  ["    old ← read entry", "read", 1695],
  ["    contpte_try_unfold(mm, addr, ptep, old)", "unfold", 1695],
  ["    __clear_full_ptes(mm, addr, ptep, 1, full)", "clear", 1696],
  "  else",
  ["    contpte_clear_full_ptes(mm, addr, ptep, nr, full)", "several", 1698],
]);

export const contpteClearFullPtesListing = (code: Code): Listing =>
  listing("contpte_clear_full_ptes", CONTPTE, ["contpte_clear_full_ptes(mm, addr, ptep, nr, full)", ...code.clearFull.lines(code)]);

export function* getAndClearFullPtes(k: Kernel, index: EntryIndex, nr: number): Script<Pte> {
  if (nr > 1) return yield* within(site("get_and_clear_full_ptes.several"), k.code.getAndClearFull.run(k, index, nr));
  const old = yield* rawGet(site("get_and_clear_full_ptes.read"), index);
  yield* within(site("get_and_clear_full_ptes.unfold"), contpteTryUnfold(k, index, old));
  return yield* within(site("get_and_clear_full_ptes.clear"), rawGetAndClearFull(index, 1));
}

function* getAndClearFull(k: Kernel, index: EntryIndex, nr: number): Script<Pte> {
  yield* within(site("contpte_get_and_clear_full_ptes.unfold"), contpteTryUnfoldPartial(k, index, nr));
  return yield* within(site("contpte_get_and_clear_full_ptes.clear"), rawGetAndClearFull(index, nr));
}

export const getAndClearFullPtesListing = listing("get_and_clear_full_ptes", HEADER, [
  "get_and_clear_full_ptes(mm, addr, ptep, nr, full)",
  "  if nr = 1",
  ["    old ← read entry", "read", 1710],
  ["    contpte_try_unfold(mm, addr, ptep, old)", "unfold", 1710],
  ["    return __get_and_clear_full_ptes(mm, addr, ptep, 1, full)", "clear", 1711],
  "  else",
  ["    return contpte_get_and_clear_full_ptes(…, nr, full)", "several", 1713],
]);

export const contpteGetAndClearFullPtesListing = (code: Code): Listing =>
  listing("contpte_get_and_clear_full_ptes", CONTPTE, [
    "contpte_get_and_clear_full_ptes(mm, addr, ptep, nr, full)",
    ...code.getAndClearFull.lines(code),
  ]);
