/** Numbers the ranges that a search's flushes cover. */
export interface Flush {
  readonly index: number;
  readonly nr: number;
}

export class Flushes {
  readonly #numbers = new Map<string, number>();
  readonly #flushes: Flush[] = [];

  numberOf({ index, nr }: Flush): number {
    const key = `${index}+${nr}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#flushes.length);
    this.#flushes.push({ index, nr });
    return this.#flushes.length - 1;
  }

  at(number: number): Flush {
    return this.#flushes[number] as Flush;
  }
}
