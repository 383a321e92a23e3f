/** Facts about tables, in integers: each is found once for a table, when it is first asked for, however many states have that table. */
import { Ints } from "./ints.ts";
import type { Tables } from "./tables.ts";

export class PerTable {
  readonly #tables: Tables;
  /** By table: where its facts begin among `#facts`, plus one; 0 if they have not been asked for. */
  readonly #begins = new Ints();
  readonly #facts = new Ints();
  readonly #find: (table: number, facts: Int32Array) => void;
  readonly #found: Int32Array;

  /** @param find fills in `facts`, all 0, for a table */
  constructor(tables: Tables, columns: number, find: (table: number, facts: Int32Array) => void) {
    this.#tables = tables;
    this.#find = find;
    this.#found = new Int32Array(columns);
  }

  at(table: number, column: number): number {
    while (this.#begins.length <= table && table < this.#tables.size) this.#begins.push(0);
    const begin = this.#begins.at(table) || this.#learn(table);
    return this.#facts.at(begin - 1 + column);
  }

  #learn(table: number): number {
    const begin = this.#facts.length + 1;
    this.#begins.set(table, begin);
    this.#found.fill(0);
    this.#find(table, this.#found);
    for (const fact of this.#found) this.#facts.push(fact);
    return begin;
  }
}
