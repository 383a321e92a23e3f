import { describe, expect, it } from "vitest";
import { decidedBy, FUTURE, FUTURE_NAMES, stretches } from "./futures.ts";

describe("the future along a run", () => {
  it("is drawn as stretches of steps that lead to the same", () => {
    expect(stretches(["open", "open", "open", "doomed"], 3)).toEqual([
      { future: "open", from: 0, to: 2 },
      { future: "doomed", from: 2, to: 3 },
    ]);
    expect(stretches(["safe"], 0)).toEqual([]);
  });

  it("is drawn only of steps that are there", () => {
    expect(stretches(["open", "open", "safe", "safe"], 1)).toEqual([{ future: "open", from: 0, to: 1 }]);
  });

  it("is decided by the step after which there is only one way left", () => {
    expect(decidedBy(["open", "open", "doomed", "doomed"])).toEqual({ step: 2, future: "doomed" });
    expect(decidedBy(["unknown", "open", "safe"])).toEqual({ step: 2, future: "safe" });
    expect(decidedBy(["doomed", "doomed"])).toBeUndefined();
    expect(decidedBy(["unknown", "safe"])).toBeUndefined();
    expect(decidedBy([])).toBeUndefined();
  });

  it("has a word and a sign of its own for each", () => {
    for (const part of ["word", "sign"] as const) expect(new Set(FUTURE_NAMES.map((name) => FUTURE[name][part])).size).toBe(4);
  });
});
