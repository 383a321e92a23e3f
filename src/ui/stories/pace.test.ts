import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readingMs, wayTo } from "./pace.ts";

describe("the way to a beat", () => {
  it("ends at its place, forward all the time, and takes no more than a few seconds", () => {
    fc.assert(
      fc.property(fc.nat(500), fc.integer({ min: 1, max: 5000 }), (from, steps) => {
        const { stops, everyMs } = wayTo(from, from + steps);
        expect(stops.at(-1)).toBe(from + steps);
        expect([from, ...stops].every((stop, n, all) => n === 0 || stop > (all[n - 1] ?? 0))).toBe(true);
        expect(stops.length * everyMs).toBeLessThanOrEqual(2200);
      }),
    );
  });

  it("shows every step of a short one", () => {
    expect(wayTo(4, 7)).toEqual({ everyMs: 220, stops: [5, 6, 7] });
  });

  it("leaves out steps of a long one", () => {
    expect(wayTo(0, 110).stops).toHaveLength(55);
  });
});

it("a longer text is given more time", () => {
  expect(readingMs("one two three")).toBe(2700);
  expect(readingMs("one two three four")).toBeGreaterThan(readingMs("one two three"));
});
