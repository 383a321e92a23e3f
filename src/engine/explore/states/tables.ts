/**
 * Numbers page tables, which differ from each other in few entries: there are many
 * fewer tables than states, and a state of 128 entries is no longer than one of 16.
 *
 * The hash of a table is the exclusive or of a hash of each entry, so that of a table
 * with one entry changed is found without looking at the others.
 */
import { type PageTable, pageTable } from "../../hardware/memory.ts";
import type { Words } from "./words.ts";

const FIRST_TABLES = 256;
/** Words are kept in 16 bits. */
const MOST_WORDS = 0x10000;

export class Tables {
  readonly entries: number;
  readonly #words: Words;
  #cells: Uint16Array;
  #hashes = new Int32Array(FIRST_TABLES);
  /** Open addressing, a table's number plus one; never more than half full. */
  #slots = new Int32Array(2 * FIRST_TABLES);
  #size = 0;

  constructor(entries: number, words: Words) {
    this.entries = entries;
    this.#words = words;
    this.#cells = new Uint16Array(FIRST_TABLES * entries);
  }

  get size(): number {
    return this.#size;
  }

  /** Bytes in use. */
  get bytes(): number {
    return this.#cells.byteLength + this.#hashes.byteLength + this.#slots.byteLength;
  }

  /** Bytes in use while so many more tables find their place: everything is copied when it grows. */
  bytesWith(more: number): number {
    return this.bytes * (this.#size + more > this.#hashes.length ? 3 : 1);
  }

  /** The number of a word in a table. */
  word(table: number, index: number): number {
    return this.#cells[table * this.entries + index] as number;
  }

  numberOf(table: PageTable): number {
    this.#makeRoom();
    const at = this.#size * this.entries;
    let hash = 0;
    for (const [index, pte] of table.words().entries()) {
      const word = this.#words.numberOf(pte);
      this.#cells[at + index] = checked(word);
      hash ^= entryHash(index, word);
    }
    return this.#settle(hash);
  }

  /** The table that `from` becomes when one entry changes. */
  changed(from: number, index: number, word: number): number {
    this.#makeRoom();
    const at = this.#size * this.entries;
    const old = this.word(from, index);
    this.#cells.copyWithin(at, from * this.entries, (from + 1) * this.entries);
    this.#cells[at + index] = checked(word);
    return this.#settle((this.#hashes[from] as number) ^ entryHash(index, old) ^ entryHash(index, word));
  }

  at(table: number): PageTable {
    return pageTable(Array.from({ length: this.entries }, (_, index) => this.#words.at(this.word(table, index))));
  }

  /** The number of the table just written behind the others: its own if it is new. */
  #settle(hash: number): number {
    const mask = this.#slots.length - 1;
    let slot = spread(hash) & mask;
    for (let held = this.#slots[slot] as number; held !== 0; held = this.#slots[slot] as number) {
      if (this.#hashes[held - 1] === hash && this.#alike(held - 1, this.#size)) return held - 1;
      slot = (slot + 1) & mask;
    }
    this.#hashes[this.#size] = hash;
    this.#slots[slot] = ++this.#size;
    return this.#size - 1;
  }

  #alike(a: number, b: number): boolean {
    const { entries } = this;
    for (let i = 0, p = a * entries, q = b * entries; i < entries; i++, p++, q++) if (this.#cells[p] !== this.#cells[q]) return false;
    return true;
  }

  #makeRoom(): void {
    if (this.#size < this.#hashes.length) return;
    const cells = new Uint16Array(2 * this.#cells.length);
    cells.set(this.#cells);
    this.#cells = cells;
    const hashes = new Int32Array(2 * this.#hashes.length);
    hashes.set(this.#hashes);
    this.#hashes = hashes;
    this.#slots = new Int32Array(2 * this.#slots.length);
    const mask = this.#slots.length - 1;
    for (let table = 0; table < this.#size; table++) {
      let slot = spread(this.#hashes[table] as number) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = table + 1;
    }
  }
}

function checked(word: number): number {
  if (word >= MOST_WORDS) throw new RangeError(`a search keeps no more than ${MOST_WORDS} different words apart`);
  return word;
}

function entryHash(index: number, word: number): number {
  let hash = Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(word + 1, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}

const spread = (hash: number): number => Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
