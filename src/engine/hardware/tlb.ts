/**
 * One CPU's TLB: the translations it may answer with, until they are flushed or
 * evicted. An entry covers one page or one whole contiguous block; the model
 * caches nothing in between (Arm ARM D8.7.1 allows a block entry, does not ask for it).
 */
import { BIT, type EntryIndex, has, isCont, type Pfn, type Pte } from "./descriptor.ts";
import { blockPfn, blockStart, type Granule, pfnOf } from "./granule.ts";

export interface TlbEntry {
  /** First page covered, as an index into the page table. */
  readonly start: EntryIndex;
  /** Pages covered: 1, or a whole block. */
  readonly count: number;
  /** Frame that `start` translates to. */
  readonly pfn: Pfn;
  readonly writable: boolean;
  /** EL0 may use it: AP[1] of the descriptor it came from. */
  readonly user: boolean;
}

/** Ordered by size, then by start, so that equal contents are equal lists. */
export type Tlb = readonly TlbEntry[];

export const EMPTY_TLB: Tlb = [];

const bySizeThenStart = (a: TlbEntry, b: TlbEntry): number => a.count - b.count || a.start - b.start;

export const covers = (entry: TlbEntry, index: EntryIndex): boolean => entry.start <= index && index < entry.start + entry.count;

/** The entries that cover a page, smallest first. Two of them are a TLB conflict. */
export const lookup = (tlb: Tlb, index: EntryIndex): readonly TlbEntry[] => tlb.filter((e) => covers(e, index));

export const drop = (tlb: Tlb, entry: TlbEntry): Tlb => tlb.filter((e) => e !== entry);

/** What a walk that ended at `pte` caches for page `index`. */
export function entryFor(g: Granule, index: EntryIndex, pte: Pte, writable: boolean): TlbEntry {
  const user = has(pte, BIT.USER);
  const pfn = pfnOf(g, pte);
  return isCont(pte)
    ? { start: blockStart(g, index), count: g.contPtes, pfn: blockPfn(g, pfn), writable, user }
    : { start: index, count: 1, pfn, writable, user };
}

/** Adds an entry, in place of one that covers exactly the same range. */
export function fill(tlb: Tlb, entry: TlbEntry): Tlb {
  const others = tlb.filter((e) => e.start !== entry.start || e.count !== entry.count);
  return [...others, entry].sort(bySizeThenStart);
}

/** A TLBI by range: every entry that overlaps `[index, index + nr)` goes, whatever its size. */
export function invalidate(tlb: Tlb, index: EntryIndex, nr: number): Tlb {
  const kept = tlb.filter((e) => e.start + e.count <= index || index + nr <= e.start);
  return kept.length === tlb.length ? tlb : kept;
}
