import { describe, expect, it } from "vitest";
import { TOUR, takeTour, toured } from "../testing/tour.ts";
import { CALLS } from "./calls.ts";
import { LINUX_6_12 } from "./linux612.ts";
import { LISTINGS } from "./listings.ts";

/** Calls that run a function of another name; pte_batch_hint accesses nothing, and nobody ever stands in it. */
const OTHERWISE_LISTED: Readonly<Record<string, string>> = {
  gup_fast: "gup_fast_pte_range",
  exit_mmap: "zap_pte_range",
  tlb_finish_mmu: "tlb_flush",
  pte_batch_hint: "ptep_get",
};

const listed = LISTINGS.flatMap(({ fn, lines }) => lines.flatMap(({ place }) => (place === undefined ? [] : [`${fn}.${place}`])));

/** Random ones, of every call, beside those that go everywhere. */
const HISTORIES = 100;

const tour = takeTour(LINUX_6_12, TOUR, HISTORIES);

/** Every label that any history of the tour stands at, callers included. */
const reached = new Set(tour.flatMap(({ labels }) => [...labels]));

describe("the listings", () => {
  it("list every label that a routine stands at, and no label that none reaches", () => {
    expect([...reached].sort()).toEqual([...listed].sort());
  });

  it("are stood in by routines whose keys tell their futures apart", () => {
    expect(tour.filter(({ difference }) => difference !== undefined).map(({ call, difference }) => `${call.fn}: ${difference}`)).toEqual(
      [],
    );
  });

  it("name each label once, and each function once", () => {
    expect(new Set(listed).size).toBe(listed.length);
    expect(new Set(LISTINGS.map(({ fn }) => fn)).size).toBe(LISTINGS.length);
  });

  it("tour every call there is, and list each under its own name", () => {
    expect(toured).toEqual(new Set(CALLS.keys()));
    const functions = LISTINGS.map(({ fn }) => fn);
    for (const fn of CALLS.keys()) expect(functions).toContain(OTHERWISE_LISTED[fn] ?? fn);
  });

  it.each(LISTINGS)("$fn names a kernel file, and a line of it wherever one can stand", ({ file, lines }) => {
    expect(file).toMatch(/^(arch\/arm64|include\/linux|kernel|mm)\/.*\.[ch]$/);
    expect(lines.some(({ place }) => place !== undefined)).toBe(true);
    for (const { text, place, kernelLine } of lines) {
      expect(text.trim()).not.toBe("");
      expect(kernelLine !== undefined).toBe(place !== undefined);
      if (kernelLine !== undefined) expect(Number.isInteger(kernelLine) && kernelLine > 0).toBe(true);
    }
  });

  it.each(LISTINGS)("$fn is listed under its own name, its lines in the kernel's order", ({ fn, lines }) => {
    expect(lines[0]?.text).toMatch(new RegExp(`^${fn}(\\(|$)`));
    const kernelLines = lines.flatMap(({ kernelLine }) => (kernelLine === undefined ? [] : [kernelLine]));
    // What stands inside a call's arguments is done before the call, and may be written on the line after it.
    // A loop's head is run once more at the end.
    for (const [n, line] of kernelLines.entries()) {
      const earlier = kernelLines.slice(0, n);
      expect(earlier.includes(line) || line >= (earlier.at(-1) ?? 0) - 1).toBe(true);
    }
  });
});
