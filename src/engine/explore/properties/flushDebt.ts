/**
 * Properties about what TLBs still hold:
 *
 * - `tightening-complete`: once a page's protection has been tightened and a flush that
 *   covers it has completed, no TLB entry grants more than the page's PTE does.
 * - `no-stale-tlb`: when contpte_convert() returns (`bbm: 0`), no TLB holds a block entry
 *   over a slot of that block that is not CONT; and at the end no TLB entry answers a frame
 *   that its PTE no longer holds.
 *
 * Neither holds a caller to a flush that it still owes. Remembered for each entry of the
 * table: it was cleared, remapped or tightened, and no flush has covered it since.
 */
import { BIT, has, isCont, isValid, type Pte } from "../../hardware/descriptor.ts";
import { blockStart, GRANULES, type Granule, pfnOf } from "../../hardware/granule.ts";
import type { TlbEntry } from "../../hardware/tlb.ts";
import { isPresent, isReadOnly, isWrite } from "../../kernel/pte.ts";
import type { Scenario } from "../../scenario/scenario.ts";
import { ACTORS, type Automata, SHARED, TABLE } from "../automata/automata.ts";
import { type Handler, handler, LOOKS } from "../automata/handler.ts";
import type { KernelEdge } from "../automata/kernelAutomaton.ts";
import type { Watch } from "../automata/watch.ts";
import { isIn, storeOf } from "./places.ts";
import type { Report } from "./property.ts";

const ENTRIES_PER_COLUMN = 32;

export function flushDebtWatch(scenario: Scenario, report: Report): Watch {
  const granule = GRANULES[scenario.granule];
  let automata: Automata;
  let first: number;

  const owe = (row: Int32Array, index: number): void => {
    const column = first + (index >>> 5);
    row[column] = (row[column] as number) | (1 << (index & 31));
  };
  const settle = (row: Int32Array, index: number, nr: number): void => {
    const end = Math.min(index + nr, scenario.ptes.length);
    for (let i = index; i < end; i++) {
      const column = first + (i >>> 5);
      row[column] = (row[column] as number) & ~(1 << (i & 31));
    }
  };
  const isOwed = (row: Int32Array, index: number): boolean => ((row[first + (index >>> 5)] as number) & (1 << (index & 31))) !== 0;
  const pteAt = (row: Int32Array, index: number): Pte => automata.words.at(automata.tables.word(row[TABLE] as number, index));
  /** By word: what a present entry does not grant. */
  const refused: number[] = [];
  const refusedAt = (row: Int32Array, index: number): number => {
    const word = automata.tables.word(row[TABLE] as number, index);
    refused[word] ??= refusedBy(automata.words.at(word));
    return refused[word];
  };
  const settleFlush = (row: Int32Array, flush: number): void => {
    const { index, nr } = automata.flushes.at(flush);
    settle(row, index, nr);
  };

  /** The first page under the entry where `wrong` is so. */
  const pageUnder = (entry: TlbEntry, wrong: (index: number) => boolean): number | undefined => {
    for (let i = entry.start; i < entry.start + entry.count; i++) if (wrong(i)) return i;
    return undefined;
  };
  const eachTlbEntry = (row: Int32Array, see: (entry: TlbEntry) => void): void => {
    for (const mmu of automata.mmus) if (mmu !== undefined) mmu.node(row[ACTORS + mmu.actor] as number).own.tlb.forEach(see);
  };

  /** The flushes that this step waits for beside its own: those that its actor had started. */
  const settleOwn = handler(LOOKS.shared, ({ actor, before, after }) => {
    for (const flush of automata.shared.pending(before[SHARED] as number, actor)) settleFlush(after, flush);
  });

  const checkConverted = (start: number): Handler =>
    handler(LOOKS.tableAfter | LOOKS.tlbs, ({ after }) =>
      eachTlbEntry(after, (entry) => {
        if (entry.count === 1 || entry.start !== start) return;
        const stale = pageUnder(entry, (i) => !isCont(pteAt(after, i)));
        if (stale !== undefined) report("no-stale-tlb", stale);
      }),
    );

  return {
    columns: Math.ceil(scenario.ptes.length / ENTRIES_PER_COLUMN),
    begin(its, column) {
      automata = its;
      first = column;
    },
    onKernel(_, edge) {
      const { next } = edge.from;
      const handlers: Handler[] = [];
      const store = storeOf(edge);
      if (store !== undefined && grantsLess(granule, edge.old, edge.new))
        handlers.push(handler(LOOKS.nothing, ({ after }) => owe(after, store.index)));
      if (next?.op === "tlbi" && next.sync && !next.local)
        handlers.push(
          handler(LOOKS.nothing, ({ after }) => settle(after, next.index, next.nr)),
          settleOwn,
        );
      else if (edge.to.next === undefined) handlers.push(settleOwn);
      const converted = convertedBlock(granule, edge);
      if (converted !== undefined && scenario.features.bbm === 0) handlers.push(checkConverted(converted));
      return handlers;
    },
    onMmu(_, { from, to }) {
      const filled = to.own.tlb.filter((entry) => entry.count > 1 && !from.own.tlb.some((old) => alike(old, entry)));
      if (filled.length === 0) return undefined;
      return handler(LOOKS.tableAfter, ({ after }) => {
        for (const entry of filled) {
          const granted = (entry.writable ? WRITES : 0) | (entry.user ? USES : 0);
          const more = pageUnder(entry, (i) => (granted & refusedAt(after, i)) !== 0 && !isOwed(after, i));
          if (more !== undefined) report("tightening-complete", more);
        }
      });
    },
    onLand: (flush) => handler(LOOKS.nothing, ({ after }) => settleFlush(after, flush)),
    onEnd(row) {
      eachTlbEntry(row, (entry) => {
        const stale = pageUnder(entry, (i) => !isOwed(row, i) && !translatesTo(pteAt(row, i), entry, i));
        if (stale !== undefined) report("no-stale-tlb", stale);
      });
    },
  };

  function translatesTo(pte: Pte, entry: TlbEntry, index: number): boolean {
    return isValid(pte) && pfnOf(granule, pte) === entry.pfn + BigInt(index - entry.start);
  }
}

/** A translation that `old` allowed and `now` does not. */
export function grantsLess(granule: Granule, old: Pte, now: Pte): boolean {
  if (!isValid(old)) return false;
  if (!isValid(now) || pfnOf(granule, old) !== pfnOf(granule, now)) return true;
  return (mayWrite(old) && !mayWrite(now)) || (has(old, BIT.USER) && !has(now, BIT.USER));
}

/** Where the block begins that a convert has just been through with. */
export function convertedBlock(granule: Granule, { from, to }: KernelEdge): number | undefined {
  if (!isIn(from, "contpte_convert") || (isIn(to, "contpte_convert") && to.inCall)) return undefined;
  const { next } = from;
  return next !== undefined && "index" in next ? blockStart(granule, next.index) : undefined;
}

/** Hardware may come to cache it as writable. */
const mayWrite = (pte: Pte): boolean => isWrite(pte) || !isReadOnly(pte);

const alike = (a: TlbEntry, b: TlbEntry): boolean =>
  a.start === b.start && a.count === b.count && a.pfn === b.pfn && a.writable === b.writable && a.user === b.user;

export const WRITES = 1;
export const USES = 2;

/** What a present entry does not grant. */
export const refusedBy = (pte: Pte): number => (isPresent(pte) ? (mayWrite(pte) ? 0 : WRITES) | (has(pte, BIT.USER) ? 0 : USES) : 0);
