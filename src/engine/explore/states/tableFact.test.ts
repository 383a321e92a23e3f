import { expect, it } from "vitest";
import { TableFact } from "./tableFact.ts";

it("a fact is found once for a table, in whatever order tables are asked for", () => {
  const asked: number[] = [];
  const fact = new TableFact((table) => {
    asked.push(table);
    return table % 3;
  });
  for (const table of [70_000, 2, 3, 2, 70_000]) expect(fact.of(table)).toBe(table % 3);
  expect(asked).toEqual([70_000, 2, 3]);
});
