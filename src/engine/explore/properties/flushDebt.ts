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
import { type Handler, Handlers, handler, NOTHING } from "../automata/handler.ts";
import type { KernelEdge } from "../automata/kernelAutomaton.ts";
import type { Watch } from "../automata/watch.ts";
import { TableFact } from "../states/tableFact.ts";
import { isIn, storeOf } from "./places.ts";
import type { Report } from "./property.ts";

const ENTRIES_PER_COLUMN = 32;

export function flushDebtWatch(scenario: Scenario, report: Report): Watch {
  const granule = GRANULES[scenario.granule];
  let automata: Automata;
  let first: number;
  const handlers = new Handlers();

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
  const pteIn = (table: number, index: number): Pte => automata.words.at(automata.tables.word(table, index));
  /** By word: what a present entry does not grant. */
  const refused: number[] = [];
  const refusedIn = (table: number, index: number): number => {
    const word = automata.tables.word(table, index);
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
  const settleOwn = handler({ shared: true }, ({ actor, before, after }) => {
    for (const flush of automata.shared.pending(before[SHARED] as number, actor)) settleFlush(after, flush);
  });

  const { contPtes } = granule;
  const perBlock = (find: (table: number, start: number) => number): readonly TableFact[] =>
    Array.from({ length: scenario.ptes.length / contPtes }, (_, block) => new TableFact((table) => find(table, block * contPtes)));
  const inBlock = (facts: readonly TableFact[], start: number): TableFact => facts[start / contPtes] as TableFact;
  /** What a block refuses, a number for each way of refusing: by what its first entries refuse, and the next one. */
  const refusals: number[] = [];
  let ways = 0;
  const refusing = perBlock((table, start) => {
    let way = 0;
    for (let i = start; i < start + contPtes; i++) {
      const at = way * (ALL + 1) + refusedIn(table, i);
      refusals[at] ??= ++ways;
      way = refusals[at];
    }
    return way;
  });
  /** The first entry of a block without CONT, counted from 1. */
  const single = perBlock((table, start) => {
    for (let i = 0; i < contPtes; i++) if (!isCont(pteIn(table, start + i))) return i + 1;
    return 0;
  });

  const checkConverted = (start: number): Handler => {
    const fact = inBlock(single, start);
    return handler({ after: [fact], tlbs: true }, ({ after }) => {
      const stale = fact.of(after[TABLE] as number) - 1;
      if (stale < 0) return;
      eachTlbEntry(after, (entry) => {
        if (entry.count > 1 && entry.start === start) report("no-stale-tlb", start + stale);
      });
    });
  };

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
        handlers.push(handler(NOTHING, ({ after }) => owe(after, store.index)));
      if (next?.op === "tlbi" && next.sync && !next.local)
        handlers.push(
          handler(NOTHING, ({ after }) => settle(after, next.index, next.nr)),
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
      const key = filled.map(({ start, writable, user }) => `${start} ${writable} ${user}`).join();
      return handlers.get(key, () => checkFilled(filled));
    },
    onLand: (flush) => handler(NOTHING, ({ after }) => settleFlush(after, flush)),
    onEnd(row) {
      eachTlbEntry(row, (entry) => {
        const stale = pageUnder(entry, (i) => !isOwed(row, i) && !translatesTo(pteIn(row[TABLE] as number, i), entry, i));
        if (stale !== undefined) report("no-stale-tlb", stale);
      });
    },
  };

  function checkFilled(filled: readonly TlbEntry[]): Handler {
    return handler({ after: filled.map(({ start }) => inBlock(refusing, start)) }, ({ after }) => {
      for (const entry of filled) {
        const granted = (entry.writable ? WRITES : 0) | (entry.user ? USES : 0);
        const more = pageUnder(entry, (i) => (granted & refusedIn(after[TABLE] as number, i)) !== 0 && !isOwed(after, i));
        if (more !== undefined) report("tightening-complete", more);
      }
    });
  }

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
const ALL = WRITES | USES;

/** What a present entry does not grant. */
export const refusedBy = (pte: Pte): number => (isPresent(pte) ? (mayWrite(pte) ? 0 : WRITES) | (has(pte, BIT.USER) ? 0 : USES) : 0);
