/** Numbers the PTE words of a search: equal words have equal numbers, and none has 0. */
import { isValid, NONE, type Pte } from "../../hardware/descriptor.ts";

export class Words {
  readonly #numbers = new Map<Pte, number>([[NONE, 0]]);
  readonly #words: Pte[] = [NONE];
  readonly #valid: boolean[] = [false];

  numberOf(pte: Pte): number {
    const known = this.#numbers.get(pte);
    if (known !== undefined) return known;
    const number = this.#words.length;
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
