/**
 * Something to know of a page table, as a number from 0 on: found once for a table, when
 * it is first asked for, however many states have that table. Tables are many, and most
 * of them say the same.
 */
import { Ints } from "./ints.ts";

export class TableFact {
  readonly #find: (table: number) => number;
  /** By table: the fact plus one; 0 if it has not been asked for. */
  readonly #found = new Ints();

  /** @param find told the number of a table */
  constructor(find: (table: number) => number) {
    this.#find = find;
  }

  of(table: number): number {
    while (this.#found.length <= table) this.#found.push(0);
    const known = this.#found.at(table);
    if (known !== 0) return known - 1;
    const fact = this.#find(table);
    this.#found.set(table, fact + 1);
    return fact;
  }
}
