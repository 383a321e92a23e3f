/** A list of 32-bit integers that grows: a search of millions of states keeps its numbers outside the heap. */
export class Ints {
  #words = new Int32Array(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#words.length) {
      const larger = new Int32Array(this.#words.length * 2);
      larger.set(this.#words);
      this.#words = larger;
    }
    this.#words[this.#length++] = value;
  }

  at(position: number): number {
    const value = position < this.#length ? this.#words[position] : undefined;
    if (value === undefined) throw new RangeError(`position ${position} is outside a list of ${this.#length}`);
    return value;
  }

  /** Forgets what was pushed after the first `length`. */
  cutTo(length: number): void {
    this.#length = Math.min(length, this.#length);
  }
}
