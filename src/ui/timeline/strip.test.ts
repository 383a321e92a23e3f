import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitPx, MOST_PX, positionAt, revealed, rulerTicks, STEP, type Strip, stepsInSight, within, xOf } from "./strip.ts";

const strips = fc.record({
  width: fc.integer({ min: 60, max: 4000 }),
  px: fc.double({ min: 0.001, max: 100, noNaN: true }),
  left: fc.double({ min: -500, max: 50_000, noNaN: true }),
});
const runs = fc.integer({ min: 0, max: 20_000 });

describe("the part of a run in sight", () => {
  it("gives each step its place and finds the position again from inside its mark", () => {
    const strip: Strip = { width: 300, px: STEP, left: 2.5 };
    for (let n = 3; n < 10; n++) expect(positionAt(strip, 10, xOf(strip, n) + 8)).toBe(n + 1);
    expect(positionAt(strip, 10, -500)).toBe(0);
    expect(positionAt(strip, 10, 1e6)).toBe(10);
  });

  it("never shows more than the run, nor wider steps than are useful, however it is asked", () => {
    fc.assert(
      fc.property(strips, runs, (asked, steps) => {
        const strip = within(asked, steps);
        expect(strip.px).toBeLessThanOrEqual(MOST_PX);
        expect(strip.left).toBeGreaterThanOrEqual(0);
        // To the right of the run there is nothing to see, unless all of it is in sight.
        const end = xOf(strip, steps + 1);
        expect(strip.left === 0 || end >= strip.width - 0.01).toBe(true);
        expect(strip.px).toBeGreaterThanOrEqual(Math.min(STEP, strip.width / (steps + 1)) - 1e-9);
        expect(within(strip, steps)).toEqual(strip);
      }),
    );
  });

  it("fits a long run whole into any width, and stretches no short one", () => {
    for (const width of [200, 1900]) expect(xOf({ width, px: fitPx(10_000, width), left: 0 }, 10_000)).toBeLessThan(width);
    expect(fitPx(3, 1900)).toBe(STEP);
  });

  it("always has the position in it, and stays where it is if it has", () => {
    fc.assert(
      fc.property(strips, runs, fc.nat(), fc.constantFrom("edge" as const, "ahead" as const), (asked, steps, number, how) => {
        const strip = within(asked, steps);
        const at = number % (steps + 1);
        const shown = revealed(strip, steps, at, how);
        expect(xOf(shown, at)).toBeGreaterThanOrEqual(-0.01);
        expect(xOf(shown, at)).toBeLessThanOrEqual(strip.width + 0.01);
        expect(revealed(shown, steps, at, how)).toEqual(shown);
      }),
    );
  });

  it("moves no further than needed under a hand that drags", () => {
    const strip: Strip = { width: 360, px: 18, left: 100 };
    const moved = revealed(strip, 1000, 119, "edge").left - strip.left;
    expect(moved).toBeGreaterThan(0);
    expect(moved).toBeLessThan(4);
    expect(revealed(strip, 1000, 119, "ahead").left - strip.left).toBeGreaterThan(4);
  });

  it("numbers steps so far apart that the numbers can be read", () => {
    fc.assert(
      fc.property(strips, runs, (asked, steps) => {
        const strip = within(asked, steps);
        const ticks = rulerTicks(strip, steps);
        const { from, to } = stepsInSight(strip, steps);
        for (const [n, tick] of ticks.entries()) {
          expect(Number.isInteger(tick)).toBe(true);
          expect(tick).toBeGreaterThanOrEqual(Math.max(1, from));
          expect(tick).toBeLessThanOrEqual(to);
          if (n > 0) expect((tick - (ticks[n - 1] ?? 0)) * strip.px).toBeGreaterThanOrEqual(63.9);
        }
      }),
    );
  });
});
