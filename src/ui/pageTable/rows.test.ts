import { describe, expect, it } from "vitest";
import { piecesIn, rangesText, rowsOf } from "./rows.ts";

describe("the axis", () => {
  it("cuts a table into rows, the last one as long as what is left", () => {
    expect(rowsOf(20, 8)).toEqual([
      { key: 0, start: 0, count: 8 },
      { key: 1, start: 8, count: 8 },
      { key: 2, start: 16, count: 4 },
    ]);
  });

  it("cuts a span along with the rows and says where it goes on", () => {
    const span = { start: 6, count: 12 };
    const pieces = rowsOf(24, 8).map((row) => piecesIn(row, [span])[0]);
    expect(pieces).toEqual([
      { of: span, column: 6, columns: 2, fromBefore: false, intoNext: true },
      { of: span, column: 0, columns: 8, fromBefore: true, intoNext: true },
      { of: span, column: 0, columns: 2, fromBefore: true, intoNext: false },
    ]);
  });

  it("leaves out spans that do not touch the row", () => {
    expect(
      piecesIn({ start: 8, count: 8 }, [
        { start: 0, count: 8 },
        { start: 16, count: 1 },
      ]),
    ).toEqual([]);
  });

  it("tells numbers as ranges", () => {
    expect(rangesText([0, 1, 2, 5, 7, 8])).toBe("0–2, 5, 7–8");
    expect(rangesText([])).toBe("");
  });
});
