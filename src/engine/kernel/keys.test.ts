import { describe, expect, it, vi } from "vitest";
import { asPte } from "../hardware/descriptor.ts";
import { GRANULES } from "../hardware/granule.ts";
import type { ResolvedCall } from "../routine.ts";
import { word } from "../testing/drawing.ts";
import { findings } from "../testing/findings.ts";
import { type Answers, checkKeys } from "../testing/keySoundness.ts";
import { builtInRoutines } from "./calls.ts";
import type { Kernel } from "./kernel.ts";
import { LINUX_6_12 } from "./linux612.ts";
import { rawGet } from "./primitives.ts";
import { mkdirty } from "./pte.ts";
import { noteRetry, routineOf, site } from "./script.ts";

// Exhaustive: a second when alone, and a busy machine must not fail it.
vi.setConfig({ testTimeout: 60_000 });

const K: Kernel = { granule: GRANULES["4K"], va: 0x10000000n, mm: "user", folios: [{ pfn: 0x1000n, pages: 64 }], code: LINUX_6_12 };

/**
 * What an access may find: nothing, members of a consistent block with every kind of
 * mark, and what breaks a scan: another protection, no CONT, another frame, not valid.
 */
const answers: Answers = ({ next }) => {
  if (!("index" in next)) return [0n];
  const pfn = 0x1000n + BigInt(next.index);
  return [0n, ...["CW", "CWhy", "CWd", "CR", "Wdy", "CN"].map((token) => word(token, pfn)), word("CWy", pfn + 1n)];
};

const CALLS: readonly ResolvedCall[] = [
  { fn: "ptep_get", args: { index: 3 } },
  { fn: "ptep_get_lockless", args: { index: 3 } },
  { fn: "ptep_get_and_clear", args: { index: 3 } },
  { fn: "set_ptes", args: { index: 3, nr: 1, pte: word("R", 0x1003n) } },
  { fn: "set_ptes", args: { index: 15, nr: 1, pte: word("W", 0x100fn) } },
  { fn: "set_ptes", args: { index: 2, nr: 40, pte: word("W", 0x1002n) } },
  { fn: "set_ptes", args: { index: 2, nr: 5, pte: word("N", 0x1002n) } },
  { fn: "ptl_lock", args: {} },
  { fn: "ptl_unlock", args: {} },
];

/** Random histories in a table of three blocks. */
const FOUND = findings(300, 48);

describe("equal keys mean equal futures", () => {
  it.each(CALLS)("$fn $args", (call) => {
    const check = checkKeys(builtInRoutines(K).routine(call), answers, FOUND);
    expect(check.difference).toBeUndefined();
    expect(check.nodes).toBeGreaterThan(0);
  });

  it("also where a lockless scan goes through to the end", () => {
    const check = checkKeys(builtInRoutines(K).routine({ fn: "ptep_get_lockless", args: { index: 15 } }), answers);
    expect(check.difference).toBeUndefined();
    // Sixteen slots, each with a clean, a dirty and a dirty young accumulation at the least.
    expect(check.nodes).toBeGreaterThan(16 * 3);
    expect([...check.labels].sort()).toEqual([
      "contpte_ptep_get_lockless.entry",
      "contpte_ptep_get_lockless.target",
      "ptep_get_lockless.gather",
      "ptep_get_lockless.read",
    ]);
  });

  it("merging is what makes it finite: many histories meet", () => {
    const check = checkKeys(builtInRoutines(K).routine({ fn: "ptep_get", args: { index: 3 } }), answers);
    expect(check.merges).toBeGreaterThan(check.nodes);
    expect([...check.labels].sort()).toEqual(["contpte_ptep_get.entry", "ptep_get.gather", "ptep_get.read"]);
  });
});

describe("the check itself", () => {
  const twoReads = (live: boolean) =>
    routineOf("two_reads", function* () {
      const first = asPte(yield* rawGet(site("two_reads.first"), 0));
      yield* rawGet(site("two_reads.second", live ? { first } : {}, live ? {} : { first }), 1);
      return mkdirty(first);
    });

  it("finds a variable that is still used but not in the key", () => {
    expect(checkKeys(twoReads(true), () => [0n, 1n]).difference).toBeUndefined();
    expect(checkKeys(twoReads(false), () => [0n, 1n]).difference).toMatch(/^two_reads\.second/);
  });

  it("finds a variable whose use comes many steps after histories have met, by random ones", () => {
    const late = routineOf("late", function* () {
      const first = asPte(yield* rawGet(site("late.first"), 0));
      for (let i = 1; i < 8; i++) yield* rawGet(site("late.others", { i }), i);
      return first;
    });
    const answers = (): readonly bigint[] => [0n, 1n];
    expect(checkKeys(late, answers).difference).toBeUndefined();
    const found = [0n, 1n].map((first) => (_: unknown, n: number) => (n === 0 ? first : 0n));
    expect(checkKeys(late, answers, found).difference).toMatch(/^late\.others\(7\) on 0/);
  });

  it("finds a next operation that the key does not tell", () => {
    const hidden = routineOf("hidden", function* () {
      const first = yield* rawGet(site("hidden.first"), 0);
      yield* rawGet(site("hidden.second"), first === 0n ? 1 : 2);
      return undefined;
    });
    expect(checkKeys(hidden, () => [0n, 1n]).difference).toMatch(/index 1 .*index 2 /);
  });

  it("does not mind a loop that comes back to where it was", () => {
    const loop = routineOf("loop", function* () {
      for (;;) {
        const got = yield* rawGet(site("loop.read"), 0);
        if (got !== 0n) return got;
        yield* noteRetry("loop.read");
      }
    });
    const check = checkKeys(loop, () => [0n, 1n]);
    expect(check).toMatchObject({ nodes: 1, merges: 1 });
    expect(check.difference).toBeUndefined();
  });
});
