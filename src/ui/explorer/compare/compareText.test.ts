import { describe, expect, it } from "vitest";
import type { Compared, VerdictReport } from "../../../engine/protocol.ts";
import { compareText, scheduleText, worseFirst } from "./compareText.ts";

const side = {
  kernel: "6.12",
  verdict: "holds",
  limits: "",
  states: 1200,
  machineStates: 1000,
  transitions: 3000,
  loops: false,
  outcomes: 51,
} as const;

const SAME: Compared = {
  before: side,
  after: side,
  verdicts: [],
  outcomes: { before: [], after: [] },
  parting: { schedule: "run", choices: [] },
  seconds: 1,
  words: {},
};

const verdict = (change: VerdictReport["change"], property = "scope"): VerdictReport => ({
  property,
  change,
  before: "holds",
  after: "violated",
});
const outcome = { returns: [], ptes: [], told: [], choices: [] };

describe("what changed, in words", () => {
  it("is worse as soon as one verdict is, whatever else is better or was stopped", () => {
    const stopped = { ...side, stopped: "states" } as const;
    expect(compareText({ ...SAME, verdicts: [verdict("better"), verdict("worse"), verdict("worse")], after: stopped })).toEqual({
      look: "violated",
      mark: "worse",
      headline: "Worse: 2 verdicts. 1 verdict better.",
      beside: "Stopped early: the kernel after at 1,200 states (the bound on states was reached). What was not explored may hide more.",
    });
  });

  it("never says that nothing changed where a side was stopped", () => {
    for (const which of ["before", "after"] as const) {
      const text = compareText({ ...SAME, [which]: { ...side, stopped: "person" } });
      expect(text).toMatchObject({ look: "stopped", headline: "Stopped early. Nothing got worse so far." });
      expect(text.beside).toContain("you stopped it");
    }
  });

  it("tells better verdicts, then other outcomes, and only then that all is the same", () => {
    const outcomes = { before: [outcome], after: [] };
    expect(compareText({ ...SAME, verdicts: [verdict("better")], outcomes }).headline).toBe("Better: 1 verdict. None got worse.");
    expect(compareText({ ...SAME, outcomes }).headline).toBe("The same verdicts, but not the same outcomes.");
    expect(compareText(SAME).headline).toBe("Nothing changed: the same verdicts, and the same 51 outcomes.");
  });
});

it("worse verdicts come first, those that nobody knows last", () => {
  const found = worseFirst([verdict("unknown", "a"), verdict("better", "b"), verdict("worse", "c")]);
  expect(found.map(({ property }) => property)).toEqual(["c", "b", "a"]);
});

it("the schedule that was followed has a name", () => {
  expect(scheduleText({ schedule: "verdict", question: "never x", side: "after", choices: [] })).toBe("the run after that shows never x");
  expect(scheduleText({ schedule: "outcome", side: "before", choices: [] })).toBe("the shortest run to an outcome only before");
});
