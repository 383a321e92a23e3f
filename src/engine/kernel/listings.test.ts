import { describe, expect, it } from "vitest";
import { GRANULES } from "../hardware/granule.ts";
import type { ResolvedCall } from "../routine.ts";
import { word } from "../testing/drawing.ts";
import { checkKeys } from "../testing/keySoundness.ts";
import { builtInRoutines, CALLS } from "./calls.ts";
import type { Kernel } from "./kernel.ts";
import { LISTINGS } from "./listings.ts";

const K: Kernel = { granule: GRANULES["4K"], va: 0n, mm: "user", folios: [{ pfn: 0x1000n, pages: 64 }] };

/** Calls that between them go everywhere; a call of `CALLS` that is missing here fails the test. */
const TOUR: readonly ResolvedCall[] = [
  { fn: "set_ptes", args: { index: 15, nr: 1, pte: word("W", 0x100fn) } },
  { fn: "set_ptes", args: { index: 0, nr: 2, pte: word("W", 0x1000n) } },
  { fn: "set_ptes", args: { index: 0, nr: 2, pte: word("N", 0x1000n) } },
  { fn: "ptep_get", args: { index: 3 } },
  { fn: "ptep_get_lockless", args: { index: 3 } },
  { fn: "ptep_get_and_clear", args: { index: 3 } },
  ...["pte_clear", "ptep_test_and_clear_young", "ptep_clear_flush_young", "ptep_set_wrprotect"].map((fn) => ({ fn, args: { index: 3 } })),
  ...["ptep_clear_flush", "ptep_modify_prot_start", "flush_tlb_page"].map((fn) => ({ fn, args: { index: 3 } })),
  ...[1, 18].flatMap((nr) =>
    ["clear_full_ptes", "get_and_clear_full_ptes", "wrprotect_ptes", "flush_tlb_range"].map((fn) => ({
      fn,
      args: { index: 1, nr, full: false },
    })),
  ),
  ...[1, 2, 3].map((flags) => ({ fn: "clear_young_dirty_ptes", args: { index: 3, nr: 1, flags } })),
  ...["W", "R"].map((drawing) => ({ fn: "ptep_set_access_flags", args: { index: 3, pte: word(drawing, 0x1003n), dirty: true } })),
  { fn: "set_pte", args: { index: 3, pte: word("W", 0x1003n) } },
  { fn: "ptep_modify_prot_commit", args: { index: 3, pte: word("W", 0x1003n) } },
  { fn: "pte_batch_hint", args: { index: 3, pte: word("CW", 0x1003n) } },
  { fn: "ptl_lock", args: {} },
  { fn: "ptl_unlock", args: {} },
];

const listed = LISTINGS.flatMap(({ fn, lines }) => lines.flatMap(({ place }) => (place === undefined ? [] : [`${fn}.${place}`])));

/** Every label that any history of the tour stands at, callers included. */
const reached = new Set(
  TOUR.flatMap((call) => [
    ...checkKeys(builtInRoutines(K).routine(call), ({ next }) =>
      "index" in next ? [0n, ...["CW", "CWy", "W", "Wy"].map((drawing) => word(drawing, 0x1000n + BigInt(next.index)))] : [0n],
    ).labels,
  ]),
);

describe("the listings", () => {
  it("list every label that a routine stands at, and no label that none reaches", () => {
    expect([...reached].sort()).toEqual([...listed].sort());
  });

  it("name each label once, and each function once", () => {
    expect(new Set(listed).size).toBe(listed.length);
    expect(new Set(LISTINGS.map(({ fn }) => fn)).size).toBe(LISTINGS.length);
  });

  it("tour every call there is, and list each under its own name", () => {
    expect(new Set(TOUR.map(({ fn }) => fn))).toEqual(new Set(CALLS.keys()));
    const functions = LISTINGS.map(({ fn }) => fn);
    const accessing = [...CALLS.keys()].filter((fn) => fn !== "pte_batch_hint");
    for (const fn of accessing) expect(functions).toContain(fn);
  });

  it.each(LISTINGS)("$fn names a kernel file, and a line of it wherever one can stand", ({ file, lines }) => {
    expect(file).toMatch(/^(arch\/arm64|include\/linux|mm)\/.*\.[ch]$/);
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
    for (const [n, line] of kernelLines.entries()) expect(line).toBeGreaterThanOrEqual((kernelLines[n - 1] ?? 0) - 1);
  });
});
