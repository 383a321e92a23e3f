/**
 * The page table in memory, immutable: a write gives a new table.
 * Sequentially consistent: what is written last is what everybody reads next.
 * The machine sees memory only through this interface, so that a relaxed order
 * can take its place.
 */
import type { EntryIndex, Pte } from "./descriptor.ts";

export interface PageTable {
  readonly length: number;
  /** @throws RangeError outside the table: callers decide what an overrun means. */
  read(index: EntryIndex): Pte;
  write(index: EntryIndex, pte: Pte): PageTable;
  words(): readonly Pte[];
}

export function pageTable(words: readonly Pte[]): PageTable {
  const at = (index: EntryIndex): Pte => {
    const pte = words[index];
    if (pte === undefined) throw new RangeError(`entry ${index} is outside a table of ${words.length}`);
    return pte;
  };
  return {
    length: words.length,
    read: at,
    write(index, pte) {
      return at(index) === pte ? this : pageTable(words.with(index, pte));
    },
    words: () => words,
  };
}
