import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EventView, StepView } from "../../engine/protocol.ts";
import { densityOf, digestOf, inOneLane, stepsPerBar } from "./digest.ts";

const step = (actor: number, op: string, ...events: EventView["kind"][]): StepView => ({
  actor,
  op,
  text: op,
  events: events.map((kind) => ({ kind, text: kind })),
});

const dense = (steps: readonly StepView[], perBar: number, from = 0, to = steps.length) => densityOf(digestOf(steps), from, to, perBar);

describe("steps too narrow for marks", () => {
  it("are drawn as the most telling of those that share a bar, each lane for itself", () => {
    const steps = [step(0, "read"), step(0, "tlbi"), step(1, "read"), step(0, "write")];
    expect(dense(steps, 4).bars).toEqual([
      { lane: 0, kind: "flush", from: 0, to: 4 },
      { lane: 1, kind: "quiet", from: 0, to: 4 },
    ]);
  });

  it("go on in one bar as long as the next looks the same, and no further", () => {
    const steps = [..."rrrr", ..."wwww", ..."rrrr"].map((op) => step(0, op === "r" ? "read" : "write"));
    expect(dense(steps, 2).bars).toEqual([
      { lane: 0, kind: "quiet", from: 0, to: 4 },
      { lane: 0, kind: "store", from: 4, to: 8 },
      { lane: 0, kind: "quiet", from: 8, to: 12 },
    ]);
    const gone = [step(0, "read"), step(0, "read"), step(1, "read"), step(1, "read"), step(0, "read"), step(0, "read")];
    expect(dense(gone, 2).bars.filter(({ lane }) => lane === 0)).toHaveLength(2);
  });

  it("are counted one by one where there is room for each", () => {
    expect(dense([step(0, "read"), step(0, "read")], 1).bars).toHaveLength(2);
  });

  it("lose no warning and no fault, whatever else shares their bar", () => {
    const steps = Array.from({ length: 64 }, (_, n) => step(0, "read", ...(n === 37 ? (["warning"] as const) : [])));
    expect(dense(steps, 16).ticks).toEqual([{ lane: 0, note: "warning", from: 32, to: 48 }]);
    const both = [step(0, "read", "fault", "warning"), { ...step(0, "mmu-write"), recorded: { young: true, dirty: true } }];
    expect(dense(both, 1).ticks.map(({ note }) => note)).toEqual(["warning", "dirty"]);
    expect(dense(both, 2).ticks.map(({ note }) => note)).toEqual(["warning"]);
  });

  it("of a kept run are drawn in one lane", () => {
    expect(densityOf(inOneLane(digestOf([step(0, "read"), step(3, "read")])), 0, 2, 2).bars).toEqual([
      { lane: 0, kind: "quiet", from: 0, to: 2 },
    ]);
  });

  it("stay the same while the run moves under them", () => {
    const steps = Array.from({ length: 100 }, (_, n) => step(n % 3, n % 7 === 0 ? "write" : "read"));
    const ends = (from: number) => new Set(dense(steps, 8, from, 100).bars.flatMap((bar) => (bar.to < 100 ? [bar.to % 8] : [])));
    for (let from = 0; from < 16; from++) expect(ends(from)).toEqual(new Set([0]));
  });

  it("are never more than two pixels apart, so that their number is bounded by the width", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-4, max: 20, noNaN: true }), (px) => {
        const wide = stepsPerBar(px) * px;
        expect(wide).toBeGreaterThanOrEqual(2 - 1e-9);
        expect(px >= 2 || wide < 4 + 1e-9).toBe(true);
      }),
    );
  });

  it("cover every step that was made, each in its own lane", () => {
    const steps = fc.array(fc.record({ actor: fc.nat(3), op: fc.constantFrom("read", "write", "tlbi", "lock") }), { maxLength: 80 });
    fc.assert(
      fc.property(steps, fc.constantFrom(1, 2, 8), (made, perBar) => {
        const { bars } = dense(
          made.map(({ actor, op }) => step(actor, op)),
          perBar,
        );
        for (const [n, { actor }] of made.entries())
          expect(bars.filter((bar) => bar.lane === actor && bar.from <= n && n < bar.to)).toHaveLength(1);
      }),
    );
  });
});
