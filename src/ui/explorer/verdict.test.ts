import { describe, expect, it } from "vitest";
import type { Explored, PropertyReport } from "../../engine/protocol.ts";
import { failedFirst, REASONS, verdictOf } from "./verdict.ts";

const explored = (over: Partial<Explored>): Explored => ({
  verdict: "holds",
  limits: "",
  seconds: 0,
  states: 1234,
  machineStates: 1000,
  transitions: 3000,
  loops: false,
  properties: [],
  questions: [],
  outcomes: [],
  words: {},
  stuck: [],
  spinning: [],
  ...over,
});

describe("the verdict in words", () => {
  it("says over how many interleavings it holds", () => {
    expect(verdictOf(explored({ interleavings: "2984000000000" })).headline).toBe("Holds over all 2.98 × 10¹² interleavings explored.");
    expect(verdictOf(explored({ interleavings: "1" })).headline).toBe("Holds over the one interleaving explored.");
  });

  it("never says that a stopped search holds, whatever stopped it", () => {
    for (const stopped of Object.keys(REASONS) as (keyof typeof REASONS)[]) {
      const { headline } = verdictOf(explored({ verdict: "stopped", stopped }));
      expect(headline).toMatch(/^Stopped early: /);
      expect(headline).not.toMatch(/holds/i);
    }
  });

  it("counts what failed, and says if the search was stopped as well", () => {
    const failing: PropertyReport = { id: "scope", verdict: "violated" };
    const properties = [failing, failing, { ...failing, verdict: "holds" as const }];
    const questions = [{ text: "never CPU1 faulted", mode: "never", verdict: "violated" }] as const;
    expect(verdictOf(explored({ verdict: "violated", properties, questions }))).toEqual({
      look: "violated",
      headline: "Violated: 2 properties and 1 question.",
    });
    expect(verdictOf(explored({ verdict: "violated", properties, stopped: "states" })).beside).toContain("1,234 states");
  });
});

it("what failed comes first, then what is not decided, each in its order", () => {
  const found = (["holds a", "violated b", "stopped c", "violated d"] as const).map((text) => {
    const [verdict, id] = text.split(" ") as [PropertyReport["verdict"], string];
    return { id, verdict };
  });
  expect(failedFirst(found).map(({ id }) => id)).toEqual(["b", "d", "c", "a"]);
});
