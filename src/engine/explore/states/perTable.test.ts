import { expect, it } from "vitest";
import { NONE } from "../../hardware/descriptor.ts";
import { pageTable } from "../../hardware/memory.ts";
import { InnerLoop } from "../innerLoop.ts";
import { PerTable } from "./perTable.ts";
import { Tables } from "./tables.ts";
import { Words } from "./words.ts";

it("facts are found once for a table, in whatever order tables are asked for", () => {
  const words = new Words();
  const loop = new InnerLoop(() => 0);
  loop.call.prepare(0, 0, 2);
  const tables = new Tables(2, words, loop);
  const first = tables.numberOf(pageTable([NONE, NONE]));
  const numbers = [1, 2, 3, 4].map((word) => tables.changed(first, 0, word));
  const asked: number[] = [];
  const facts = new PerTable(tables, 2, (table, found) => {
    asked.push(table);
    found[0] = 10 * table;
    found[1] = tables.word(table, 0);
  });
  for (const table of [...numbers].reverse()) expect([facts.at(table, 0), facts.at(table, 1)]).toEqual([10 * table, table]);
  expect(asked).toEqual([4, 3, 2, 1]);
});
