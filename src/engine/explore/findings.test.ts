import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { machineFor, subjectOf } from "../lab.ts";
import { outcomeReport } from "../machine/outcomeReport.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { SEED } from "../testing/arbitraries.ts";
import { everyPath, fewSteps } from "../testing/fewSteps.ts";
import { explore, type Wishes } from "./explore.ts";
import { type Findings, findingsOf } from "./findings.ts";
import { resultOf } from "./graph/graph.ts";
import { PROPERTIES } from "./properties/property.ts";

vi.setConfig({ testTimeout: 60_000 });

function findings(scenario: Scenario, properties: Wishes["properties"]): Findings {
  const wishes = { bounds: { states: 20_000 }, properties, questions: [], first: false };
  return resultOf(findingsOf(resultOf(explore(subjectOf(scenario), wishes, () => 0)), wishes));
}

describe("findings", () => {
  it("count every interleaving, outcome by outcome, as walking each of them does", () => {
    let compared = 0;
    fc.assert(
      fc.property(fewSteps, (scenario) => {
        const paths = everyPath(machineFor(scenario), 2000, 100);
        if (paths === undefined) return;
        const expected = new Map<string, bigint>();
        for (const { end } of paths) {
          const outcome = JSON.stringify(outcomeReport(end));
          expected.set(outcome, (expected.get(outcome) ?? 0n) + 1n);
        }
        compared += 1;
        const { outcomes, interleavings } = findings(scenario, PROPERTIES);
        expect(new Map(outcomes.map(({ state, interleavings: ways }) => [JSON.stringify(outcomeReport(state)), ways]))).toEqual(expected);
        expect(interleavings).toBe([...expected.values()].reduce((sum, ways) => sum + ways, 0n));
      }),
      { seed: SEED, numRuns: 150 },
    );
    expect(compared).toBeGreaterThan(100);
  });

  it("beside the verdicts do not depend on the properties looked after", () => {
    let compared = 0;
    fc.assert(
      fc.property(fewSteps, (scenario) => {
        const [all, none] = [findings(scenario, PROPERTIES), findings(scenario, [])];
        if (all.stopped !== undefined || none.stopped !== undefined) return;
        compared += 1;
        const summary = ({ machineStates, loops, interleavings, outcomes, stuck, spinning }: Findings) => {
          const ends = outcomes.map(({ state, ...rest }) => ({ ...rest, ...outcomeReport(state) }));
          return { machineStates, loops, interleavings, ends, stuck, spinning };
        };
        expect(summary(all)).toEqual(summary(none));
      }),
      { seed: SEED, numRuns: 60 },
    );
    expect(compared).toBeGreaterThan(30);
  });
});
