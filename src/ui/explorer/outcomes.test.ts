import { describe, expect, it } from "vitest";
import type { OutcomeView, WordView } from "../../engine/protocol.ts";
import { differingEntries, flagsOf, mostLikelyFirst, ranges, shortWord } from "./outcomes.ts";

const word = (over: Partial<WordView>): WordView => ({
  word: "0x0",
  kind: "valid",
  pfn: "0x1000",
  cont: false,
  young: false,
  dirty: "clean",
  write: false,
  special: false,
  uffd: false,
  user: true,
  ...over,
});

const outcome = (ptes: readonly string[], interleavings?: string): OutcomeView => ({
  returns: [],
  told: [],
  ptes,
  ...(interleavings !== undefined && { interleavings }),
  choices: [],
});

describe("a word in short", () => {
  it("is told in the letters of the page table", () => {
    expect(shortWord(word({ pfn: "0x1009", cont: true, write: true, young: true, dirty: "hardware" }))).toBe("1009 C W Y Dh");
    expect(shortWord(word({ pfn: "0x1009", dirty: "both" }))).toBe("1009 D+");
  });

  it("has no frame where nothing is mapped", () => {
    expect(shortWord(word({ kind: "none", pfn: "0x0" }))).toBe("none");
    expect(shortWord(word({ kind: "swap", pfn: "0x7", swap: { type: 0, offset: "0x5" } }))).toBe("swap 0:5");
  });

  it("says what hardware does not translate", () => {
    expect(flagsOf(word({ kind: "prot-none" }))).toBe("N");
    expect(flagsOf(word({ kind: "invalid", young: true }))).toBe("invalid Y");
  });
});

describe("outcomes", () => {
  const words = {
    a0: word({ word: "a0", pfn: "0x1000" }),
    a1: word({ word: "a1", pfn: "0x1001" }),
    a2: word({ word: "a2", pfn: "0x1002" }),
    d1: word({ word: "d1", pfn: "0x1001", dirty: "software" }),
    far: word({ word: "far", pfn: "0x2000" }),
    none: word({ word: "none", kind: "none" }),
  };

  it("differ in the entries that are not the same in all of them", () => {
    expect(differingEntries([])).toEqual([]);
    expect(differingEntries([outcome(["a0", "a1", "a2"])])).toEqual([]);
    expect(differingEntries([outcome(["a0", "a1", "a2"]), outcome(["a0", "d1", "a2"]), outcome(["a0", "a1", "none"])])).toEqual([1, 2]);
  });

  it("tell in one what entries in a row say of consecutive frames", () => {
    const told = (ptes: readonly string[], indexes = ptes.map((_, n) => n)) =>
      ranges(outcome(ptes), indexes, words).map(({ from, to, text }) => `${from}-${to} ${text}`);
    expect(told(["a0", "a1", "a2"])).toEqual(["0-2 1000"]);
    expect(told(["a0", "d1", "a2"])).toEqual(["0-0 1000", "1-1 1001 Ds", "2-2 1002"]);
    expect(told(["a0", "far"])).toEqual(["0-0 1000", "1-1 2000"]);
    expect(told(["none", "none"])).toEqual(["0-1 none"]);
    expect(told(["a0", "a1", "a2"], [0, 2])).toEqual(["0-0 1000", "2-2 1002"]);
  });

  it("come in the order of their interleavings, however many there are", () => {
    const sorted = mostLikelyFirst([
      outcome(["few"], "9"),
      outcome(["most"], "100000000000000000001"),
      outcome(["many"], "100000000000000000000"),
    ]);
    expect(sorted.map(({ ptes }) => ptes[0])).toEqual(["most", "many", "few"]);
  });
});
