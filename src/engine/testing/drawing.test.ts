import { describe, expect, it } from "vitest";
import { draw, word, words } from "./drawing.ts";

describe("a drawn table", () => {
  it("spells the words of domain.md §1: PAGE_SHARED, PAGE_READONLY and PAGE_NONE", () => {
    expect(word("Wy", 0n)).toBe(0x0068000000000fc3n);
    expect(word("Ry", 0n)).toBe(0x0060000000000fc3n);
    expect(word("Ny", 0n)).toBe(0x0060000000000f82n);
  });

  it("is drawn back as it was written", () => {
    for (const drawing of ["CW*2 CWdy CW*13", "W*15 .", "N R Rdy Wh Whys CRdu .*10", "W@1001 W@1000 .*14"])
      expect(draw(words(drawing))).toBe(drawing);
  });

  it("shows in hex what no drawing gives", () => {
    expect(draw([1n])).toBe("0x1");
  });
});
