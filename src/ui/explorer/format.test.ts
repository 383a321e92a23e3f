import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { about, count, duration, grouped, inShort, listed, share } from "./format.ts";

describe("a number", () => {
  it("is grouped in threes, and loses none of its digits", () => {
    expect(["1", "12", "999", "1000", "226036", "1234567"].map(grouped)).toEqual(["1", "12", "999", "1,000", "226,036", "1,234,567"]);
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: 10n ** 60n }), (n) => grouped(`${n}`).replaceAll(",", "") === `${n}`));
  });

  it("stands as it is up to nine digits, and in short beyond", () => {
    expect(inShort("999999999")).toBe("999,999,999");
    expect(inShort("1000000000")).toBe("1.00 × 10⁹");
    expect(inShort("2984000000000")).toBe("2.98 × 10¹²");
  });

  it("carries when it is rounded up to another digit", () => {
    expect(inShort("9996000000000")).toBe("1.00 × 10¹³");
    expect(inShort("9994000000000")).toBe("9.99 × 10¹²");
  });

  it("is within half a per cent of what it is short for", () => {
    const digits = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    fc.assert(
      fc.property(fc.bigInt({ min: 10n ** 9n, max: 10n ** 80n }), (n) => {
        const [, mantissa = "", raised = ""] = /^(\d\.\d\d) × 10(.+)$/.exec(inShort(`${n}`)) ?? [];
        const exponent = [...raised].map((digit) => digits.indexOf(digit)).join("");
        expect(Math.abs(Number(`${mantissa}e${exponent}`) / Number(n) - 1)).toBeLessThanOrEqual(0.005001);
      }),
    );
  });

  it("is told with two digits where it is an estimate", () => {
    expect(about(31_415_926)).toBe("31,000,000");
    expect(about(3.14e12)).toBe("3.10 × 10¹²");
  });
});

describe("a share", () => {
  it("is neither nothing nor all unless it is so exactly", () => {
    expect(share("0", "7")).toBe("0 %");
    expect(share("7", "7")).toBe("100 %");
    expect(share("1", "100000")).toBe("< 0.1 %");
    expect(share("99999", "100000")).toBe("> 99.9 %");
    expect(share("1", "3")).toBe("33.3 %");
    expect(share("2", "3")).toBe("66.7 %");
  });

  it("is exact beyond what floating point holds", () => {
    expect(share("25000000000000000000000000000001", "100000000000000000000000000000000")).toBe("25.0 %");
  });
});

it("tells time in seconds, then in minutes", () => {
  expect([0.04, 9.96, 12.4, 60, 135.9].map(duration)).toEqual(["0.0 s", "10.0 s", "12 s", "1 min 0 s", "2 min 15 s"]);
});

it("counts and lists as in a sentence", () => {
  expect([count(1, "property", "properties"), count(2, "property", "properties"), count(1200, "step")]).toEqual([
    "1 property",
    "2 properties",
    "1,200 steps",
  ]);
  expect([listed([]), listed(["a"]), listed(["a", "b", "c"])]).toEqual(["", "a", "a, b and c"]);
});
