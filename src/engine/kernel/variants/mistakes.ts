/** Deliberate mistakes: each takes away one thing that the code cannot do without, to see what it is good for. */
import { BIT, clear, type EntryIndex, NONE, type Pte } from "../../hardware/descriptor.ts";
import { pfnOf } from "../../hardware/granule.ts";
import { flushBlock, flushBlockLine } from "../contpte/contpteConvert.ts";
import { placeInRun } from "../contpte/contpteFold.ts";
import type { Code, Kernel } from "../kernel.ts";
import { flushPage, flushRange, rawGet, rawSet } from "../primitives.ts";
import { isValidCont, protIgnoringAD, wrprotect } from "../pte.ts";
import { wrprotectEach, wrprotectEachLines } from "../ptep/wrprotect.ts";
import { rawClearFull, rawGetAndClearFull } from "../rawUpdates.ts";
import { noStep, type Script, type Site, site, within } from "../script.ts";
import type { Variant } from "./variant.ts";

const NO_FLUSH: Code["convertFlushBroken"] = { run: noStep, lines: () => [] };

function* readThenStore(at: Site, index: EntryIndex): Script<Pte> {
  const old = yield* rawGet(at, index);
  yield* rawSet(site("contpte_convert.store", { ...at.live, old }), index, NONE);
  return old;
}

function* clearWhatIsAsked(_: Kernel, index: EntryIndex, nr: number): Script<void> {
  yield* within(site("contpte_clear_full_ptes.clear"), rawClearFull(index, nr));
}

function* getAndClearWhatIsAsked(_: Kernel, index: EntryIndex, nr: number): Script<Pte> {
  return yield* within(site("contpte_get_and_clear_full_ptes.clear"), rawGetAndClearFull(index, nr));
}

const mistake = (id: string, what: string, where: string, code: Partial<Code>): Variant => ({
  id,
  shelf: "mistake",
  what,
  who: "Nobody: made here, to be found",
  where,
  code,
});

const BBM = "Break-before-make: all slots invalid, then a completed flush of the whole block, then all slots set";
const SCAN = "The lockless scan takes access and dirty bits only from entries of the same run";

export const MISTAKES: readonly Variant[] = [
  mistake("convert-no-tlbi", "contpte_convert does not flush.", BBM, { convertFlushBroken: NO_FLUSH }),
  mistake("convert-late-tlbi", "contpte_convert flushes after the new entries are set.", BBM, {
    convertFlushBroken: NO_FLUSH,
    convertFlushMade: { run: flushBlock, lines: () => [flushBlockLine] },
  }),
  mistake("convert-nosync-tlbi", "contpte_convert does not wait until its flush has completed.", BBM, {
    convertFlushBroken: {
      run: (k, at, start) => flushRange(k, at, start, k.granule.contPtes, false),
      lines: () => [["  start to flush the whole block", "flush"]],
    },
  }),
  mistake("convert-flush-one-page", "contpte_convert flushes the block's first page only.", BBM, {
    convertFlushBroken: { run: flushPage, lines: () => [["  flush the first page", "flush"]] },
  }),
  mistake(
    "convert-read-then-store",
    "contpte_convert clears a slot by a read and a store instead of an xchg.",
    "What hardware marks in between is lost",
    {
      convertClear: {
        run: readThenStore,
        lines: () => [
          ["    old ← read slot i", "clear"],
          ["    slot i ← 0", "store"],
        ],
      },
    },
  ),
  mistake("convert-in-place", "contpte_convert writes the new entries over the old ones, without a break.", BBM, {
    convertClear: { run: rawGet, lines: () => [["    old ← read slot i", "clear"]] },
  }),
  mistake(
    "convert-target-ad-only",
    "contpte_convert keeps the access and dirty bits of the one entry it was called for.",
    "Hardware may have marked any entry of a block: all must be gathered",
    { convertGather: { run: (target) => target, text: "i is the target and " } },
  ),
  mistake("convert-one-short", "contpte_convert forgets the last slot.", "A block is converted whole", {
    convertReach: { run: (k) => k.granule.contPtes - 1, text: "the block but the last" },
  }),
  mistake(
    "convert-unaligned",
    "contpte_convert does not align the frame down, so that every page but the first is mapped somewhere else.",
    "A block's frames begin at its aligned first frame",
    { convertTemplate: { run: (_, pte) => pte, text: "its frame as it is" } },
  ),
  mistake(
    "setters-leak-cont",
    "The setters store CONT as they are given it, and a getter's leaked bit comes back into the table.",
    "CONT enters the table only where contpte decides it",
    { setterValue: { run: (pte) => pte, text: ", as it is" } },
  ),
  mistake("lockless-give-up", "ptep_get_lockless returns what it has gathered so far when an entry breaks the run.", SCAN, {
    locklessMisfit: { run: (orig) => orig, text: "return orig" },
  }),
  mistake(
    "lockless-no-valid-check",
    "ptep_get_lockless passes over entries that are not valid or have no CONT; the series's first version passed over empty ones under the lock.",
    SCAN,
    {
      locklessFits: {
        run: (k, entry, pfn, prot) => !isValidCont(entry) || (pfnOf(k.granule, entry) === pfn && protIgnoringAD(k.granule, entry) === prot),
        text: "not valid, no CONT, or frame + i and orig's prot",
      },
    },
  ),
  mistake("lockless-no-pfn-check", "ptep_get_lockless accepts entries of other frames.", SCAN, {
    locklessFits: {
      run: (k, entry, _, prot) => isValidCont(entry) && protIgnoringAD(k.granule, entry) === prot,
      text: "valid, CONT, orig's prot",
    },
  }),
  mistake("lockless-no-prot-check", "ptep_get_lockless accepts entries with another protection.", SCAN, {
    locklessFits: {
      run: (k, entry, pfn) => isValidCont(entry) && pfnOf(k.granule, entry) === pfn,
      text: "valid, CONT, frame + i",
    },
  }),
  mistake(
    "wrprotect-partial-no-unfold",
    "wrprotect_ptes leaves blocks folded that it protects in part.",
    "A walk may take the protection from any entry of a block",
    { wrprotectSeveral: { run: wrprotectEach, lines: () => wrprotectEachLines } },
  ),
  mistake(
    "clear-partial-no-unfold",
    "clear_full_ptes and get_and_clear_full_ptes leave blocks folded that they clear in part.",
    "A lockless reader of what is left never finds a whole block again",
    {
      clearFull: { run: clearWhatIsAsked, lines: () => [["  __clear_full_ptes(mm, addr, ptep, nr, full)", "clear", 289]] },
      getAndClearFull: {
        run: getAndClearWhatIsAsked,
        lines: () => [["  return __get_and_clear_full_ptes(mm, addr, ptep, nr, full)", "clear", 298]],
      },
    },
  ),
  mistake(
    "wrprotect-plain-store",
    "Write-protecting is a plain store of the value read before.",
    "A dirty update by hardware in between is lost: it takes a cmpxchg",
    {
      wrprotectEntry: {
        run: (index, seed) => rawSet(site("___ptep_set_wrprotect.store", { seed }), index, wrprotect(seed)),
        lines: () => [["  entry ← new", "store"]],
      },
    },
  ),
  mistake(
    "fold-any-slot",
    "Every entry that is set tries to fold its block, not only the last.",
    "Folding is tried once, when a block may be complete",
    {
      foldAttempt: {
        run: (k, index, pte) => index % k.granule.contPtes === placeInRun(k, pte),
        lines: () => ["  if addr and pte's frame are not alike in their block: return"],
      },
    },
  ),
  mistake("fold-ignore-write", "Folding does not mind that some entries are writable and others are not.", "A block has one protection", {
    foldFits: {
      run: (entry, expected) => clear(entry, BIT.DBM) === clear(expected, BIT.DBM),
      text: "entry without access, dirty, WRITE ≠ expected",
    },
  }),
  mistake(
    "young-target-only",
    "ptep_test_and_clear_young clears one entry's access flag and leaves the rest of the block.",
    "The block stays young as long as any entry is",
    { youngReach: { run: (_, index) => ({ start: index, nr: 1 }), text: "the target alone" } },
  ),
  mistake("kernel-mm-folds", "Kernel mappings fold and unfold like a process's.", "The kernel cannot take a fault on its own mappings", {
    mmIsUser: { run: () => true, text: "no mm at all" },
  }),
];
