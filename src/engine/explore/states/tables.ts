/**
 * Numbers page tables, which differ from each other in few entries: there are many
 * fewer tables than states, and a state of 128 entries is no longer than one of 16.
 *
 * The hash of a table is the exclusive or of a hash of each entry, so that of a table
 * with one entry changed is found without looking at the others.
 */
import { type PageTable, pageTable } from "../../hardware/memory.ts";
import { Ints } from "./ints.ts";
import { numberIn, Slots, tagOf } from "./slots.ts";
import type { Words } from "./words.ts";

/** Words are kept in 16 bits. */
const MOST_WORDS = 0x10000;
/** Tables in a chunk: tables are never moved. */
const SHIFT = 8;
const CHUNK = 1 << SHIFT;

export class Tables {
  readonly entries: number;
  readonly #words: Words;
  readonly #chunks: Uint16Array[] = [];
  readonly #hashes = new Ints();
  readonly #slots = new Slots((table) => spread(this.#hashes.at(table)));
  #size = 0;

  constructor(entries: number, words: Words) {
    this.entries = entries;
    this.#words = words;
  }

  get size(): number {
    return this.#size;
  }

  /** Bytes in use. */
  get bytes(): number {
    return this.#bytesOf(this.#chunks.length) + this.#hashes.bytes + this.#slots.bytes;
  }

  /** Bytes in use when so many more tables have found their place. */
  bytesWith(more: number): number {
    const tables = this.#size + more;
    return this.#bytesOf(Math.ceil(tables / CHUNK)) + this.#hashes.bytes + this.#slots.bytesWith(tables);
  }

  /** The number of a word in a table. */
  word(table: number, index: number): number {
    return this.#chunkOf(table)[this.#placeOf(table) + index] as number;
  }

  numberOf(table: PageTable): number {
    const chunk = this.#room();
    const at = this.#placeOf(this.#size);
    let hash = 0;
    for (const [index, pte] of table.words().entries()) {
      const word = this.#words.numberOf(pte);
      chunk[at + index] = checked(word);
      hash ^= entryHash(index, word);
    }
    return this.#settle(hash);
  }

  /** The table that `from` becomes when one entry changes. */
  changed(from: number, index: number, word: number): number {
    const chunk = this.#room();
    const at = this.#placeOf(this.#size);
    const source = this.#chunkOf(from);
    const begin = this.#placeOf(from);
    const old = source[begin + index] as number;
    for (let i = 0; i < this.entries; i++) chunk[at + i] = source[begin + i] as number;
    chunk[at + index] = checked(word);
    return this.#settle(this.#hashes.at(from) ^ entryHash(index, old) ^ entryHash(index, word));
  }

  at(table: number): PageTable {
    return pageTable(Array.from({ length: this.entries }, (_, index) => this.#words.at(this.word(table, index))));
  }

  /** The number of the table just written behind the others: its own if it is new. */
  #settle(entries: number): number {
    const hash = spread(entries);
    const segment = this.#slots.segmentOf(hash);
    const mask = segment.length - 1;
    let slot = hash & mask;
    for (let held = segment[slot] as number; held !== 0; held = segment[slot] as number) {
      if (tagOf(held) === tagOf(hash) && this.#alike(numberIn(held), this.#size)) return numberIn(held);
      slot = (slot + 1) & mask;
    }
    this.#hashes.push(entries);
    this.#size += 1;
    this.#slots.add(hash, slot, this.#size - 1);
    return this.#size - 1;
  }

  #alike(a: number, b: number): boolean {
    const one = this.#chunkOf(a);
    const other = this.#chunkOf(b);
    for (let i = 0, p = this.#placeOf(a), q = this.#placeOf(b); i < this.entries; i++, p++, q++) if (one[p] !== other[q]) return false;
    return true;
  }

  /** The chunk that the next table goes into. */
  #room(): Uint16Array {
    if (this.#size === this.#chunks.length << SHIFT) this.#chunks.push(new Uint16Array(CHUNK * this.entries));
    return this.#chunkOf(this.#size);
  }

  #chunkOf(table: number): Uint16Array {
    return this.#chunks[table >>> SHIFT] as Uint16Array;
  }

  #placeOf(table: number): number {
    return (table & (CHUNK - 1)) * this.entries;
  }

  #bytesOf(chunks: number): number {
    return chunks * CHUNK * this.entries * Uint16Array.BYTES_PER_ELEMENT;
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
