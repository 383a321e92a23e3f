/**
 * A list of 32-bit integers that grows without being copied: a search of millions of
 * states keeps its numbers in it, outside the heap.
 */
const SHIFT = 16;
const CHUNK = 1 << SHIFT;

export class Ints {
  readonly #chunks: Int32Array[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Bytes in use. */
  get bytes(): number {
    return this.#chunks.length * CHUNK * Int32Array.BYTES_PER_ELEMENT;
  }

  push(value: number): void {
    if (this.#length === this.#chunks.length << SHIFT) this.#chunks.push(new Int32Array(CHUNK));
    const chunk = this.#chunks[this.#length >>> SHIFT] as Int32Array;
    chunk[this.#length & (CHUNK - 1)] = value;
    this.#length += 1;
  }

  at(position: number): number {
    if (position >= this.#length) throw new RangeError(`position ${position} is outside a list of ${this.#length}`);
    const chunk = this.#chunks[position >>> SHIFT] as Int32Array;
    return chunk[position & (CHUNK - 1)] as number;
  }

  set(position: number, value: number): void {
    if (position >= this.#length) throw new RangeError(`position ${position} is outside a list of ${this.#length}`);
    const chunk = this.#chunks[position >>> SHIFT] as Int32Array;
    chunk[position & (CHUNK - 1)] = value;
  }

  /** Forgets what was pushed after the first `length`. */
  cutTo(length: number): void {
    this.#length = Math.min(length, this.#length);
  }
}
