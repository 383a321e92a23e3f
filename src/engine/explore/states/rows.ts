/**
 * Numbers rows of 32-bit integers, all of one width: equal rows have equal numbers,
 * counted from 0 in order of arrival, and a number gives its row back. Exact: the hash
 * only says where to look first, what decides is the row itself.
 */

/** A slot holds a row's number plus one, 0 when free, and above it some bits of the row's hash, which spare most looks at other rows. */
const NUMBER_BITS = 25;
const NUMBER_MASK = (1 << NUMBER_BITS) - 1;

/** No more than this can be numbered. */
export const MOST_ROWS = NUMBER_MASK - 1;

const FIRST_SLOTS = 1024;
/** Rows in a chunk: rows are never moved. */
const SHIFT = 12;
const CHUNK = 1 << SHIFT;

export class Rows {
  readonly width: number;
  readonly #chunks: Int32Array[] = [];
  /** Open addressing, never more than half full. */
  #slots = new Int32Array(FIRST_SLOTS);
  #size = 0;

  constructor(width: number) {
    this.width = width;
  }

  get size(): number {
    return this.#size;
  }

  /** Bytes in use. */
  get bytes(): number {
    return this.#chunks.length * CHUNK * this.width * Int32Array.BYTES_PER_ELEMENT + this.#slots.byteLength;
  }

  /** Bytes in use while so many more rows find their place: the table of slots is copied when it grows. */
  bytesWith(more: number): number {
    const chunks = Math.ceil((this.#size + more) / CHUNK);
    const grows = (this.#size + more) * 2 > this.#slots.length;
    return chunks * CHUNK * this.width * Int32Array.BYTES_PER_ELEMENT + this.#slots.byteLength * (grows ? 3 : 1);
  }

  /**
   * @param row may be longer: only its first columns count
   * @returns -1 if the row is new and there are `most` already
   */
  numberOf(row: Int32Array, most = MOST_ROWS): number {
    const hash = hashOf(row, this.width);
    const tag = hash & ~NUMBER_MASK;
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const held = slots[slot] as number;
      if (held === 0) break;
      if ((held & ~NUMBER_MASK) === tag && this.#holds((held & NUMBER_MASK) - 1, row)) return (held & NUMBER_MASK) - 1;
      slot = (slot + 1) & mask;
    }
    if (this.#size >= most) return -1;
    if (this.#size === this.#chunks.length << SHIFT) this.#chunks.push(new Int32Array(CHUNK * this.width));
    this.#write(this.#size, row);
    slots[slot] = tag | ++this.#size;
    if (this.#size * 2 > slots.length) this.#rehash();
    return this.#size - 1;
  }

  at(number: number, column: number): number {
    return this.#chunkOf(number)[this.#placeOf(number) + column] as number;
  }

  read(number: number, into: Int32Array): void {
    const chunk = this.#chunkOf(number);
    const { width } = this;
    for (let column = 0, at = this.#placeOf(number); column < width; column++, at++) into[column] = chunk[at] as number;
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

  #rehash(): void {
    const slots = new Int32Array(2 * this.#slots.length);
    const mask = slots.length - 1;
    const row = new Int32Array(this.width);
    for (let number = 0; number < this.#size; number++) {
      this.read(number, row);
      const hash = hashOf(row, this.width);
      let slot = hash & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = (hash & ~NUMBER_MASK) | (number + 1);
    }
    this.#slots = slots;
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
