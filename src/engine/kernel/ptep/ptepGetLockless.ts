/**
 * ptep_get_lockless(): the getter for those who hold no lock. It must return a value
 * that stood in the table, with the block's access and dirty bits, while a writer may
 * be unfolding, changing and refolding the block. So it accepts a scan only if every
 * entry is a valid member of one run with one protection, and starts again otherwise.
 * Nothing bounds the number of times: concern (b) of the mail thread.
 */
import type { EntryIndex, Pte } from "../../hardware/descriptor.ts";
import { pfnOf } from "../../hardware/granule.ts";
import { alignDown, type Code, type Kernel } from "../kernel.ts";
import { type Line, type Listing, listing } from "../listing.ts";
import { rawGet } from "../primitives.ts";
import { gatherAD, isValidCont, protIgnoringAD } from "../pte.ts";
import { noteRetry, type Script, site, within } from "../script.ts";

export function* ptepGetLockless(k: Kernel, index: EntryIndex): Script<Pte> {
  const pte = yield* rawGet(site("ptep_get_lockless.read", {}, { index }), index);
  const value = isValidCont(pte)
    ? yield* within(site("ptep_get_lockless.gather", {}, { index, pte }), k.code.getBlockLockless.run(k, index, pte))
    : pte;
  return k.code.getterValue.run(value);
}

/** One scan of the block. @returns the target with everybody's access and dirty bits, or undefined to start again */
export type LocklessScan = (k: Kernel, run: LocklessRun, target: Pte, retries: number) => Script<Pte | undefined>;

/** What makes an entry a member of the block that the target belongs to. */
export interface LocklessRun {
  readonly start: EntryIndex;
  /** Frame of the first entry. */
  readonly pfn: bigint;
  readonly prot: Pte;
}

/** contpte_ptep_get_lockless(): reads the target again, scans, and tries until a scan goes through. */
export const locklessWith = (scan: LocklessScan) =>
  function* getBlockLockless(k: Kernel, index: EntryIndex): Script<Pte> {
    const start = alignDown(k, index);
    for (let retries = 0; ; retries++) {
      const target = yield* rawGet(site("contpte_ptep_get_lockless.target", {}, { index, retries }), index);
      if (!isValidCont(target)) return target;
      const run = { start, pfn: pfnOf(k.granule, target) - BigInt(index - start), prot: protIgnoringAD(k.granule, target) };
      const gathered = yield* scan(k, run, target, retries);
      if (gathered !== undefined) return gathered;
      yield* noteRetry("contpte_ptep_get_lockless.target");
    }
  };

export const entryFits = (k: Kernel, { pfn, prot }: LocklessRun, i: number, entry: Pte): boolean =>
  k.code.locklessFits.run(k, entry, pfn + BigInt(i), prot);

function* scanAll(k: Kernel, run: LocklessRun, target: Pte, retries: number): Script<Pte | undefined> {
  let orig = target;
  for (let i = 0; i < k.granule.contPtes; i++) {
    const entry = yield* rawGet(site("contpte_ptep_get_lockless.entry", { i, orig }, { retries }), run.start + i);
    if (!entryFits(k, run, i, entry)) return k.code.locklessMisfit.run(orig);
    orig = gatherAD(orig, entry);
  }
  return orig;
}

/** Up to the scan. */
export const locklessHeadLines: readonly Line[] = [
  "retry:",
  ["  orig ← read target", "target", 211],
  "  if orig is not valid or has no CONT: return orig",
];

export const locklessTestLines = (code: Code): readonly Line[] => [
  `    the run: ${code.locklessFits.text}`,
  `    if entry breaks the run: ${code.locklessMisfit.text}`,
];

export const locklessCode = {
  getBlockLockless: {
    run: locklessWith(scanAll),
    lines: (code) => [
      ...locklessHeadLines,
      "  for each slot i of the block",
      ["    entry ← read slot i", "entry", 221],
      ...locklessTestLines(code),
      "    if entry is dirty: orig ← dirty",
      "    if entry is young: orig ← young",
      "  return orig",
    ],
  },
  locklessFits: {
    run: (k, entry, pfn, prot) => isValidCont(entry) && pfnOf(k.granule, entry) === pfn && protIgnoringAD(k.granule, entry) === prot,
    text: "valid, CONT, frame + i, orig's prot",
  },
  locklessMisfit: { run: () => undefined, text: "goto retry" },
} as const satisfies Partial<Code>;

export const ptepGetLocklessListing = (code: Code): Listing =>
  listing("ptep_get_lockless", "arch/arm64/include/asm/pgtable.h", [
    "ptep_get_lockless(ptep)",
    ["  pte ← read target", "read", 1645],
    `  if pte is not valid or has no CONT: return pte${code.getterValue.text}`,
    [`  return contpte_ptep_get_lockless(ptep)${code.getterValue.text}`, "gather", 1650],
  ]);

export const contptePtepGetLocklessListing = (code: Code): Listing =>
  listing("contpte_ptep_get_lockless", "arch/arm64/mm/contpte.c", [
    "contpte_ptep_get_lockless(ptep)",
    ...code.getBlockLockless.lines(code),
  ]);
