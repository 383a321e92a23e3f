import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SEED } from "../../testing/arbitraries.ts";
import { Rows } from "./rows.ts";

describe("rows", () => {
  it("get one number each, in order of arrival, however many there are and however alike they look", () => {
    const cell = fc.oneof(fc.nat(3), fc.integer());
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 3000 }), (list) => {
        const rows = new Rows(3);
        const expected = new Map<string, number>();
        for (const row of list) {
          const key = row.join();
          if (!expected.has(key)) expected.set(key, expected.size);
          expect(rows.numberOf(Int32Array.from(row))).toBe(expected.get(key));
        }
        expect(rows.size).toBe(expected.size);
        for (const [key, number] of expected) expect([0, 1, 2].map((column) => rows.at(number, column)).join()).toBe(key);
      }),
      { seed: SEED, numRuns: 50 },
    );
  });

  it("keep their numbers while their table grows", () => {
    const rows = new Rows(2);
    const count = 100_000;
    for (let i = 0; i < count; i++) rows.numberOf(Int32Array.of(i >> 8, i & 255));
    for (let i = 0; i < count; i += 97) expect(rows.numberOf(Int32Array.of(i >> 8, i & 255))).toBe(i);
    expect(rows.size).toBe(count);
  });

  it("may be given longer ones, of which the first columns count", () => {
    const rows = new Rows(2);
    const count = 20_000;
    for (let i = 0; i < count; i++) expect(rows.numberOf(Int32Array.of(i, i >> 4, i * 7))).toBe(i);
    for (let i = 0; i < count; i += 97)
      expect([rows.at(i, 0), rows.at(i, 1), rows.numberOf(Int32Array.of(i, i >> 4))]).toEqual([i, i >> 4, i]);
  });

  it("that are new get no number when there are enough; known ones do", () => {
    const rows = new Rows(1);
    const numbers = [7, 8, 9, 8].map((cell) => rows.numberOf(Int32Array.of(cell), 2));
    expect(numbers).toEqual([0, 1, -1, 1]);
    expect(rows.size).toBe(2);
  });
});
