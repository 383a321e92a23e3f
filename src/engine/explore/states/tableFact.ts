/**
 * Something to know of a page table, as a number from 0 on: found once for a table, when
 * it is first asked for, however many states have that table. Tables are many, and most
 * of them say the same.
 */
const NOT_ASKED = -1;

export class TableFact {
  readonly #find: (table: number) => number;
  /** By table. */
  readonly #found: number[] = [];

  /** @param find told the number of a table */
  constructor(find: (table: number) => number) {
    this.#find = find;
  }

  of(table: number): number {
    const found = this.#found;
    while (found.length <= table) found.push(NOT_ASKED);
    if (found[table] === NOT_ASKED) found[table] = this.#find(table);
    return found[table] as number;
  }
}
