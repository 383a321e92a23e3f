/** The persistence law: a routine state is a value. It can be resumed any number of times, in any order. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GRANULES } from "../hardware/granule.ts";
import type { ResolvedCall, RoutineState, Suspended } from "../routine.ts";
import { SEED } from "../testing/arbitraries.ts";
import { word } from "../testing/drawing.ts";
import { builtInRoutines } from "./calls.ts";
import type { Kernel } from "./kernel.ts";
import { LINUX_6_12 } from "./linux612.ts";
import { rawGet } from "./primitives.ts";
import { noteRetry, routineOf, type Script, site, warn, within } from "./script.ts";

const K: Kernel = { granule: GRANULES["4K"], va: 0n, mm: "user", folios: [{ pfn: 0x1000n, pages: 64 }], code: LINUX_6_12 };

const CALLS: readonly ResolvedCall[] = [
  { fn: "ptep_get", args: { index: 3 } },
  { fn: "ptep_get_lockless", args: { index: 3 } },
  { fn: "ptep_get_and_clear", args: { index: 3 } },
  { fn: "set_ptes", args: { index: 15, nr: 1, pte: word("W", 0x100fn) } },
  { fn: "set_ptes", args: { index: 0, nr: 20, pte: word("W", 0x1000n) } },
];

const suspended = (state: RoutineState): Suspended => {
  if (state.status !== "suspended") throw new Error("it has returned");
  return state;
};

/** Answers as a table would that holds this kind of word everywhere: scans go on for long. */
const answer = (state: Suspended, token: string): bigint => ("index" in state.next ? word(token, 0x1000n + BigInt(state.next.index)) : 0n);

describe("a routine state is a value", () => {
  const aVisit = fc.record({ from: fc.nat(10_000), token: fc.constantFrom("CW", "CW", "CWdy", "W", "Wy", "CR", ".") });

  it.each(CALLS)("$fn: resumed in any order it does what a fresh run through the same observations does", (call) => {
    fc.assert(
      fc.property(fc.array(aVisit, { minLength: 30, maxLength: 120 }), fc.boolean(), (visits, deep) => {
        const shared = builtInRoutines(K).routine(call);
        const reached: { readonly state: RoutineState; readonly history: readonly bigint[] }[] = [{ state: shared.start, history: [] }];
        for (const { from, token } of visits) {
          // Mostly the newest, or anything reached so far: both long runs and old states resumed.
          const at = reached[deep && from % 4 > 0 ? reached.length - 1 : from % reached.length];
          if (at === undefined || at.state.status === "returned") continue;
          const observed = answer(at.state, token);
          reached.push({ state: shared.advance(at.state, observed), history: [...at.history, observed] });
        }
        for (const { state, history } of reached) {
          const fresh = builtInRoutines(K).routine(call);
          const again = history.reduce<RoutineState>((s, observed) => fresh.advance(suspended(s), observed), fresh.start);
          expect(again).toEqual(state);
        }
      }),
      { seed: SEED, numRuns: 25 },
    );
  });

  it("resuming twice with the same observation gives the very same state", () => {
    const routine = builtInRoutines(K).routine({ fn: "ptep_get", args: { index: 3 } });
    const start = suspended(routine.start);
    expect(routine.advance(start, word("CW"))).toBe(routine.advance(start, word("CW")));
  });

  it("a state of another routine is refused", () => {
    const [a, b] = [
      builtInRoutines(K).routine({ fn: "ptep_get", args: { index: 3 } }),
      builtInRoutines(K).routine({ fn: "ptep_get", args: { index: 3 } }),
    ];
    expect(() => b.advance(suspended(a.start), 0n)).toThrow("another routine");
  });

  it("two routines of one provider do not disturb each other", () => {
    const provider = builtInRoutines(K);
    const [a, b] = [provider.routine({ fn: "ptep_get", args: { index: 3 } }), provider.routine({ fn: "ptep_get", args: { index: 4 } })];
    const afterA = suspended(a.advance(suspended(a.start), word("CW")));
    expect(b.advance(suspended(b.start), word("W"))).toMatchObject({ status: "returned" });
    expect(a.advance(afterA, word("CWy"))).toMatchObject({ status: "suspended", next: { op: "read", index: 1 } });
  });
});

describe("a script", () => {
  function* callee(): Script<bigint> {
    yield* warn("callee.read", "something is odd");
    const got = yield* rawGet(site("callee.read", { used: 1 }, { shown: 2 }), 7);
    yield* noteRetry("callee.read");
    return got + 1n;
  }
  const routine = routineOf("caller", () =>
    (function* (): Script<bigint> {
      const got = yield* within(site("caller.call", { kept: true }), callee());
      yield* rawGet(site("caller.read"), Number(got));
      return got;
    })(),
  );
  const start = suspended(routine.start);

  it("stands in its callee with the caller below it", () => {
    expect(start.stack).toEqual([
      { label: "caller.call", locals: [{ name: "kept", value: true }] },
      {
        label: "callee.read",
        locals: [
          { name: "used", value: 1 },
          { name: "shown", value: 2 },
        ],
      },
    ]);
  });

  it("has what it will still use in its key, and not what is merely shown", () => {
    expect(start.key).toBe("caller.call(true)/callee.read(1)");
  });

  it("gives its notes to the state that follows them", () => {
    expect(start.notes).toEqual([{ kind: "warning", label: "callee.read", message: "something is odd" }]);
    expect(routine.advance(start, 4n)).toMatchObject({ next: { op: "read", index: 5 }, notes: [{ kind: "retry", label: "callee.read" }] });
  });

  it("passes the callee's value on, also through notes when it is run again", () => {
    const first = suspended(routine.advance(start, 4n));
    const second = suspended(routine.advance(start, 9n));
    expect(second.next).toEqual({ op: "read", index: 10 });
    expect(routine.advance(first, 0n)).toEqual({ status: "returned", value: 5n, notes: [] });
    expect(routine.advance(second, 0n)).toEqual({ status: "returned", value: 10n, notes: [] });
    expect(routine.advance(first, 1n)).toEqual({ status: "returned", value: 5n, notes: [] });
  });
});
