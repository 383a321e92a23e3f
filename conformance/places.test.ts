import { describe, expect, it } from "vitest";
import type { CodePlace } from "../src/engine/linux/toolchain.ts";
import { ALL_LABELS, OF_THE_SHIM, wrongPlace } from "./places.ts";
import { placesFindings } from "./placesReport.ts";

const HEADER = "arch/arm64/include/asm/pgtable.h";
const CONTPTE = "arch/arm64/mm/contpte.c";

/** ptep_get() calls contpte_ptep_get(), which reads an entry; innermost first. */
const reading: readonly CodePlace[] = [
  { fn: "__ptep_get", file: HEADER, line: 336 },
  { fn: "contpte_ptep_get", file: CONTPTE, line: 170 },
  { fn: "ptep_get", file: HEADER, line: 1639 },
];
const labels = ["ptep_get.gather", "contpte_ptep_get.entry"];

const judged = (frames: readonly CodePlace[]) => wrongPlace({ labels, offsets: [1], times: 1 }, () => frames)?.label;

describe("a place", () => {
  it("is proven by the kernel's frames, helpers and the shim aside", () => {
    expect(judged(reading)).toBeUndefined();
  });

  it.each([
    ["on another line", 1, { line: 171 }, "contpte_ptep_get.entry"],
    ["in another file", 1, { file: HEADER }, "contpte_ptep_get.entry"],
    ["in another function", 1, { fn: "contpte_ptep_get_lockless" }, "contpte_ptep_get.entry"],
    ["called from another line", 2, { line: 1640 }, "ptep_get.gather"],
  ] as const)("%s is wrong", (_, at, change, label) => {
    expect(judged(reading.map((frame, n) => (n === at ? { ...frame, ...change } : frame)))).toBe(label);
  });

  it("is wrong where the kernel has one more function than we show", () => {
    expect(judged([{ fn: "unheard_of", file: HEADER, line: 1 }, ...reading])).toBe("contpte_ptep_get.entry");
  });

  it("is wrong where the kernel is not as deep as we say", () => {
    expect(judged(reading.slice(2))).toBe("contpte_ptep_get.entry");
  });
});

describe("a label that nobody reached", () => {
  const reached = new Map(ALL_LABELS.filter((label) => !OF_THE_SHIM.has(label)).map((label) => [label, 1]));
  const without = new Map([...reached].slice(2));
  const nothingWrong = new Map();

  it("is a difference, unless few documents were run", () => {
    expect(placesFindings(reached, nothingWrong, true).differences).toBe(0);
    expect(placesFindings(without, nothingWrong, true).differences).toBe(2);
    const early = placesFindings(without, nothingWrong, false);
    expect(early.differences).toBe(0);
    expect(early.lines.at(-1)).toBe("  2 labels not reached in so few documents");
  });
});
