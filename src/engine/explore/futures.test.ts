import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { machineFor, subjectOf } from "../lab.ts";
import type { Choice, Scenario } from "../scenario/scenario.ts";
import { SEED } from "../testing/arbitraries.ts";
import { compiled } from "../testing/compiled.ts";
import { hexWords } from "../testing/drawing.ts";
import { everyPath, fewSteps, type Path } from "../testing/fewSteps.ts";
import { KILLS } from "../testing/killTable.ts";
import { kernel, lock, scenarioOf, unlock } from "../testing/scenarioOf.ts";
import { type Exploration, explore } from "./explore.ts";
import { findingsOf } from "./findings.ts";
import { type Future, futuresAlong, futuresOf, standpointsAlong } from "./futures.ts";
import { resultOf } from "./graph/graph.ts";
import { PROPERTIES, type PropertyId } from "./properties/property.ts";

vi.setConfig({ testTimeout: 60_000 });

const wishes = (states: number, properties: readonly PropertyId[] = PROPERTIES) => ({
  ...{ bounds: { states }, properties, questions: [], first: false, compiled },
});

const explored = (scenario: Scenario, states = 20_000, properties?: readonly PropertyId[]): Exploration =>
  resultOf(explore(subjectOf(scenario), wishes(states, properties), () => 0));

/** Of each of several runs, what the future holds at every position. */
function futures(scenario: Scenario, runs: readonly (readonly Choice[])[], states?: number, properties = PROPERTIES): readonly Future[][] {
  const exploration = explored(scenario, states, properties);
  const all = resultOf(futuresOf(exploration, properties));
  return runs.map((run) => [...futuresAlong(all, resultOf(standpointsAlong(exploration, all, run)))]);
}

/** The number of steps after which something has failed on a path, told by following it with no search at all. */
const failsAfter = (scenario: Scenario, { choices }: Path): number =>
  Math.min(...explored({ ...scenario, choices }, 1).failures.map((failure) => failure.choices.length));

/** A reader of it tries again and again. */
const HALF_CLEARED = hexWords(".*2 CW*14");
const lockless = (index: number) => kernel({ fn: "ptep_get_lockless", index });

const deadlock: readonly PropertyId[] = ["no-deadlock"];

/** Whoever comes second waits for ever, unless it is the one that gives the lock back. */
const KEEPS = scenarioOf({ actors: [kernel(lock), kernel(lock, unlock)] });

describe("what the future holds", () => {
  it("is what the paths through every position say, walked one by one", () => {
    const seen: Record<Future, number> = { safe: 0, open: 0, doomed: 0, unknown: 0 };
    fc.assert(
      fc.property(fewSteps, fc.nat(), (scenario, pick) => {
        const paths = everyPath(machineFor(scenario), 60, 100);
        if (paths === undefined) return;
        const walked = paths.map((path) => ({
          path,
          text: path.choices.map((choice) => JSON.stringify(choice)),
          fails: failsAfter(scenario, path),
        }));
        const run = walked[pick % walked.length];
        if (run === undefined) return;
        const expected = Array.from({ length: run.text.length + 1 }, (_, at): Future => {
          const through = walked.filter(({ text }) => text.length >= at && run.text.slice(0, at).every((choice, n) => choice === text[n]));
          const failing = through.filter(({ fails }) => fails !== Number.POSITIVE_INFINITY);
          return failing.length === 0 ? "safe" : failing.length === through.length ? "doomed" : "open";
        });
        expect(futures(scenario, [run.path.choices])).toEqual([expected]);
        for (const future of expected) seen[future] += 1;
      }),
      { seed: SEED, numRuns: 150 },
    );
    expect(Math.min(seen.safe, seen.open, seen.doomed)).toBeGreaterThan(20);
  });

  it("is open while two race for a lock that one of them keeps, and doomed or safe as soon as one has it", () => {
    expect(futures(KEEPS, [[0], [1, 1, 0]], 1000, deadlock)).toEqual([
      ["open", "doomed"],
      ["open", "safe", "safe", "safe"],
    ]);
  });

  it("is safe where nobody looks after what fails", () => {
    expect(futures(KEEPS, [[0]], 1000, [])).toEqual([["safe", "safe"]]);
  });

  it("stays doomed once something has failed, whatever comes then", () => {
    const failing = KILLS.find(({ variant }) => variant === "convert-no-tlbi");
    if (failing === undefined) throw new Error("the kill table lost a row");
    const scenario = failing.scenario("convert-no-tlbi");
    const exploration = explored(scenario, 200_000);
    const all = resultOf(futuresOf(exploration, PROPERTIES));
    for (const { choices } of exploration.failures) {
      const along = futuresAlong(all, resultOf(standpointsAlong(exploration, all, choices)));
      expect(along.at(-1)).toBe("doomed");
      expect(along).not.toContain("safe");
      expect(along).not.toContain("unknown");
    }
    expect(exploration.failures.length).toBeGreaterThan(0);
  });

  it("is doomed in a circle that a reader never leaves, from the very start if there is no way round it", () => {
    const only: readonly PropertyId[] = ["reader-progress"];
    const alone = scenarioOf({ machine: { ptes: HALF_CLEARED }, actors: [lockless(9)] });
    expect(futures(alone, [[0]], 1000, only)).toEqual([["doomed", "doomed"]]);
    const mended = scenarioOf({ machine: { ptes: HALF_CLEARED }, actors: [lockless(9), kernel({ fn: "pte_clear", index: 9 })] });
    expect(futures(mended, [[0, 0, 0, 0]], 1000, only)).toEqual([["safe", "safe", "safe", "safe", "safe"]]);
  });

  it("is open until the step that catches the reader of a mistaken kernel, and safe on the kernel without it", () => {
    const kill = KILLS.find(({ fails }) => fails === "reader-progress");
    if (kill === undefined) throw new Error("the kill table lost a row");
    const only: readonly PropertyId[] = ["reader-progress"];
    const scenario = kill.scenario(kill.variant);
    const choices = resultOf(findingsOf(explored(scenario, 200_000, only), wishes(200_000, only))).properties[0]?.choices ?? [];
    const [along = []] = futures(scenario, [choices], 200_000, only);
    expect(along.at(-1)).toBe("doomed");
    expect(new Set(futures(kill.scenario(), [choices], 200_000, only).flat()).has("doomed")).toBe(false);
  });

  it("is not known before the search begins, on another run, and where the search did not come", () => {
    const late = { ...KEEPS, choices: [1] };
    expect(futures(late, [[1, 1, 0], [0]], 1000, deadlock)).toEqual([
      ["unknown", "safe", "safe", "safe"],
      ["unknown", "unknown"],
    ]);
    const [cut = []] = futures(KEEPS, [[1, 1, 0]], 2, deadlock);
    expect(cut[0]).toBe("unknown");
    expect(cut.at(-1)).toBe("unknown");
  });
});
