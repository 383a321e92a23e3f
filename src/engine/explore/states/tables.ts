/** The page tables of a search by number; the inner loop keeps them (`inner/tables.ts`). */
import { type PageTable, pageTable } from "../../hardware/memory.ts";
import { TABLES } from "../inner/layout.ts";
import type { InnerLoop } from "../innerLoop.ts";
import type { Words } from "./words.ts";

export class Tables {
  readonly entries: number;
  readonly #words: Words;
  readonly #loop: InnerLoop;
  /** The table looked at last, and where its words are. */
  #latest = -1;
  #cells = 0;

  constructor(entries: number, words: Words, loop: InnerLoop) {
    this.entries = entries;
    this.#words = words;
    this.#loop = loop;
  }

  get size(): number {
    return this.#loop.get(TABLES);
  }

  /** The number of a word in a table. */
  word(table: number, index: number): number {
    if (table !== this.#latest) {
      this.#latest = table;
      this.#cells = this.#loop.call.cellsOf(table);
    }
    return this.#loop.half(this.#cells + index);
  }

  numberOf(table: PageTable): number {
    const { call } = this.#loop;
    call.newTable();
    for (const [index, pte] of table.words().entries()) call.putWord(index, this.#words.numberOf(pte));
    return call.settle();
  }

  /** The table that `from` becomes when one entry changes. */
  changed(from: number, index: number, word: number): number {
    return this.#loop.call.changed(from, index, word);
  }

  at(table: number): PageTable {
    return pageTable(Array.from({ length: this.entries }, (_, index) => this.#words.at(this.word(table, index))));
  }
}
