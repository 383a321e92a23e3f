/** Facts about tables, in integers: each is found once for a table, however many states have that table. */
import { Ints } from "./ints.ts";
import type { Tables } from "./tables.ts";

export class PerTable {
  readonly #tables: Tables;
  readonly #columns: number;
  readonly #facts = new Ints();
  readonly #find: (table: number, facts: Int32Array) => void;
  readonly #found: Int32Array;
  #known = 0;

  /** @param find fills in `facts`, all 0, for a table */
  constructor(tables: Tables, columns: number, find: (table: number, facts: Int32Array) => void) {
    this.#tables = tables;
    this.#columns = columns;
    this.#find = find;
    this.#found = new Int32Array(columns);
  }

  at(table: number, column: number): number {
    while (this.#known <= table && this.#known < this.#tables.size) {
      this.#found.fill(0);
      this.#find(this.#known, this.#found);
      for (const fact of this.#found) this.#facts.push(fact);
      this.#known += 1;
    }
    return this.#facts.at(table * this.#columns + column);
  }
}
