/**
 * `lab explore` on whole 4K blocks. The numbers in brackets are those of domain.md §8,
 * teaching scenarios; what they must show is worked out there, or here by hand.
 */
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { Wishes } from "../explore/explore.ts";
import { PROPERTIES } from "../explore/properties/property.ts";
import type { ExploreReport } from "../explore/report.ts";
import { subjectOf } from "../lab.ts";
import type { ScenarioDocument } from "../scenario/document.ts";
import type { Choice, Scenario } from "../scenario/scenario.ts";
import { aScenario, SEED } from "../testing/arbitraries.ts";
import { compiled } from "../testing/compiled.ts";
import { draw, drawWord, hexWord, hexWords } from "../testing/drawing.ts";
import { type ActorDocument, type CallDocument, kernel, lock, mmu, scenarioOf, unlock } from "../testing/scenarioOf.ts";
import { exploreReport } from "./exploreReport.ts";
import { runReport } from "./runReport.ts";

vi.setConfig({ testTimeout: 60_000 });

const STILL = (): number => 0;

function reportOf(of: Scenario, wishes: Partial<Wishes> = {}): ExploreReport {
  const result = exploreReport(
    subjectOf(of),
    { bounds: { states: 1_000_000 }, properties: PROPERTIES, questions: [], first: false, compiled, ...wishes },
    STILL,
  );
  if (!result.ok) throw new Error(`refused: ${result.problem.path}`);
  return result.report;
}

const violated = ({ properties }: ExploreReport) => properties.filter(({ verdict }) => verdict === "violated");

const scenario = (drawing: string, actors: readonly ActorDocument[], machine: Partial<ScenarioDocument["machine"]> = {}): Scenario =>
  scenarioOf({ machine: { folios: [{ pfn: "0x1000", pages: 64 }], ptes: hexWords(drawing), ...machine }, actors: [...actors] });

const set = (index: number, token: string): CallDocument => ({
  fn: "set_ptes",
  index,
  nr: 1,
  pte: hexWord(token, 0x1000n + BigInt(index)),
});
const lockless = (index: number): ActorDocument => kernel({ fn: "ptep_get_lockless", index });
const locked = (...calls: readonly CallDocument[]): ActorDocument => kernel(lock, ...calls, unlock);

/** Each outcome as `what everybody got | the table`, words drawn. */
const outcomes = (report: ExploreReport): readonly string[] =>
  report.outcomes
    .map(({ returns, ptes }) => {
      const got = returns.map((list) => list.map((item) => (item.startsWith("0x") ? drawWord(BigInt(item)) : item)).join(" "));
      return `${got.join(", ")} | ${draw(ptes.map(BigInt))}`;
    })
    .sort();

describe("exploring a race with a lockless reader", () => {
  it("of an unfold: exactly C W dirty young, none, W dirty young (1)", () => {
    const report = reportOf(scenario("CW*2 CWdy CW*13", [locked(set(5, "W")), lockless(0)]));
    const table = "Wdy*5 W Wdy*10";
    expect(outcomes(report)).toEqual([`, . | ${table}`, `, CWdy | ${table}`, `, Wdy | ${table}`]);
    // Entry 0 is cleared first and set first: whenever a scan has to start over, the target itself ends it. Not so for entry 9.
    expect(report).toMatchObject({ verdict: "holds", loops: false, stuck: [], spinning: [] });
    expect(violated(report)).toEqual([]);
    expect(reportOf(scenario("CW*16", [locked(set(5, "W")), lockless(9)]))).toMatchObject({ loops: true, stuck: [] });
    expect(report.machineStates).toBeLessThan(report.states);
    expect("stopped" in report).toBe(false);
  });

  it("of a fold: W clean old, none, C W dirty young of an unmarked page (4)", () => {
    const report = reportOf(scenario("W*2 Wdy Wy W*11 .", [locked(set(15, "W")), lockless(0)]));
    expect(outcomes(report)).toEqual([", . | CWdy*16", ", CWdy | CWdy*16", ", W | CWdy*16"]);
  });

  it("of a fork's write-protection of the whole block: all writable or none, dirty either way (6)", () => {
    const report = reportOf(scenario("CW*2 CWhy CW*13", [locked({ fn: "wrprotect_ptes", index: 0, nr: 16 }), lockless(0)]));
    const table = "CR*2 CRdy CR*13";
    expect(outcomes(report)).toEqual([`, CRdy | ${table}`, `, CWdy | ${table}`]);
    // It spins while the block is mixed, and the writer's next step ends that.
    expect(report).toMatchObject({ loops: true, stuck: [] });
  });

  it("of hardware dirtying a page of an unfold: nothing is lost (10)", () => {
    const writer = locked({ fn: "ptep_get_and_clear", index: 5 });
    const report = reportOf(scenario("CWy*16", [writer, mmu({ rw: "write", index: 2 })]));
    expect(outcomes(report)).toEqual(
      [
        "Wy, fault-translation | Wy*5 . Wy*10",
        "Wdy, ok | Wdy*5 . Wdy*10",
        // After the unfold: entry 2 alone is dirty, and the entry returned is not.
        "Wy, ok | Wy*2 Why Wy*2 . Wy*10",
      ].sort(),
    );
    expect(report.loops).toBe(false);
  });
});

describe("an actor that gets nowhere", () => {
  it("is stuck where a block was left half cleared and nobody mends it (13)", () => {
    const report = reportOf(scenario(".*2 CW*14", [lockless(9)]));
    // It reads entry 9, reads it again as its target, finds entry 0 empty and starts over: three places, a loop of two.
    expect(report).toEqual({
      verdict: "violated",
      limits: expect.stringContaining("sequentially consistent memory"),
      states: 3,
      machineStates: 3,
      transitions: 3,
      loops: true,
      interleavings: "1",
      outcomes: [],
      stuck: [{ actors: [0], interleavings: "1", choices: [0] }],
      spinning: [],
      properties: expect.arrayContaining([{ id: "scope", verdict: "holds" }]),
      questions: [],
    });
    expect(violated(report)).toMatchObject([{ id: "reader-progress", entry: 9, choices: [0] }]);
  });

  it("is not stuck while somebody may still mend the block", () => {
    const report = reportOf(scenario(".*2 CW*14", [lockless(9), kernel({ fn: "pte_clear", index: 9 })]));
    expect(report.stuck).toEqual([]);
    expect(report.loops).toBe(true);
    expect(report.outcomes.length).toBeGreaterThan(0);
  });

  it("is stuck where it waits for a lock that nobody gives back, and that is an outcome as well", () => {
    const report = reportOf(scenario("W*16", [kernel(lock, { fn: "ptep_get", index: 0 }, unlock), kernel(lock)]));
    // Either actor 1 has the lock for good, or it gets it after actor 0. The shorter run comes first.
    expect(report.outcomes).toEqual([
      { returns: [[], []], ptes: hexWords("W*16"), interleavings: "1", choices: [1] },
      { returns: [[hexWord("W")], []], ptes: hexWords("W*16"), interleavings: "1", choices: [0, 0, 0, 1] },
    ]);
    expect(report.stuck).toEqual([{ actors: [0], interleavings: "1", choices: [1] }]);
    expect(violated(report)).toMatchObject([{ id: "no-deadlock", choices: [1] }]);
    expect(report.loops).toBe(false);
  });

  it("is not called stuck when the search stopped before it could know", () => {
    const report = reportOf(scenario(".*2 CW*14", [lockless(9), kernel({ fn: "pte_clear", index: 9 })]), { bounds: { states: 20 } });
    expect(report).toMatchObject({ verdict: "stopped", stopped: "states", states: 20, stuck: [] });
  });
});

describe("a violated property", () => {
  // Entry 3 is cached as a page, and then a block entry is laid over it.
  const walker = mmu({ rw: "read", index: 3 }, { rw: "read", index: 4 }, { rw: "read", index: 3 });
  const conflict = (bbm: 0 | 2 = 0): Scenario => scenario("CWy*3 Wy CWy*12", [kernel({ fn: "ptep_get", index: 3 }), walker], { bbm });

  it("is listed with a shortest run to it, and the search goes on", () => {
    const report = reportOf(conflict());
    expect(report.verdict).toBe("violated");
    expect(violated(report)).toMatchObject([{ id: "tlb-unique", choices: [1, 1], step: 1, entry: 3 }]);
    // Two places of the reader, four of the walker.
    expect([report.machineStates, report.transitions]).toEqual([8, 10]);
  });

  it("is none where the architecture allows it, or where nobody asked", () => {
    expect(reportOf(conflict(2))).toMatchObject({ verdict: "holds" });
    expect(reportOf(conflict(), { properties: ["scope"] })).toMatchObject({
      verdict: "holds",
      properties: [{ id: "scope", verdict: "holds" }],
    });
  });

  it("outweighs a bound that was met", () => {
    expect(reportOf(conflict(), { bounds: { states: 7 } })).toMatchObject({ verdict: "violated", stopped: "states" });
  });

  it("is also one that the document's own choices show", () => {
    const report = reportOf({ ...conflict(), choices: [1, 1, 1] });
    expect(violated(report)).toMatchObject([{ id: "tlb-unique", choices: [1, 1] }]);
    expect(report.states).toBe(2);
  });
});

describe("the document's choices", () => {
  const of = scenario("CW*16", [locked(set(5, "R")), lockless(9)]);

  it("come first: the search starts after them, and what it reports begins with them", () => {
    const choices: readonly Choice[] = [0, 0, 0, 1, 1];
    const report = reportOf({ ...of, choices });
    expect(report.states).toBeLessThan(reportOf(of).states);
    for (const outcome of report.outcomes) expect(outcome.choices.slice(0, 5)).toEqual(choices);
  });

  it("that are not on offer are refused with their place", () => {
    const bad = exploreReport(
      subjectOf({ ...of, choices: [0, 7] }),
      { bounds: { states: 10 }, properties: [], questions: [], first: false, compiled },
      STILL,
    );
    expect(bad).toMatchObject({ ok: false, problem: { path: "choices.1" } });
  });
});

describe("for every scenario", () => {
  const SMALL = { bounds: { states: 1500 } };
  const RUNS = { seed: SEED, numRuns: 120 };

  it("the choices reported replay to what is reported with them", () => {
    let [replayed, violations] = [0, 0];
    fc.assert(
      fc.property(aScenario, (drawn) => {
        const { outcomes: ends, stuck, properties } = reportOf(drawn, SMALL);
        for (const { choices, returns, ptes } of ends.slice(0, 20)) {
          const again = runReport({ ...drawn, choices });
          expect(again).toMatchObject({ ok: true, report: { returns, ptes } });
          replayed += 1;
        }
        for (const { choices } of stuck.slice(0, 5)) expect(runReport({ ...drawn, choices }).ok).toBe(true);
        for (const { id, choices } of properties) {
          if (choices === undefined) continue;
          const again = reportOf({ ...drawn, choices }, { bounds: { states: 1 }, properties: PROPERTIES });
          // A reader is stuck if nothing leads on, which takes a look at all that may follow.
          const verdict = again.properties.find((property) => property.id === id)?.verdict;
          expect(verdict).toBe(id === "reader-progress" ? "stopped" : "violated");
          violations += 1;
        }
      }),
      RUNS,
    );
    expect(replayed).toBeGreaterThan(200);
    expect(violations).toBeGreaterThan(30);
  });

  it("the order of the actors makes no difference", () => {
    let complete = 0;
    const reversed = <T>(list: readonly T[]): readonly T[] => [...list].reverse();
    fc.assert(
      fc.property(aScenario, (drawn) => {
        const [one, other] = [reportOf(drawn, SMALL), reportOf({ ...drawn, actors: reversed(drawn.actors) }, SMALL)];
        expect(other.verdict).toBe(one.verdict);
        if (one.stopped !== undefined) return;
        complete += 1;
        const last = drawn.actors.length - 1;
        const sizes = ({ states, transitions, loops }: ExploreReport) => ({ states, transitions, loops });
        expect(sizes(other)).toEqual(sizes(one));
        const ends = (report: ExploreReport, order: typeof reversed) =>
          report.outcomes.map(({ returns, ptes, choices }) => JSON.stringify([order(returns), ptes, choices.length])).sort();
        expect(ends(other, reversed)).toEqual(ends(one, (list) => list));
        const stuck = (report: ExploreReport, name: (actor: number) => number) =>
          report.stuck.map(({ actors, choices }) => `${actors.map(name).sort().join()} after ${choices.length}`).sort();
        expect(stuck(other, (actor) => last - actor)).toEqual(stuck(one, (actor) => actor));
      }),
      RUNS,
    );
    expect(complete).toBeGreaterThan(40);
  });

  it("the names of the actors make no difference but in sentences", () => {
    const untold = (report: ExploreReport) => JSON.stringify(report, (key, value) => (key === "sentence" ? undefined : value));
    fc.assert(
      fc.property(aScenario, (drawn) => {
        const renamed = { ...drawn, actors: drawn.actors.map((actor, n) => ({ ...actor, name: `other ${n}` })) };
        expect(untold(reportOf(renamed, SMALL))).toBe(untold(reportOf(drawn, SMALL)));
      }),
      { ...RUNS, numRuns: 60 },
    );
  });

  it("a bound of states is kept, and a search that it ends never says that anything holds", () => {
    let stopped = 0;
    fc.assert(
      fc.property(aScenario, fc.integer({ min: 1, max: 300 }), (drawn, states) => {
        const report = reportOf(drawn, { bounds: { states } });
        expect(report.states).toBeLessThanOrEqual(states);
        expect(report.verdict).toBe(violated(report).length > 0 ? "violated" : report.stopped === undefined ? "holds" : "stopped");
        if (report.stopped === undefined) return;
        stopped += 1;
        expect(reportOf(drawn, { bounds: { states: states + 1 } }).states).toBe(states + 1);
      }),
      RUNS,
    );
    expect(stopped).toBeGreaterThan(20);
  });

  it("the report is JSON, and outcomes come shortest first", () => {
    fc.assert(
      fc.property(aScenario, (drawn) => {
        const report = reportOf(drawn, { bounds: { states: 300 } });
        expect(JSON.parse(JSON.stringify(report))).toEqual(report);
        const keys = report.outcomes.map(({ choices }) => [choices.length, JSON.stringify(choices)] as const);
        expect(keys).toEqual([...keys].sort((a, b) => a[0] - b[0] || (a[1] < b[1] ? -1 : 1)));
      }),
      { ...RUNS, numRuns: 60 },
    );
  });
});
