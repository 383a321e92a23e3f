/** A set of the numbers below `size`, a bit each. */
export class Bits {
  readonly #bytes: Uint8Array;

  constructor(size: number) {
    this.#bytes = new Uint8Array(Math.ceil(size / 8));
  }

  has(number: number): boolean {
    return ((this.#bytes[Math.floor(number / 8)] ?? 0) & (1 << (number % 8))) !== 0;
  }

  add(number: number): void {
    const byte = Math.floor(number / 8);
    const bits = this.#bytes[byte];
    if (bits === undefined) throw new RangeError(`${number} is outside a set of ${this.#bytes.length * 8}`);
    this.#bytes[byte] = bits | (1 << (number % 8));
  }
}
