/**
 * ptep_set_access_flags(): gives an entry the access, dirty and write permission that a
 * fault needs. A block gets access and dirty as a whole, and is unfolded where one of its
 * entries becomes writable.
 */
import type { EntryIndex, Pte } from "../../hardware/descriptor.ts";
import { flushBlock } from "../contpte/contpteConvert.ts";
import { contpteTryUnfoldBlock } from "../contpte/contpteUnfold.ts";
import { alignDown, type Code, type Kernel } from "../kernel.ts";
import { type Listing, listing } from "../listing.ts";
import { rawGet } from "../primitives.ts";
import { isValidCont, isWrite, mknoncont } from "../pte.ts";
import { ACCESS_FLAGS, rawSetAccessFlags } from "../rawUpdates.ts";
import { type Script, site, within } from "../script.ts";

const HEADER = "arch/arm64/include/asm/pgtable.h";
const CONTPTE = "arch/arm64/mm/contpte.c";

/** @returns whether anything was changed */
export function* ptepSetAccessFlags(k: Kernel, index: EntryIndex, given: Pte, dirty: boolean): Script<boolean> {
  const entry = k.code.setterValue.run(given);
  const pte = yield* rawGet(site("ptep_set_access_flags.read"), index);
  return isValidCont(pte)
    ? yield* within(site("ptep_set_access_flags.block"), contpteSetAccessFlags(k, index, entry, dirty))
    : yield* within(site("ptep_set_access_flags.one"), rawSetAccessFlags(k, index, entry, dirty));
}

function* contpteSetAccessFlags(k: Kernel, index: EntryIndex, entry: Pte, dirty: boolean): Script<boolean> {
  const start = alignDown(k, index);
  const orig = yield* k.code.setAccessFlagsOrig.run(k, index, entry);
  if (orig === undefined) return false;
  if (isWrite(orig) !== isWrite(entry)) {
    yield* within(site("contpte_ptep_set_access_flags.unfold"), contpteTryUnfoldBlock(k, index, orig));
    yield* within(site("contpte_ptep_set_access_flags.one"), rawSetAccessFlags(k, index, entry, dirty));
    return true;
  }
  for (let i = 0; i < k.granule.contPtes; i++) {
    yield* within(site("contpte_ptep_set_access_flags.each", { i }), rawSetAccessFlags(k, start + i, entry, false));
  }
  if (dirty) yield* k.code.setAccessFlagsFlush.run(k, site("contpte_ptep_set_access_flags.flush"), start);
  return true;
}

/** Nothing to do only if every slot by itself allows what the fault needs. */
function* setAccessFlagsOrig(k: Kernel, index: EntryIndex, entry: Pte): Script<Pte | undefined> {
  if (yield* within(site("contpte_ptep_set_access_flags.match"), allSubptesMatch(k, alignDown(k, index), entry))) return undefined;
  return mknoncont(yield* rawGet(site("contpte_ptep_set_access_flags.read"), index));
}

/** Raw values, each by itself: a walker that looks at one descriptor faults on what that one says, not on what the block gathers. */
function* allSubptesMatch(k: Kernel, start: EntryIndex, entry: Pte): Script<boolean> {
  for (let i = 0; i < k.granule.contPtes; i++) {
    const pte = yield* rawGet(site("contpte_all_subptes_match_access_flags.read", { i }), start + i);
    if ((pte & ACCESS_FLAGS) !== (entry & ACCESS_FLAGS)) return false;
  }
  return true;
}

export const setAccessFlagsCode = {
  setAccessFlagsOrig: {
    run: setAccessFlagsOrig,
    lines: () => [
      ["  if all slots match entry's access flags: return 0", "match", 448],
      ["  orig ← read target, without CONT", "read", 454],
    ],
  },
  setAccessFlagsFlush: { run: flushBlock, lines: () => [["    if dirty: flush the block", "flush", 481]] },
} as const satisfies Partial<Code>;

export const ptepSetAccessFlagsListing = (code: Code): Listing =>
  listing("ptep_set_access_flags", HEADER, [
    "ptep_set_access_flags(vma, addr, ptep, entry, dirty)",
    ["  pte ← read target", "read", 1787],
    `  entry ← entry${code.setterValue.text}`,
    "  if pte is not valid or has no CONT",
    ["    return __ptep_set_access_flags(…, entry, dirty)", "one", 1792],
    ["  return contpte_ptep_set_access_flags(…, entry, dirty)", "block", 1794],
  ]);

export const contpteSetAccessFlagsListing = (code: Code): Listing =>
  listing("contpte_ptep_set_access_flags", CONTPTE, [
    "contpte_ptep_set_access_flags(vma, addr, ptep, entry, dirty)",
    ...code.setAccessFlagsOrig.lines(code),
    "  if orig and entry are both writable, or both not",
    ["    __ptep_set_access_flags(slot i, entry, 0), for each slot", "each", 478],
    ...code.setAccessFlagsFlush.lines(code),
    "  else",
    ["    __contpte_try_unfold(mm, addr, ptep, orig)", "unfold", 484],
    ["    __ptep_set_access_flags(target, entry, dirty)", "one", 485],
    "  return 1",
  ]);

export const allSubptesMatchListing = listing("contpte_all_subptes_match_access_flags", CONTPTE, [
  "contpte_all_subptes_match_access_flags(ptep, entry)",
  "  for each slot i of the block",
  ["    pte ← read slot i", "read", 407],
  "    if RDONLY, AF, WRITE or DIRTY differ from entry: return no",
  "  return yes",
]);
