/**
 * set_ptes(): maps `nr` pages that lie next to each other. One entry may sit in a
 * block (unfold it) or complete one (try to fold it); several go in as they will stay,
 * CONT already set on every whole aligned block, because nothing was there before.
 *
 * CONT in the value given is dropped: getters leak it, and only this code decides.
 */
import type { EntryIndex, Pte } from "../../hardware/descriptor.ts";
import { isValid } from "../../hardware/descriptor.ts";
import { pfnOf } from "../../hardware/granule.ts";
import { contpteTryFold } from "../contpte/contpteFold.ts";
import { contpteTryUnfold } from "../contpte/contpteUnfold.ts";
import { alignDown, type Code, type Kernel } from "../kernel.ts";
import { type Listing, listing } from "../listing.ts";
import { rawGet, rawSet, rawSetPtes } from "../primitives.ts";
import { advancePfn, mknoncont } from "../pte.ts";
import { type Script, site, within } from "../script.ts";

export function* setPtes(k: Kernel, index: EntryIndex, given: Pte, nr: number): Script<void> {
  const pte = k.code.setterValue.run(given);
  if (nr > 1) {
    yield* within(site("set_ptes.batch", {}, { index, pte, nr }), contpteSetPtes(k, index, pte, nr));
    return;
  }
  const old = yield* rawGet(site("set_ptes.read", {}, { index, pte }), index);
  yield* within(site("set_ptes.unfold", {}, { index, pte, old }), contpteTryUnfold(k, index, old));
  yield* rawSet(site("set_ptes.set", {}, { index, pte, old }), index, pte);
  yield* within(site("set_ptes.fold", {}, { index, pte }), contpteTryFold(k, index, pte));
}

function* contpteSetPtes(k: Kernel, index: EntryIndex, pte: Pte, nr: number): Script<void> {
  if (!k.code.mmIsUser.run(k) || !k.code.batchMayFold.run(pte)) {
    yield* rawSetPtes(k, (i) => site("contpte_set_ptes.plain", { i, nr }), index, pte, nr);
    return;
  }
  const { contPtes } = k.granule;
  const end = index + nr;
  for (let at = index; at < end; ) {
    const next = Math.min(alignDown(k, at) + contPtes, end);
    const first = advancePfn(k.granule, pte, at - index);
    const aligned = at % contPtes === 0 && next % contPtes === 0 && pfnOf(k.granule, first) % BigInt(contPtes) === 0n;
    const value = aligned ? k.code.mkcont.run(first) : mknoncont(first);
    const chunk = at;
    yield* rawSetPtes(k, (i) => site("contpte_set_ptes.set", { slot: chunk + i, end }, { cont: aligned }), at, value, next - at);
    at = next;
  }
}

export const setPtesCode = {
  setterValue: { run: mknoncont, text: " without CONT" },
  batchMayFold: { run: isValid, text: ", or pte is not valid" },
} as const satisfies Partial<Code>;

export const setPtesListing = (code: Code): Listing =>
  listing("set_ptes", "arch/arm64/include/asm/pgtable.h", [
    "set_ptes(mm, addr, ptep, pte, nr)",
    `  pte ← pte${code.setterValue.text}`,
    "  if nr = 1",
    ["    old ← read slot", "read", 1675],
    ["    contpte_try_unfold(mm, addr, ptep, old)", "unfold", 1675],
    ["    slot ← pte", "set", 1676],
    ["    contpte_try_fold(mm, addr, ptep, pte)", "fold", 1677],
    "  else",
    ["    contpte_set_ptes(mm, addr, ptep, pte, nr)", "batch", 1679],
  ]);

export const contpteSetPtesListing = (code: Code): Listing =>
  listing("contpte_set_ptes", "arch/arm64/mm/contpte.c", [
    "contpte_set_ptes(mm, addr, ptep, pte, nr)",
    `  if mm is ${code.mmIsUser.text}${code.batchMayFold.text}`,
    ["    slots ← pte, frame advancing; return", "plain", 258],
    "  for each block the range touches",
    "    CONT if it covers the whole block and",
    "      the frame is aligned to a block, else no CONT",
    ["    slots ← pte, frame advancing", "set", 275],
  ]);
