import { describe, expect, it } from "vitest";
import { GRANULES } from "../hardware/granule.ts";
import { asPte } from "../hardware/descriptor.ts";
import type { ResolvedCall } from "../routine.ts";
import { word } from "../testing/drawing.ts";
import { checkKeys } from "../testing/keySoundness.ts";
import { builtInRoutines } from "./calls.ts";
import type { Kernel } from "./kernel.ts";
import { rawGet } from "./primitives.ts";
import { mkdirty } from "./pte.ts";
import { noteRetry, routineOf, site } from "./script.ts";

const K: Kernel = { granule: GRANULES["4K"], va: 0x10000000n, mm: "user", folios: [{ pfn: 0x1000n, pages: 64 }] };

/** What slot i of the first block may answer while a scan goes through. */
const AT = (i: number): readonly bigint[] => ["CW", "CWhy", "CWy", "CR", "Rd"].map((token) => word(token, 0x1000n + BigInt(i)));
/** What any slot may answer: of slot 3's frame, of slot 4's, and of none. */
const EVERY_SLOT = [0n, ...["CW", "CWhy", "CR", "Wdy"].map((token) => word(token, 0x1003n)), word("CWy", 0x1004n), word("CN", 0x1003n)];

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

describe("equal keys mean equal futures", () => {
  it.each(CALLS)("$fn $args", (call) => {
    const check = checkKeys(builtInRoutines(K).routine(call), EVERY_SLOT);
    expect(check.difference).toBeUndefined();
    expect(check.nodes).toBeGreaterThan(0);
  });

  it("where a scan goes through: each slot answered by words of its own frame", () => {
    // Slot after slot, so that the scan is accepted and every combination of bits is gathered.
    const routine = builtInRoutines(K).routine({ fn: "ptep_get_lockless", args: { index: 0 } });
    const byKey = new Map<string, Set<string>>();
    const walk = (depth: number, states: readonly ReturnType<typeof routine.advance>[]): void => {
      const next = new Map<string, ReturnType<typeof routine.advance>>();
      for (const state of states) {
        if (state.status === "returned") continue;
        const slot = "index" in state.next ? state.next.index : 0;
        for (const observed of AT(slot)) {
          const after = routine.advance(state, observed);
          const summary = after.status === "returned" ? `= ${after.value?.toString(16)}` : after.key;
          const edge = `${state.key} on ${observed.toString(16)}`;
          byKey.set(edge, (byKey.get(edge) ?? new Set()).add(summary));
          next.set(`${summary} ${state.key}`, after);
        }
      }
      if (depth > 0) walk(depth - 1, [...next.values()]);
    };
    walk(20, [routine.start]);
    expect([...byKey.values()].filter((summaries) => summaries.size > 1)).toEqual([]);
    expect([...byKey.values()].some((summaries) => [...summaries].some((s) => s.startsWith("= ")))).toBe(true);
    expect(byKey.size).toBeGreaterThan(300);
  });

  it("merging is what makes it finite: many histories meet", () => {
    const check = checkKeys(builtInRoutines(K).routine({ fn: "ptep_get", args: { index: 3 } }), EVERY_SLOT);
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
    expect(checkKeys(twoReads(true), [0n, 1n]).difference).toBeUndefined();
    expect(checkKeys(twoReads(false), [0n, 1n]).difference).toMatch(/^two_reads\.second/);
  });

  it("finds a next operation that the key does not tell", () => {
    const hidden = routineOf("hidden", function* () {
      const first = yield* rawGet(site("hidden.first"), 0);
      yield* rawGet(site("hidden.second"), first === 0n ? 1 : 2);
      return undefined;
    });
    expect(checkKeys(hidden, [0n, 1n]).difference).toMatch(/"index":1.*"index":2/);
  });

  it("does not mind a loop that comes back to where it was", () => {
    const loop = routineOf("loop", function* () {
      for (;;) {
        const got = yield* rawGet(site("loop.read"), 0);
        if (got !== 0n) return got;
        yield* noteRetry("loop.read");
      }
    });
    const check = checkKeys(loop, [0n, 1n]);
    expect(check).toMatchObject({ nodes: 1, merges: 1 });
    expect(check.difference).toBeUndefined();
  });
});
