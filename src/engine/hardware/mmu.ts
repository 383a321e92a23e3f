/**
 * One access by a CPU's MMU: look up, walk, update the access flag and the dirty
 * state, fill. Atomic, as the Arm ARM makes the hardware's descriptor update
 * (D8.5, hardware management of the Access flag and dirty state).
 *
 * Where the architecture leaves hardware a freedom, `access` returns one outcome
 * for each way it may go; the caller picks.
 */
import { BIT, clear, type EntryIndex, has, isCont, isValid, type Pte, set } from "./descriptor.ts";
import { blockStart, type Granule } from "./granule.ts";
import type { PageTable } from "./memory.ts";
import { covers, drop, entryFor, fill, lookup, type Tlb, type TlbEntry } from "./tlb.ts";

export type Rw = "read" | "write" | "speculate" | "evict";
export type Fault = "fault-translation" | "fault-access" | "fault-permission";
export type AccessResult = "ok" | Fault;

export interface Features {
  /** Which flags hardware manages (TCR_EL1.HA, TCR_EL1.HD). */
  readonly hardwareAD: "af+dirty" | "af" | "none";
  /** ID_AA64MMFR2_EL1.BBM, as far as it matters here. */
  readonly bbm: 0 | 2;
  /** Which descriptor of a contiguous block an update lands in. */
  readonly adUpdate: "walked" | "any";
  /** Which of several matching TLB entries answers. */
  readonly tlbAnswer: "smallest" | "any";
}

/** A descriptor that hardware updated in place. */
export interface Update {
  readonly index: EntryIndex;
  readonly old: Pte;
  readonly new: Pte;
}

export interface AccessOutcome {
  /** Which matching TLB entry answered, when that was hardware's choice. */
  readonly answer?: number;
  /** Which descriptor was updated, when that was hardware's choice. */
  readonly entry?: EntryIndex;
  readonly result: AccessResult;
  /** The TLB answered; no walk. */
  readonly hit: boolean;
  readonly tlb: Tlb;
  readonly update?: Update;
  /** Entries of different size that both covered the page. */
  readonly conflict?: readonly TlbEntry[];
}

export interface Mmu {
  readonly granule: Granule;
  readonly features: Features;
}

/** Every way this access may go. Never empty. */
export function access(mmu: Mmu, table: PageTable, tlb: Tlb, rw: Rw, index: EntryIndex): readonly AccessOutcome[] {
  if (rw === "evict") return [{ result: "ok", hit: false, tlb: tlb.filter((e) => !covers(e, index)) }];
  const found = lookup(tlb, index);
  if (rw === "speculate") return [speculate(mmu, table, tlb, index, found.length > 0)];

  const conflict = found.length > 1 ? { conflict: found } : {};
  const attempt = (entry: TlbEntry | undefined, chosen: { readonly answer?: number }): readonly AccessOutcome[] => {
    if (entry !== undefined && permits(entry, rw)) return [{ ...chosen, ...conflict, result: "ok", hit: true, tlb }];
    const rest = entry === undefined ? tlb : drop(tlb, entry);
    return walk(mmu, table, rest, rw, index).map((outcome) => ({ ...outcome, ...chosen, ...conflict }));
  };
  const freeToAnswer = mmu.features.tlbAnswer === "any" && found.length > 1;
  return freeToAnswer ? found.flatMap((entry, answer) => attempt(entry, { answer })) : attempt(found[0], {});
}

/** Whether an access that walks to this descriptor may update another one. If not, no other entry of the table matters to it. */
export const looksAtBlock = ({ features }: Mmu, pte: Pte): boolean => features.adUpdate === "any" && isCont(pte);

const permits = (entry: TlbEntry, rw: "read" | "write"): boolean => entry.user && (rw === "read" || entry.writable);

/** A speculative walk: caches what software has already marked accessed; never faults, never updates. */
function speculate(mmu: Mmu, table: PageTable, tlb: Tlb, index: EntryIndex, hit: boolean): AccessOutcome {
  const pte = table.read(index);
  const fills = !hit && isValid(pte) && has(pte, BIT.AF);
  const filled = fills ? fill(tlb, entryFor(mmu.granule, index, pte, !has(pte, BIT.RDONLY))) : tlb;
  return { result: "ok", hit, tlb: filled };
}

function walk(mmu: Mmu, table: PageTable, tlb: Tlb, rw: "read" | "write", index: EntryIndex): readonly AccessOutcome[] {
  const { granule, features } = mmu;
  const pte = table.read(index);
  const result = check(features, pte, rw);
  if (result !== "ok") return [{ result, hit: false, tlb }];

  const dirties = rw === "write" && has(pte, BIT.RDONLY);
  if (!dirties && has(pte, BIT.AF)) {
    return [{ result, hit: false, tlb: fill(tlb, entryFor(granule, index, pte, !has(pte, BIT.RDONLY))) }];
  }
  const update = (at: EntryIndex): Update => {
    const old = table.read(at);
    const marked = set(old, BIT.AF);
    return { index: at, old, new: dirties ? clear(marked, BIT.RDONLY) : marked };
  };
  const outcome = (at: EntryIndex): AccessOutcome => {
    const made = update(at);
    const after = at === index ? made.new : pte;
    const writable = rw === "write" || !has(after, BIT.RDONLY);
    return { result, hit: false, tlb: fill(tlb, entryFor(granule, index, pte, writable)), update: made };
  };
  if (!looksAtBlock(mmu, pte)) return [outcome(index)];
  return updateTargets(granule, table, index, dirties).map((entry) => ({ ...outcome(entry), entry }));
}

/** Permission checks on the addressed descriptor, in the architecture's order of priority. */
function check(features: Features, pte: Pte, rw: "read" | "write"): AccessResult {
  if (!isValid(pte)) return "fault-translation";
  if (!has(pte, BIT.AF) && features.hardwareAD === "none") return "fault-access";
  if (!has(pte, BIT.USER)) return "fault-permission";
  const dirtyByHardware = has(pte, BIT.DBM) && features.hardwareAD === "af+dirty";
  if (rw === "write" && has(pte, BIT.RDONLY) && !dirtyByHardware) return "fault-permission";
  return "ok";
}

/**
 * Members of the block that hardware may update instead of the one it walked.
 * A dirty update lands only where DBM lets it: hardware never makes a page
 * writable that software has write-protected.
 */
function updateTargets(g: Granule, table: PageTable, index: EntryIndex, dirties: boolean): readonly EntryIndex[] {
  const start = blockStart(g, index);
  const members = Array.from({ length: g.contPtes }, (_, i) => start + i);
  return members.filter((i) => {
    const pte = table.read(i);
    return isValid(pte) && isCont(pte) && (!dirties || has(pte, BIT.DBM));
  });
}
