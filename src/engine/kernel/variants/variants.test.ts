import { describe, expect, it, vi } from "vitest";
import { GRANULES } from "../../hardware/granule.ts";
import { machineFor } from "../../lab.ts";
import type { ScenarioDocument } from "../../scenario/document.ts";
import { parseScenario } from "../../scenario/parse.ts";
import { draw, hexWord, hexWords, word } from "../../testing/drawing.ts";
import { runToEnd } from "../../testing/running.ts";
import { type CallDocument, kernel, mmu, scenarioOf } from "../../testing/scenarioOf.ts";
import { SHORT_TOUR, takeTour } from "../../testing/tour.ts";
import type { Code, Slot } from "../kernel.ts";
import { LINUX_6_12 } from "../linux612.ts";
import { listingsOf } from "../listings.ts";
import { codeOf, contested, PROFILES, VARIANTS } from "./profiles.ts";
import type { Variant } from "./variant.ts";

// The tour of a variant takes some seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

/** Random ones of each call, beside those that go through every piece. */
const HISTORIES = 60;

const ALL = [...VARIANTS.values()];
const bbmOf = (variant: Variant): 0 | 2 => variant.needs?.bbm ?? 0;

/** The names that other people's documents use: adding is free, renaming is not. */
const PROMISED = [
  "getters-strip-cont convert-bool-accumulators efi-mm-folds size-lockless gup-compare-modulo-ad fault-compare-modulo-ad",
  "lockless-nosync lockless-single-entry ptdump-per-entry",
  "lockless-early-exit convert-bbml2 set-access-flags-gathered set-ptes-prot-none clear-young-dirty-overrun",
  "set-access-flags-no-tlbi wrprotect-one-by-one zap-one-by-one",
  "convert-no-tlbi convert-late-tlbi convert-nosync-tlbi convert-flush-one-page convert-read-then-store convert-in-place",
  "convert-target-ad-only convert-one-short convert-unaligned setters-leak-cont lockless-give-up lockless-no-valid-check",
  "lockless-no-pfn-check lockless-no-prot-check wrprotect-partial-no-unfold clear-partial-no-unfold wrprotect-plain-store",
  "fold-any-slot fold-ignore-write young-target-only kernel-mm-folds",
]
  .join(" ")
  .split(" ");

/** Functions on a value: routines call them, and no listing has their lines. */
const OF_VALUES: readonly Slot[] = ["mkcont", "mkwrite"];
const SLOTS = (Object.keys(LINUX_6_12) as Slot[]).filter((slot) => !OF_VALUES.includes(slot));

/** The code, and which of its slots somebody has asked for. */
function watching(code: Code): readonly [asked: ReadonlySet<Slot>, code: Code] {
  const asked = new Set<Slot>();
  const get = (target: Code, slot: Slot) => {
    if (SLOTS.includes(slot)) asked.add(slot);
    return target[slot];
  };
  return [asked, new Proxy(code, { get: (target, slot) => get(target, slot as Slot) })];
}

function shownSlots(code: Code): ReadonlySet<Slot> {
  const [asked, watched] = watching(code);
  listingsOf(watched);
  return asked;
}

const withoutOf = (piece: Code[Slot]): readonly Slot[] => ("without" in piece ? (piece.without as readonly Slot[]) : []);

describe("the variants", () => {
  it("are all there, and each has its card", () => {
    for (const id of PROMISED) expect(VARIANTS.has(id)).toBe(true);
    for (const { what, who, where } of ALL) {
      expect(what).toMatch(/\.$/);
      expect(who).not.toBe("");
      expect(where).not.toBe("");
    }
  });

  it("each replace something, and nothing by itself", () => {
    for (const { id, code } of ALL) {
      const slots = Object.keys(code) as Slot[];
      expect([id, slots.length]).not.toEqual([id, 0]);
      for (const slot of slots) expect(code[slot]?.run).not.toBe(LINUX_6_12[slot].run);
    }
  });

  it("may be named together only where each of both still does something, in every place that it changes", () => {
    let pairs = 0;
    for (const [n, a] of ALL.entries()) {
      for (const b of ALL.slice(n + 1)) {
        if (contested(a, b) !== undefined) continue;
        pairs += 1;
        const code = codeOf({ profile: "6.12", variants: [a.id, b.id] }, 2);
        const shown = new Set([...shownSlots(code), ...OF_VALUES]);
        const idle = (Object.keys({ ...a.code, ...b.code }) as Slot[]).filter((slot) => !shown.has(slot));
        expect([a.id, b.id, idle]).toEqual([a.id, b.id, []]);
      }
    }
    expect(pairs).toBeGreaterThan(ALL.length);
  });

  it.each(ALL)("$id stands in lines that its listings have, with keys that tell its futures apart", (variant) => {
    const code = codeOf({ profile: "6.12", variants: [variant.id] }, bbmOf(variant));
    const listed = new Set(
      listingsOf(code).flatMap(({ fn, lines }) => lines.flatMap(({ place }) => (place === undefined ? [] : [`${fn}.${place}`]))),
    );
    const [run, watched] = watching(code);
    const tour = takeTour(watched, SHORT_TOUR, HISTORIES);
    // What is shown is what runs, and of what Linux runs only that is missing which the variant says is.
    expect([...run].sort()).toEqual([...shownSlots(code)].sort());
    expect(SLOTS.filter((slot) => !run.has(slot)).sort()).toEqual(Object.values(variant.code).flatMap(withoutOf).sort());
    expect(tour.filter(({ difference }) => difference !== undefined)).toEqual([]);
    expect(tour.flatMap(({ labels }) => [...labels]).filter((label) => !listed.has(label))).toEqual([]);
  });
});

interface Trace {
  readonly kernel?: ScenarioDocument["kernel"];
  readonly machine?: Partial<ScenarioDocument["machine"]>;
  readonly table: string;
  readonly calls: readonly CallDocument[];
}

/** One CPU's calls, alone: what it did, what came back and what is left. */
function traceOf({ kernel: choice, machine = {}, table, calls }: Trace) {
  const scenario = scenarioOf({
    machine: { folios: [{ pfn: "0x1000", pages: 64 }], ptes: hexWords(table), ...machine },
    actors: [kernel(...calls), mmu()],
    ...(choice && { kernel: choice }),
  });
  const { steps, final } = runToEnd(scenario, machineFor(scenario));
  const [first] = final.actors;
  return {
    ops: steps.flatMap((step) => (step.kind === "kernel" ? [step.effect.op] : [])),
    flushes: steps.flatMap((step) => (step.kind === "kernel" && step.effect.op === "tlbi" ? [step.effect] : [])),
    returns: first?.kind === "kernel" ? first.returns : [],
    table: draw(final.table.words()),
    violations: steps.flatMap((step) => step.events.filter(({ kind }) => kind === "scope")),
  };
}

/** The same under 6.12 and under another kernel. */
const under = (profile: string, trace: Trace) => [traceOf(trace), traceOf({ ...trace, kernel: { profile, variants: [] } })] as const;

describe("what differs between kernels", () => {
  it("▲1 a fault on a clean entry of a block that is dirty elsewhere changes it since 6.12.78, and changed nothing before", () => {
    const trace: Trace = {
      table: `CWy CWhy CWy*14`,
      // What the fault handler asks for: the gathered value, as a fault on entry 5 finds it.
      calls: [{ fn: "ptep_set_access_flags", index: 5, pte: hexWord("CWdy", 0x1005n), dirty: true }],
    };
    const [now, before] = under("6.9", trace);
    expect(now.returns).toEqual([1n]);
    expect(before.returns).toEqual([0n]);
    expect(before.table).toBe(draw(hexWords(trace.table).map(BigInt)));
  });

  it("▲2 a batch of PROT_NONE entries stays as it is since 6.12.117; the code of 6.9 makes such an entry valid, that of 6.17 sets CONT alone", () => {
    const trace: Trace = { table: ".*16", calls: [{ fn: "set_ptes", index: 0, nr: 16, pte: hexWord("N", 0x1000n) }] };
    // The entry is 6.12's in all three: 6.9 itself encoded PROT_NONE otherwise.
    const wordUnder = (profile: string): bigint => {
      const scenario = scenarioOf({
        machine: { folios: [{ pfn: "0x1000", pages: 64 }], ptes: hexWords(trace.table) },
        actors: [kernel(...trace.calls)],
        kernel: { profile, variants: [] },
      });
      return runToEnd(scenario, machineFor(scenario)).final.table.read(0);
    };
    expect(wordUnder("6.12")).toBe(word("N", 0x1000n));
    expect(wordUnder("6.9")).toBe(word("N", 0x1000n) | (1n << 52n) | 1n);
    expect(wordUnder("6.17")).toBe(word("N", 0x1000n) | (1n << 52n));
  });

  it("▲3 pte_mkwrite leaves a clean entry read-only to hardware in 6.12.117, and made it dirty before", () => {
    const trace: Trace = {
      table: "Ry .*15",
      calls: [
        { fn: "ptep_get_and_clear", index: 0 },
        { fn: "set_ptes", index: 0, nr: 1, pte: { result: 0, apply: ["mkwrite"] } },
      ],
    };
    const [now, before] = under("6.9", trace);
    expect(now.table).toBe(draw([word("Wy", 0x1000n), ...new Array<bigint>(15).fill(0n)]));
    expect(before.table).toBe(draw([word("Why", 0x1000n), ...new Array<bigint>(15).fill(0n)]));
  });

  it("▲4 the order of the instructions that complete a flush is the same in all: one step, waited for", () => {
    for (const profile of PROFILES.keys()) {
      const { flushes } = traceOf({ table: "CWy*16", calls: [{ fn: "ptep_get_and_clear", index: 3 }], kernel: { profile, variants: [] } });
      expect(flushes).toMatchObject([{ index: 0, nr: 16, sync: true }]);
    }
  });

  it("6.17 stops reading when it has seen dirty and young", () => {
    const reads = (table: string, fn: string): readonly number[] =>
      under("6.17", { table, calls: [{ fn, index: 15 }] }).map(({ ops }) => ops.length);
    // Entry 2 is both: read once as the first dirty one, and once more as the first young one after it.
    expect(reads("CW*2 CWdy CW*13", "ptep_get")).toEqual([1 + 16, 1 + 4]);
    expect(reads("CW*2 CWdy CW*13", "ptep_get_lockless")).toEqual([2 + 16, 2 + 4]);
    // Young at 1, dirty at 4.
    expect(reads("CW CWy CW*2 CWd CW*11", "ptep_get")).toEqual([1 + 16, 1 + 5]);
    expect(reads("CW*16", "ptep_get")).toEqual([1 + 16, 1 + 16]);
  });

  it("6.17 converts without a flush on CPUs with BBM level 2, and only there", () => {
    const flushesWith = (bbm: 0 | 2, profile: string): number =>
      traceOf({
        table: "CWy*16",
        calls: [{ fn: "ptep_get_and_clear", index: 3 }],
        machine: { bbm },
        kernel: { profile, variants: [] },
      }).flushes.length;
    expect([flushesWith(0, "6.17"), flushesWith(2, "6.17"), flushesWith(2, "6.12")]).toEqual([1, 0, 1]);
  });

  it("6.10-rc1 ran off the table when it cleared young and dirty of a block", () => {
    const calls = [{ fn: "clear_young_dirty_ptes", index: 0, nr: 16, flags: 3 as const }];
    expect(traceOf({ table: "CWdy*16", calls }).violations).toEqual([]);
    const before = traceOf({ table: "CWdy*16", calls, kernel: { variants: ["clear-young-dirty-overrun"] } });
    expect(before.violations).toEqual([{ kind: "scope", index: 16, violation: true }]);
  });

  it("fork without batches costs an unfold for every block it meets", () => {
    const calls = [{ fn: "copy_pte_range", index: 0, nr: 16 }];
    const [batched, single] = [undefined, { variants: ["wrprotect-one-by-one"] }].map((choice) =>
      traceOf({ table: "CWdy*16", calls, ...(choice && { kernel: choice }) }),
    );
    expect(batched?.flushes).toEqual([]);
    expect(batched?.table).toBe(draw(hexWords("CRdy*16").map(BigInt)));
    expect(single?.flushes).toHaveLength(1);
    expect(single?.table).toBe(draw(hexWords("Rdy*16").map(BigInt)));
  });
});

describe("a variant of a whole function", () => {
  it("runs the others' pieces of it: both forms of convert may gather from the target alone", () => {
    const calls = [{ fn: "ptep_get_and_clear", index: 5 }];
    const tableAfter = (...variants: readonly string[]) =>
      traceOf({ table: "CW CWdy CW*14", calls, kernel: { variants: [...variants] } }).table;
    for (const form of [[], ["convert-bool-accumulators"]]) {
      expect(tableAfter(...form)).toBe("Wdy*5 . Wdy*10");
      expect(tableAfter(...form, "convert-target-ad-only")).toBe("W*5 . W*10");
    }
  });
});

describe("profiles", () => {
  it("are made of variants that fill different slots", () => {
    for (const { variants } of PROFILES.values()) {
      const own = variants.map((id) => VARIANTS.get(id) as Variant);
      for (const [n, a] of own.entries())
        for (const b of own.slice(n + 1)) expect([a.id, b.id, contested(a, b)]).toEqual([a.id, b.id, undefined]);
    }
  });

  it("give way to a variant that is named", () => {
    const code = codeOf({ profile: "6.17", variants: ["convert-late-tlbi"] }, 2);
    expect(code.convertFlushMade.run).not.toBe(LINUX_6_12.convertFlushMade.run);
  });

  it("of 6.12 is Linux 6.12.117 and nothing else", () => {
    expect(codeOf({ profile: "6.12", variants: [] }, 0)).toEqual(LINUX_6_12);
    expect(GRANULES["4K"].contPtes).toBe(16);
  });
});

describe("a document's kernel", () => {
  const problemOf = (choice: unknown, machine = {}, calls: readonly unknown[] = []): unknown => {
    const parsed = parseScenario({ version: 1, machine, kernel: choice, actors: [{ kind: "kernel", calls }] });
    return parsed.ok ? undefined : parsed.problem;
  };

  it("is refused where it names a profile or a variant that nobody knows", () => {
    expect(problemOf({ profile: "2.6" })).toEqual({ path: "kernel.profile", expected: "one of 6.9, 6.12, 6.17" });
    expect(problemOf({ variants: ["convert-no-tlbi", "nonsense"] })).toMatchObject({
      path: "kernel.variants.1",
      expected: expect.stringMatching(/^one of getters-strip-cont, /),
    });
  });

  it("is refused where two variants fill one slot, naming both", () => {
    expect(problemOf({ variants: ["convert-no-tlbi", "lockless-give-up", "convert-nosync-tlbi"] })).toEqual({
      path: "kernel.variants.2",
      expected: "left out: it excludes convert-no-tlbi, which changes the same piece of code",
    });
    // One reads a single entry, the other changes how a scan judges entries.
    for (const variants of [
      ["lockless-single-entry", "lockless-no-pfn-check"],
      ["lockless-no-pfn-check", "lockless-single-entry"],
    ])
      expect(problemOf({ variants })).toEqual({
        path: "kernel.variants.1",
        expected: `left out: it excludes ${variants[0]}, which changes the same piece of code`,
      });
    expect(problemOf({ variants: ["convert-no-tlbi", "convert-no-tlbi"] })).toEqual({
      path: "kernel.variants.1",
      expected: "left out: it is there already",
    });
    expect(problemOf({ variants: ["convert-no-tlbi", "convert-one-short", "lockless-no-pfn-check", "fold-any-slot"] })).toBeUndefined();
  });

  it("is refused where the machine is not what the variant is made for", () => {
    expect(problemOf({ variants: ["convert-bbml2"] })).toEqual({
      path: "kernel.variants.0",
      expected: "left out: convert-bbml2 is for machines with bbm 2",
    });
    expect(problemOf({ variants: ["convert-bbml2"] }, { bbm: 2 })).toBeUndefined();
  });

  it("is refused where it lacks a call", () => {
    const calls = [{ fn: "clear_young_dirty_ptes", index: 0, nr: 1, flags: 3 }];
    expect(problemOf({ profile: "6.9" }, {}, calls)).toEqual({ path: "actors.0.calls.0.fn", expected: "a call that the 6.9 kernel has" });
    expect(problemOf({ profile: "6.12" }, {}, calls)).toBeUndefined();
  });
});
