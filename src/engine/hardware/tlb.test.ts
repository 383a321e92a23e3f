import { describe, expect, it } from "vitest";
import { word } from "../testing/drawing.ts";
import { asPfn, asPte } from "./descriptor.ts";
import { GRANULES } from "./granule.ts";
import { covers, drop, EMPTY_TLB, entryFor, fill, invalidate, lookup, type Tlb, type TlbEntry } from "./tlb.ts";

const entry = (start: number, count: number, more: Partial<TlbEntry> = {}): TlbEntry => ({
  start,
  count,
  pfn: asPfn(0x1000n + BigInt(start)),
  writable: false,
  user: true,
  ...more,
});
const page = (index: number) => entry(index, 1);
const block = (start: number) => entry(start, 16);
const filled = (...entries: readonly TlbEntry[]): Tlb => entries.reduce(fill, EMPTY_TLB);
const ranges = (tlb: Tlb): readonly string[] => tlb.map(({ start, count }) => `${start}+${count}`);

describe("a TLB", () => {
  it("takes one entry in place of another of the same range", () => {
    const tlb = filled(page(3), block(0), entry(3, 1, { writable: true }), entry(0, 16, { pfn: asPfn(0x2000n) }));
    expect(tlb).toEqual([entry(3, 1, { writable: true }), entry(0, 16, { pfn: asPfn(0x2000n) })]);
  });

  it("keeps a page beside the block that covers it", () => {
    expect(ranges(filled(block(0), page(3), page(4)))).toEqual(["3+1", "4+1", "0+16"]);
  });

  it("is the same list for the same contents, however they came", () => {
    expect(filled(page(9), block(16), page(3), block(0))).toEqual(filled(block(0), page(3), block(16), page(9)));
  });

  it("is looked up smallest first", () => {
    expect(ranges(lookup(filled(block(0), page(3)), 3))).toEqual(["3+1", "0+16"]);
    expect(ranges(lookup(filled(block(0), page(3)), 4))).toEqual(["0+16"]);
    expect(lookup(filled(block(0), page(3)), 16)).toEqual([]);
  });

  it("loses only what is dropped", () => {
    const tlb = filled(page(3), block(0));
    const [small] = lookup(tlb, 3);
    expect(small && ranges(drop(tlb, small))).toEqual(["0+16"]);
  });

  it("covers from its first page to before its end", () => {
    expect([15, 16, 31, 32].map((index) => covers(block(16), index))).toEqual([false, true, true, false]);
  });
});

describe("an invalidation removes every entry that overlaps the range", () => {
  const tlb = filled(page(0), page(3), page(15), page(16), block(0), block(16));
  const cases: readonly [index: number, nr: number, left: readonly string[]][] = [
    [3, 1, ["0+1", "15+1", "16+1", "16+16"]],
    [0, 16, ["16+1", "16+16"]],
    [16, 16, ["0+1", "3+1", "15+1", "0+16"]],
    [4, 2, ["0+1", "3+1", "15+1", "16+1", "16+16"]],
    [15, 2, ["0+1", "3+1"]],
    [32, 16, ["0+1", "3+1", "15+1", "16+1", "0+16", "16+16"]],
    [0, 32, []],
  ];
  it.each(cases)("%i and %i pages", (index, nr, left) => {
    expect(ranges(invalidate(tlb, index, nr))).toEqual(left);
  });
});

describe("what a walk caches", () => {
  const of = (token: string, index: number, writable = false) =>
    entryFor(GRANULES["4K"], index, asPte(word(token, 0x1000n + BigInt(index))), writable);

  it("is one page without CONT", () => {
    expect(of("Wy", 5)).toEqual({ start: 5, count: 1, pfn: 0x1005n, writable: false, user: true });
  });

  it("is the whole block with CONT, by its first frame", () => {
    expect(of("CWy", 21, true)).toEqual({ start: 16, count: 16, pfn: 0x1010n, writable: true, user: true });
  });

  it("aligns the frame down even where software misaligned it", () => {
    expect(entryFor(GRANULES["4K"], 0, asPte(word("CWy", 0x1007n)), false)).toMatchObject({ start: 0, pfn: 0x1000n });
  });

  it.each([
    ["16K", 14n, 200, 128, 128],
    ["64K", 16n, 40, 32, 32],
  ] as const)("is a block of the granule: %s", (granule, shift, index, start, count) => {
    const pfn = 0x1000n + BigInt(index);
    expect(entryFor(GRANULES[granule], index, asPte(word("CWy", pfn, shift)), false)).toEqual({
      start,
      count,
      pfn: 0x1000n + BigInt(start),
      writable: false,
      user: true,
    });
  });
});
