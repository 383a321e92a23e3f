/**
 * The getters of 6.17: a scan of the block ends as soon as both bits have been found.
 * After the first dirty entry only young is looked for, that very entry once more
 * included; after the first young one only dirty.
 */
import type { EntryIndex, Pte } from "../../hardware/descriptor.ts";
import { alignDown, type Code, type Kernel } from "../kernel.ts";
import type { Line } from "../listing.ts";
import { rawGet } from "../primitives.ts";
import { isDirty, isYoung, mkdirty, mkyoung } from "../pte.ts";
import { entryFits, type LocklessRun, locklessHeadLines, locklessTestLines, locklessWith } from "../ptep/ptepGetLockless.ts";
import { type Script, site } from "../script.ts";

/** Where in the listing an entry is read: looking for either bit, or for the one still missing. */
type Place = "entry" | "young" | "dirty";

/** Reads entry `i`; undefined to give the scan up. */
type Look = (place: Place, i: number, orig: Pte) => Script<Pte | undefined>;

/** @returns the target with the bits found, or undefined if `look` gave up */
function* scanUntilBoth(nr: number, target: Pte, look: Look): Script<Pte | undefined> {
  for (let i = 0; i < nr; i++) {
    const entry = yield* look("entry", i, target);
    if (entry === undefined) return undefined;
    if (isDirty(entry)) return yield* scanFor("young", i, nr, mkdirty(target), look);
    if (isYoung(entry)) return yield* scanFor("dirty", i + 1, nr, mkyoung(target), look);
  }
  return target;
}

const WANTED = { young: { has: isYoung, add: mkyoung }, dirty: { has: isDirty, add: mkdirty } } as const;

function* scanFor(bit: "young" | "dirty", from: number, nr: number, orig: Pte, look: Look): Script<Pte | undefined> {
  for (let i = from; i < nr; i++) {
    const entry = yield* look(bit, i, orig);
    if (entry === undefined) return undefined;
    if (WANTED[bit].has(entry)) return WANTED[bit].add(orig);
  }
  return orig;
}

function* getBlock(k: Kernel, index: EntryIndex, target: Pte): Script<Pte> {
  const start = alignDown(k, index);
  const found = yield* scanUntilBoth(k.granule.contPtes, target, (place, i, orig) =>
    rawGet(site(`contpte_ptep_get.${place}`, { i, orig }), start + i),
  );
  return found ?? target;
}

function* scanLockless(k: Kernel, run: LocklessRun, target: Pte, retries: number): Script<Pte | undefined> {
  let given: Pte | undefined;
  const found = yield* scanUntilBoth(k.granule.contPtes, target, function* (place, i, orig) {
    const entry = yield* rawGet(site(`contpte_ptep_get_lockless.${place}`, { i, orig, target }, { retries }), run.start + i);
    if (entryFits(k, run, i, entry)) return entry;
    given = k.code.locklessMisfit.run(orig);
    return undefined;
  });
  return found ?? given;
}

const scanLines = (tests: readonly Line[]): readonly Line[] => [
  "  for each slot i of the block",
  ["    entry ← read slot i", "entry"],
  ...tests,
  "    if entry is dirty: orig ← dirty",
  "      for each slot from i on, until one is young",
  ["        entry ← read slot, as above", "young"],
  "        if entry is young: orig ← young",
  "      return orig",
  "    if entry is young: orig ← young",
  "      for each slot after i, until one is dirty",
  ["        entry ← read slot, as above", "dirty"],
  "        if entry is dirty: orig ← dirty",
  "      return orig",
  "  return orig",
];

export const earlyExitCode = {
  getBlock: { run: getBlock, lines: () => scanLines([]) },
  getBlockLockless: {
    run: locklessWith(scanLockless),
    lines: (code) => [...locklessHeadLines, ...scanLines(locklessTestLines(code))],
  },
} as const satisfies Partial<Code>;
