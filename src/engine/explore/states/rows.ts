/**
 * Numbers rows of 32-bit integers, all of one width: equal rows have equal numbers,
 * counted from 0 in order of arrival, and a number gives its row back. Exact: the hash
 * only says where to look first, what decides is the row itself.
 */

import { MOST_NUMBERS, numberIn, Slots, tagOf } from "./slots.ts";

/** No more than this can be numbered. */
export const MOST_ROWS = MOST_NUMBERS;

/** Rows in a chunk: rows are never moved. */
const SHIFT = 12;
const CHUNK = 1 << SHIFT;

export class Rows {
  readonly width: number;
  readonly #chunks: Int32Array[] = [];
  readonly #slots: Slots;
  #size = 0;

  constructor(width: number) {
    this.width = width;
    const row = new Int32Array(width);
    this.#slots = new Slots((number) => {
      this.read(number, row);
      return hashOf(row, width);
    });
  }

  get size(): number {
    return this.#size;
  }

  /** Bytes in use. */
  get bytes(): number {
    return this.#bytesOf(this.#chunks.length) + this.#slots.bytes;
  }

  /** Bytes in use when so many more rows have found their place. */
  bytesWith(more: number): number {
    const rows = this.#size + more;
    return this.#bytesOf(Math.ceil(rows / CHUNK)) + this.#slots.bytesWith(rows);
  }

  /**
   * @param row may be longer: only its first columns count
   * @returns -1 if the row is new and there are `most` already
   */
  numberOf(row: Int32Array, most = MOST_ROWS): number {
    const hash = hashOf(row, this.width);
    const tag = tagOf(hash);
    const segment = this.#slots.segmentOf(hash);
    const mask = segment.length - 1;
    let slot = hash & mask;
    for (;;) {
      const held = segment[slot] as number;
      if (held === 0) break;
      if (tagOf(held) === tag && this.#holds(numberIn(held), row)) return numberIn(held);
      slot = (slot + 1) & mask;
    }
    if (this.#size >= most) return -1;
    if (this.#size === this.#chunks.length << SHIFT) this.#chunks.push(new Int32Array(CHUNK * this.width));
    this.#write(this.#size, row);
    this.#size += 1;
    this.#slots.add(hash, slot, this.#size - 1);
    return this.#size - 1;
  }

  at(number: number, column: number): number {
    return this.#chunkOf(number)[this.#placeOf(number) + column] as number;
  }

  /** @param to where in `into` its first column goes */
  read(number: number, into: Int32Array, to = 0): void {
    const chunk = this.#chunkOf(number);
    const { width } = this;
    for (let column = 0, at = this.#placeOf(number); column < width; column++, at++) into[to + column] = chunk[at] as number;
  }

  #write(number: number, row: Int32Array): void {
    const chunk = this.#chunkOf(number);
    const { width } = this;
    for (let column = 0, at = this.#placeOf(number); column < width; column++, at++) chunk[at] = row[column] as number;
  }

  #chunkOf(number: number): Int32Array {
    return this.#chunks[number >>> SHIFT] as Int32Array;
  }

  #placeOf(number: number): number {
    return (number & (CHUNK - 1)) * this.width;
  }

  #holds(number: number, row: Int32Array): boolean {
    const chunk = this.#chunkOf(number);
    const { width } = this;
    for (let column = 0, at = this.#placeOf(number); column < width; column++, at++) if (chunk[at] !== row[column]) return false;
    return true;
  }

  #bytesOf(chunks: number): number {
    return chunks * CHUNK * this.width * Int32Array.BYTES_PER_ELEMENT;
  }
}

function hashOf(row: Int32Array, width: number): number {
  let hash = 0;
  for (let column = 0; column < width; column++) {
    hash = Math.imul(hash ^ (row[column] as number), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash, 0x85ebca6b);
  return hash ^ (hash >>> 13);
}
