/**
 * `no-lost-dirty`, `no-lost-young`: what hardware or software marked in a PTE of a folio is, at
 * every point where no call is in flight, in some PTE of that folio, unless a call returned
 * it to its caller or let it go on purpose (overwrote or cleared the entry, MADV_FREE).
 *
 * Remembered: for every folio, whether a mark is owed, a bit for dirty and one for young.
 * Folios, not pages, because contpte may spread a mark over the block and Linux keeps
 * both per folio. What contpte_convert() clears is never let go on purpose.
 */
import type { Pte } from "../../hardware/descriptor.ts";
import { GRANULES, pfnOf } from "../../hardware/granule.ts";
import { folioOf } from "../../kernel/kernel.ts";
import { isDirty, isPresent, isYoung } from "../../kernel/pte.ts";
import type { Scenario } from "../../scenario/scenario.ts";
import { type Automata, TABLE } from "../automata/automata.ts";
import { Handlers, handler, NOTHING, type ProductStep } from "../automata/handler.ts";
import type { KernelEdge } from "../automata/kernelAutomaton.ts";
import type { Watch } from "../automata/watch.ts";
import { TableFact } from "../states/tableFact.ts";
import { letGoBy, type Marks, returnsMarks } from "./contracts.ts";
import { callOf, ends, isIn, returnOf, storeOf } from "./places.ts";
import type { Report } from "./property.ts";

export const FOLIOS_PER_COLUMN = 15;
const DIRTY = 1;
const YOUNG = 2;
/** The dirty bits of a column. */
export const ALL_DIRTY = 0x15555555;

/** Where a folio's marks are, and which. */
export interface Place {
  readonly column: number;
  readonly bits: number;
}

export function lostMarksWatch(scenario: Scenario, report: Report): Watch {
  const folios = foliosOf(scenario);
  const columns = Math.ceil(folios.count / FOLIOS_PER_COLUMN);
  let automata: Automata;
  let first: number;
  /** By column: the marks that the table has. */
  let inTable: readonly TableFact[];
  const handlers = new Handlers();
  const places: Place[] = [];

  /** The marks that a word carries. */
  const placeOf = (pte: Pte): Place => placeIn(folios, pte);
  const placeOfWord = (word: number): Place => {
    places[word] ??= placeOf(automata.words.at(word));
    return places[word];
  };
  const inTableAt = (row: Int32Array, column: number): number => (inTable[column] as TableFact).of(row[TABLE] as number);
  const mark = ({ after }: ProductStep, { column, bits }: Place): void => {
    after[first + column] = (after[first + column] as number) | bits;
  };
  /** Nothing is owed any more but what is still in the table. */
  const forget = ({ after }: ProductStep, { column, bits }: Place): void => {
    const still = inTableAt(after, column);
    after[first + column] = (after[first + column] as number) & (~bits | still);
  };
  const check = ({ after }: ProductStep): void => {
    for (let column = 0; column < columns; column++) {
      const lost = (after[first + column] as number) & ~inTableAt(after, column);
      if ((lost & ALL_DIRTY) !== 0) report("no-lost-dirty", -1);
      if ((lost & ~ALL_DIRTY) !== 0) report("no-lost-young", -1);
    }
  };

  return {
    columns,
    begin(its, column, row) {
      automata = its;
      first = column;
      inTable = Array.from({ length: columns }, (_, at) => new TableFact((table) => marksIn(table, at)));
      for (let at = 0; at < columns; at++) row[column + at] = inTableAt(row, at);
    },
    onKernel(actor, edge) {
      const { stored, letGo, returned } = movedBy(scenario, folios, actor, edge);
      const over = callOf(scenario, actor, edge.from) !== undefined && ends(edge);
      if (stored.bits === 0 && letGo.bits === 0 && !over) return undefined;
      const looksAtTable = over || letGo.bits !== 0 || returned.bits !== 0;
      return handler({ ...(looksAtTable && { after: inTable }), ...(over && { calls: true }) }, (step) => {
        mark(step, stored);
        if (letGo.bits !== 0) forget(step, letGo);
        if (returned.bits !== 0) forget(step, returned);
        if (over && !automata.isCallInFlight(step.after)) check(step);
      });
    },
    onMmu(_, { outcome }) {
      if (outcome.update === undefined) return undefined;
      const place = placeOf(outcome.update.new);
      return handlers.get(`${place.column} ${place.bits}`, () => handler(NOTHING, (step) => mark(step, place)));
    },
  };

  function marksIn(table: number, column: number): number {
    let marks = 0;
    for (let i = 0; i < automata.tables.entries; i++) {
      const place = placeOfWord(automata.tables.word(table, i));
      if (place.column === column) marks |= place.bits;
    }
    return marks;
  }
}

/** The marks that a word carries. */
export function placeIn(folios: Folios, pte: Pte): Place {
  const marks = isPresent(pte) ? (isDirty(pte) ? DIRTY : 0) | (isYoung(pte) ? YOUNG : 0) : 0;
  const folio = marks === 0 ? 0 : folios.numberOf(pte);
  return { column: Math.floor(folio / FOLIOS_PER_COLUMN), bits: marks << (2 * (folio % FOLIOS_PER_COLUMN)) };
}

/** Marks that a step of a call stores, lets go on purpose, and hands to its caller. */
export function movedBy(
  scenario: Scenario,
  folios: Folios,
  actor: number,
  edge: KernelEdge,
): Readonly<Record<"stored" | "letGo" | "returned", Place>> {
  const call = callOf(scenario, actor, edge.from);
  if (call === undefined) return { stored: NO_MARKS, letGo: NO_MARKS, returned: NO_MARKS };
  const isStore = storeOf(edge) !== undefined;
  const value = returnsMarks(call) ? returnOf(edge)?.value : undefined;
  return {
    stored: isStore ? placeIn(folios, edge.new) : NO_MARKS,
    letGo: isStore && !isIn(edge.from, "contpte_convert") ? only(placeIn(folios, edge.old), letGoBy(call)) : NO_MARKS,
    returned: value === undefined ? NO_MARKS : placeIn(folios, value as Pte),
  };
}

const NO_MARKS: Place = { column: 0, bits: 0 };

const only = ({ column, bits }: Place, { dirty, young }: Marks): Place => ({
  column,
  bits: bits & ((dirty ? ALL_DIRTY : 0) | (young ? ALL_DIRTY << 1 : 0)),
});

export interface Folios {
  readonly count: number;
  numberOf(pte: Pte): number;
}

/** The folios that a scenario names or maps; all others share the last number. */
export function foliosOf(scenario: Scenario): Folios {
  const granule = GRANULES[scenario.granule];
  const numbers = new Map<bigint, number>();
  const name = (pfn: bigint): void => {
    const { pfn: start } = folioOf(scenario, pfn);
    if (!numbers.has(start)) numbers.set(start, numbers.size);
  };
  for (const [pte, nr] of mappings(scenario)) for (let i = 0; i < nr; i++) name(pfnOf(granule, pte) + BigInt(i));
  return {
    count: numbers.size + 1,
    numberOf: (pte) => numbers.get(folioOf(scenario, pfnOf(granule, pte)).pfn) ?? numbers.size,
  };
}

/** Entries that the document maps, with how many pages each goes on for. */
function mappings({ ptes, actors }: Scenario): readonly (readonly [Pte, number])[] {
  const calls = actors.flatMap((spec) => (spec.kind === "kernel" ? spec.calls : []));
  return [
    ...ptes.filter(isPresent).map((pte) => [pte, 1] as const),
    ...calls.flatMap(({ pte, nr = 1 }) => (typeof pte === "bigint" && isPresent(pte) ? [[pte, nr] as const] : [])),
  ];
}
