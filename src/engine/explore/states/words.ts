/** Numbers the PTE words of a search: equal words have equal numbers, and none has 0. */
import { isValid, NONE, type Pte } from "../../hardware/descriptor.ts";

/** A table holds a word's number in 16 bits. */
const MOST_WORDS = 0x10000;

export class Words {
  readonly #numbers = new Map<Pte, number>([[NONE, 0]]);
  readonly #words: Pte[] = [NONE];
  readonly #valid: boolean[] = [false];

  numberOf(pte: Pte): number {
    const known = this.#numbers.get(pte);
    if (known !== undefined) return known;
    const number = this.#words.length;
    if (number >= MOST_WORDS) throw new RangeError(`a search keeps no more than ${MOST_WORDS} different words apart`);
    this.#numbers.set(pte, number);
    this.#words.push(pte);
    this.#valid.push(isValid(pte));
    return number;
  }

  at(number: number): Pte {
    return this.#words[number] as Pte;
  }

  isValid(number: number): boolean {
    return this.#valid[number] as boolean;
  }
}
