/**
 * The page table in memory, immutable: a write gives a new table that shares all but
 * one chunk with the old one, so that a run can keep every table it went through.
 * Sequentially consistent: what is written last is what everybody reads next.
 * The machine sees memory only through this interface, so that a relaxed order can
 * take its place.
 */
import type { EntryIndex, Pte } from "./descriptor.ts";

export interface PageTable {
  readonly length: number;
  /** @throws RangeError outside the table: callers decide what an overrun means. */
  read(index: EntryIndex): Pte;
  write(index: EntryIndex, pte: Pte): PageTable;
  words(): readonly Pte[];
}

/** Entries copied by a write; about the square root of the longest table. */
const CHUNK = 64;

export function pageTable(words: readonly Pte[]): PageTable {
  const chunks = Array.from({ length: Math.ceil(words.length / CHUNK) }, (_, c) => words.slice(c * CHUNK, (c + 1) * CHUNK));
  return new ChunkedTable(chunks, words.length);
}

/** A class, not closures: a search makes one of these at every other step. */
class ChunkedTable implements PageTable {
  readonly length: number;
  readonly #chunks: readonly (readonly Pte[])[];

  constructor(chunks: readonly (readonly Pte[])[], length: number) {
    this.#chunks = chunks;
    this.length = length;
  }

  read(index: EntryIndex): Pte {
    const pte = this.#chunkOf(index)[index % CHUNK];
    if (pte === undefined) throw new RangeError(`entry ${index} is outside a table of ${this.length}`);
    return pte;
  }

  write(index: EntryIndex, pte: Pte): PageTable {
    if (this.read(index) === pte) return this;
    const chunk = this.#chunkOf(index).with(index % CHUNK, pte);
    return new ChunkedTable(this.#chunks.with(Math.floor(index / CHUNK), chunk), this.length);
  }

  words(): readonly Pte[] {
    return this.#chunks.flat();
  }

  #chunkOf(index: EntryIndex): readonly Pte[] {
    return this.#chunks[Math.floor(index / CHUNK)] ?? [];
  }
}
