/**
 * What every routine of one scenario may ask of the kernel around it. Constant during a run.
 *
 * `code` holds the pieces of the routines that have an alternative: another kernel's, a
 * proposal's, a mistake's. A routine that has such a piece runs whatever stands there, and
 * knows nothing of variants; each piece brings the words that the listing shows for it.
 */
import type { EntryIndex, Pfn, Pte } from "../hardware/descriptor.ts";
import { blockStart, type Granule } from "../hardware/granule.ts";
import type { Line } from "./listing.ts";
import type { Script, Site } from "./script.ts";

export interface Folio {
  readonly pfn: bigint;
  readonly pages: number;
}

export type MmKind = "user" | "init" | "efi";

export interface Kernel {
  readonly granule: Granule;
  /** Virtual address that entry 0 maps; aligned to a block. */
  readonly va: bigint;
  readonly mm: MmKind;
  readonly folios: readonly Folio[];
  readonly code: Code;
}

/** A part of a routine, and its lines in the routine's listing, which may in turn show other pieces. */
export interface Piece<Run> {
  readonly run: Run;
  readonly lines: (code: Code) => readonly Line[];
  /** Pieces and rules of the code in whose place it stands that it does not run: what changes them would do nothing. */
  readonly without?: readonly Slot[];
}

/** A decision or a value, free of accesses, and the phrase that stands for it in a listing. */
export interface Rule<Run> {
  readonly run: Run;
  readonly text: string;
}

/** Entries `start` … `start + nr - 1`. */
export interface Reach {
  readonly start: EntryIndex;
  readonly nr: number;
}

export interface Code {
  /** mm_is_user(): kernel mappings cannot take the faults that folding causes. */
  readonly mmIsUser: Rule<(k: Kernel) => boolean>;
  /** What a public setter makes of the value it is given. */
  readonly setterValue: Rule<(pte: Pte) => Pte>;
  /** What a public getter makes of the value it has read. */
  readonly getterValue: Rule<(pte: Pte) => Pte>;

  /** contpte_convert(), whole. @param index any entry of the block */
  readonly convert: Piece<(k: Kernel, index: EntryIndex, pte: Pte) => Script<void>>;
  /** How many slots convert visits. */
  readonly convertReach: Rule<(k: Kernel) => number>;
  /** The first slot's new value, before access and dirty bits. */
  readonly convertTemplate: Rule<(k: Kernel, pte: Pte) => Pte>;
  /** Takes a slot's old value. Stands at `contpte_convert.clear`. */
  readonly convertClear: Piece<(at: Site, index: EntryIndex) => Script<Pte>>;
  /** Whether a slot's access and dirty bits are gathered. @param target whether it is the slot convert was called for */
  readonly convertGather: Rule<(target: boolean) => boolean>;
  /** The flush between break and make. */
  readonly convertFlushBroken: Piece<(k: Kernel, at: Site, start: EntryIndex) => Script<void>>;
  /** After the make. */
  readonly convertFlushMade: Piece<(k: Kernel, at: Site, start: EntryIndex) => Script<void>>;

  /** Whether the entry just written may complete a block. */
  readonly foldAttempt: Piece<(k: Kernel, index: EntryIndex, pte: Pte) => boolean>;
  /** Whether an entry, its access and dirty bits taken out, is what the block needs there. */
  readonly foldFits: Rule<(entry: Pte, expected: Pte) => boolean>;

  /** contpte_ptep_get(), whole. @param target what was read at `index` */
  readonly getBlock: Piece<(k: Kernel, index: EntryIndex, target: Pte) => Script<Pte>>;
  /** contpte_ptep_get_lockless(), whole. @param target what was read at `index` */
  readonly getBlockLockless: Piece<(k: Kernel, index: EntryIndex, target: Pte) => Script<Pte>>;
  /** Whether a lockless scan accepts an entry as a member of the run. */
  readonly locklessFits: Rule<(k: Kernel, entry: Pte, pfn: bigint, prot: Pte) => boolean>;
  /** What a lockless scan does on an entry that is none. @returns the value to give back, or undefined to start again */
  readonly locklessMisfit: Rule<(orig: Pte) => Pte | undefined>;

  /** Whether set_ptes() may set CONT in a batch of such entries, of a user mm. */
  readonly batchMayFold: Rule<(pte: Pte) => boolean>;
  /** contpte_clear_full_ptes(), whole. */
  readonly clearFull: Piece<(k: Kernel, index: EntryIndex, nr: number) => Script<void>>;
  /** contpte_get_and_clear_full_ptes(), whole. */
  readonly getAndClearFull: Piece<(k: Kernel, index: EntryIndex, nr: number) => Script<Pte>>;
  /** contpte_wrprotect_ptes(), whole. */
  readonly wrprotectSeveral: Piece<(k: Kernel, index: EntryIndex, nr: number) => Script<void>>;
  /** ___ptep_set_wrprotect(), whole. @param seed what the entry is thought to hold */
  readonly wrprotectEntry: Piece<(index: EntryIndex, seed: Pte) => Script<void>>;

  /** contpte_ptep_set_access_flags(): the target's value to go by, or undefined if there is nothing to do. */
  readonly setAccessFlagsOrig: Piece<(k: Kernel, index: EntryIndex, entry: Pte) => Script<Pte | undefined>>;
  /** Its flush, where permissions were widened in every slot. */
  readonly setAccessFlagsFlush: Piece<(k: Kernel, at: Site, start: EntryIndex) => Script<void>>;
  /** Whose access flags ptep_test_and_clear_young() clears in a block. */
  readonly youngReach: Rule<(k: Kernel, index: EntryIndex) => Reach>;
  /** Which entries contpte_clear_young_dirty_ptes() handles. @param cont whether the first and the last entry asked for have CONT */
  readonly youngDirtyReach: Rule<
    (k: Kernel, index: EntryIndex, nr: number, cont: { readonly first: boolean; readonly last: boolean }) => Reach
  >;

  /** pte_mkwrite_novma(). */
  readonly mkwrite: Rule<(pte: Pte) => Pte>;
  /** pte_mkcont(). */
  readonly mkcont: Rule<(pte: Pte) => Pte>;

  /** Whether gup_fast finds on its second look what it found on the first. */
  readonly gupSame: Rule<(first: Pte, second: Pte) => boolean>;
  /** Whether a fault finds under the PTL what it found without. */
  readonly faultSame: Rule<(first: Pte, second: Pte) => boolean>;
  /** How perf_get_pgtable_size() reads the entry. Stands at `perf_get_pgtable_size.read`. */
  readonly perfRead: Piece<(k: Kernel, at: Site, index: EntryIndex) => Script<Pte>>;
  /** How ptdump_pte_entry() reads the entry. Stands at `ptdump_pte_entry.read`. */
  readonly ptdumpRead: Piece<(k: Kernel, at: Site, index: EntryIndex) => Script<Pte>>;
}

/** The name of a replaceable piece. */
export type Slot = keyof Code;

/** contpte_align_down(). */
export const alignDown = (k: Kernel, index: EntryIndex): EntryIndex => blockStart(k.granule, index);

export const addressOf = (k: Kernel, index: EntryIndex): bigint => k.va + BigInt(index) * k.granule.pageSize;

/** page_folio(): a frame that no folio lists is a folio of one page. */
export function folioOf(k: { readonly folios: readonly Folio[] }, pfn: Pfn | bigint): Folio {
  return k.folios.find((f) => f.pfn <= pfn && pfn < f.pfn + BigInt(f.pages)) ?? { pfn, pages: 1 };
}
