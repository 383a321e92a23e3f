import { describe, expect, it } from "vitest";
import type { EventView, StepView } from "../../engine/protocol.ts";
import { lockSpans, retries } from "./geometry.ts";

const step = (actor: number, op: string, ...events: EventView["kind"][]): StepView => ({
  actor,
  op,
  text: op,
  events: events.map((kind) => ({ kind, text: kind })),
});

describe("the timeline", () => {
  it("draws a lock from its taking to its release, or to the end while it is held", () => {
    const steps = [step(0, "lock"), step(1, "read"), step(0, "unlock"), step(1, "lock"), step(1, "read")];
    expect(lockSpans(steps)).toEqual([
      { actor: 0, from: 0, to: 2 },
      { actor: 1, from: 3, to: 5 },
    ]);
  });

  it("does not end a lock by an unlock of somebody else", () => {
    expect(lockSpans([step(0, "lock"), step(1, "unlock"), step(0, "read")])).toEqual([{ actor: 0, from: 0, to: 3 }]);
  });

  it("draws a retry back to the first step of the attempt it threw away", () => {
    const steps = [
      step(1, "read"),
      step(0, "xchg"),
      step(1, "read", "retry"),
      step(1, "read"),
      step(1, "read", "retry"),
      step(1, "read", "return"),
      step(1, "read"),
    ];
    expect(retries(steps)).toEqual([
      { actor: 1, at: 2, back: 0 },
      { actor: 1, at: 4, back: 3 },
    ]);
  });
});
