/** `lab compare`: its laws on random scenarios, and what is known of some pairs of kernels. */
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { otherSide, SIDES, type Sides } from "../compare/sides.ts";
import type { Wishes } from "../explore/explore.ts";
import { PROPERTIES } from "../explore/properties/property.ts";
import { parseQuestion } from "../explore/questions/grammar.ts";
import type { Question } from "../explore/questions/question.ts";
import { usable, VARIANTS } from "../kernel/variants/profiles.ts";
import { subjectOf } from "../lab.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { aScenario, SEED } from "../testing/arbitraries.ts";
import { compiled } from "../testing/compiled.ts";
import { hexWords } from "../testing/drawing.ts";
import { KILLS, type Kill } from "../testing/killTable.ts";
import { kernel, mmu, scenarioOf } from "../testing/scenarioOf.ts";
import { type CompareReport, type Contender, compareReport, type PartingReport } from "./compareReport.ts";
import { exploreReport } from "./exploreReport.ts";
import { runReport } from "./runReport.ts";

vi.setConfig({ testTimeout: 120_000 });

const STILL = (): number => 0;

const wishesOf = (wishes: Partial<Wishes>): Wishes => ({
  bounds: { states: 1_000_000 },
  properties: PROPERTIES,
  questions: [],
  first: false,
  compiled,
  ...wishes,
});

const contender = (scenario: Scenario): Contender => ({
  name: [scenario.profile, ...scenario.variants].join("+"),
  subject: subjectOf(scenario),
});

function compared(
  before: Scenario,
  after: Scenario,
  wishes: Partial<Wishes> = {},
): CompareReport & { readonly sentences: readonly string[] } {
  const result = compareReport({ before: contender(before), after: contender(after) }, wishesOf(wishes), STILL);
  if (!result.ok) throw new Error(`refused: ${result.problem.path}`);
  return { ...result.report, sentences: result.sentences };
}

const SMALL = { bounds: { states: 1500 } };

/** Variants of what the calls of random scenarios run through. */
const REACHED = /^(convert|fold|lockless|set-ptes|setters|kernel-mm|efi-mm)-/;

/** A random scenario, and two kernels for it that may well do otherwise there. */
const aPair: fc.Arbitrary<Sides<Scenario>> = aScenario.chain((scenario) => {
  const ids = [...VARIANTS.values()]
    .filter((variant) => usable(variant, scenario.features.bbm) && REACHED.test(variant.id))
    .map(({ id }) => id);
  const aKernel = (variants: fc.Arbitrary<readonly string[]>) => fc.record({ profile: fc.constantFrom("6.9", "6.12", "6.17"), variants });
  const changed = fc.constantFrom(...ids).map((id) => [id]);
  return fc.record({ before: aKernel(fc.oneof(fc.constant([]), changed)), after: aKernel(changed) }).map(({ before, after }) => ({
    before: { ...scenario, ...before },
    after: { ...scenario, ...after },
  }));
});

describe("for every scenario", () => {
  it("a kernel changes nothing of itself", () => {
    fc.assert(
      fc.property(aPair, ({ before }) => {
        const { verdicts, outcomes, parting, sentences, ...sides } = compared(before, before, SMALL);
        expect(verdicts).toEqual([]);
        expect(outcomes).toEqual({ before: [], after: [] });
        expect(parting).toEqual({ schedule: "run", choices: expect.any(Array) });
        expect(sides.after).toEqual(sides.before);
        expect(sentences).toContain("no verdict and no outcome changed");
      }),
      { seed: SEED, numRuns: 80 },
    );
  });

  it("exchanging before and after exchanges the report", () => {
    const swaps = { worse: "better", better: "worse", unknown: "unknown" } as const;
    const exchanged = <T>({ before, after }: Sides<T>): Sides<T> => ({ before: after, after: before });
    let [parted, changed] = [0, 0];
    fc.assert(
      fc.property(aPair, ({ before, after }) => {
        const { sentences: _, ...there } = compared(before, after, SMALL);
        const { sentences: __, ...back } = compared(after, before, SMALL);
        const { side, before: first, after: second, ...parting } = there.parting;
        expect(back).toEqual({
          before: there.after,
          after: there.before,
          verdicts: there.verdicts.map((verdict) => ({
            ...verdict,
            ...exchanged(verdict),
            change: swaps[verdict.change],
            ...(verdict.side && { side: otherSide(verdict.side) }),
          })),
          outcomes: exchanged(there.outcomes),
          parting: {
            ...parting,
            ...(side && { side: otherSide(side) }),
            ...(first && second && { before: second, after: first }),
          },
        });
        if (there.parting.step !== undefined) parted += 1;
        if (there.verdicts.length > 0) changed += 1;
      }),
      { seed: SEED, numRuns: 240 },
    );
    expect(parted).toBeGreaterThan(20);
    expect(changed).toBeGreaterThan(5);
  });

  it("an outcome that only one side has is reached there by its choices, and is none of the other's", () => {
    let found = 0;
    fc.assert(
      fc.property(aPair, (scenarios) => {
        const { outcomes } = compared(scenarios.before, scenarios.after, SMALL);
        for (const side of SIDES) {
          const other = exploreReport(subjectOf(scenarios[otherSide(side)]), wishesOf(SMALL), STILL);
          if (!other.ok) throw new Error("refused");
          const others = other.report.outcomes.map(({ returns, ptes }) => ({ returns, ptes }));
          for (const { returns, ptes, choices } of outcomes[side]) {
            expect(runReport({ ...scenarios[side], choices })).toMatchObject({ ok: true, report: { returns, ptes } });
            expect(others).not.toContainEqual({ returns, ptes });
            found += 1;
          }
        }
      }),
      { seed: SEED, numRuns: 80 },
    );
    expect(found).toBeGreaterThan(20);
  });

  it("both runs are one until they part, and are not at the step where they do", () => {
    let parted = 0;
    fc.assert(
      fc.property(aPair, (scenarios) => {
        const { parting } = compared(scenarios.before, scenarios.after, SMALL);
        const runs = SIDES.map((side) => untilPart(scenarios[side], parting));
        expect(runs[1]?.common).toEqual(runs[0]?.common);
        if (parting.step === undefined) return;
        parted += 1;
        expect(runs[0]?.common).toHaveLength(parting.step);
        expect(SIDES.map((side) => parting[side]?.step)).toEqual(runs.map((run) => run.last));
        expect(parting.before).not.toEqual(parting.after);
      }),
      { seed: SEED, numRuns: 80 },
    );
    expect(parted).toBeGreaterThan(8);
  });
});

/** As `lab run` reports it, the place in the code left out. */
function untilPart(scenario: Scenario, { choices, step }: PartingReport) {
  const stepsOf = (own: PartingReport["choices"]) => {
    if (own.length === 0) return [];
    const run = runReport({ ...scenario, choices: own });
    return run.ok ? run.report.steps : undefined;
  };
  const common = stepsOf(choices.slice(0, step))?.map(({ label: _, ...rest }) => rest);
  return { common, last: step === undefined ? undefined : stepsOf(choices)?.at(-1) };
}

describe("the kill table", () => {
  const nameOf = ({ fails }: Kill): string => (typeof fails === "string" ? fails : fails.question);

  function questionsOf(scenario: Scenario, { fails }: Kill): readonly Question[] {
    if (typeof fails === "string") return [];
    const parsed = parseQuestion(scenario, fails.question);
    if (!parsed.ok) throw new Error(parsed.expected);
    return [parsed.question];
  }

  it.each(KILLS.map((kill) => [kill.variant, kill] as const))("%s makes it worse, and the runs part where it says", (variant, kill) => {
    const [without, mistaken] = [kill.scenario(), kill.scenario(variant)];
    const { verdicts, before, after, parting } = compared(without, mistaken, { questions: questionsOf(without, kill) });
    expect([before.verdict, after.verdict]).toEqual(["holds", "violated"]);
    expect(verdicts.every(({ change }) => change === "worse")).toBe(true);
    const own = verdicts.find(({ property, question }) => (property ?? question) === nameOf(kill));
    expect(own).toMatchObject({ before: "holds", after: "violated", side: "after", choices: expect.any(Array) });
    // The shortest run that shows any of them is followed, and something other than the original does shows in it.
    const shortest = Math.min(...verdicts.map(({ choices }) => choices?.length ?? Number.POSITIVE_INFINITY));
    expect(parting).toMatchObject({ schedule: "verdict", side: "after" });
    expect(parting.step).toBeTypeOf("number");
    const shown = verdicts.find(({ property, question }) => property === parting.property && question === parting.question);
    expect(shown?.choices).toHaveLength(shortest);
    expect(parting.choices.slice(0, shortest)).toEqual(shown?.choices?.slice(0, parting.choices.length));
  });
});

describe("the step where the runs part", () => {
  const unfold = (variants: readonly string[], more: Partial<Parameters<typeof scenarioOf>[0]> = {}): Scenario =>
    scenarioOf({
      machine: { folios: [{ pfn: "0x1000", pages: 64 }], ptes: hexWords("CWy*16") },
      kernel: { variants: [...variants] },
      actors: [kernel({ fn: "pte_clear", index: 4 }), mmu({ rw: "read", index: 9 })],
      ...more,
    });

  it("of an unfold without its flush is the flush: one flushes where the other writes", () => {
    // One read of the target, sixteen entries cleared, then the flush of 6.12.
    const { parting } = compared(unfold([]), unfold(["convert-no-tlbi"]));
    expect(parting).toMatchObject({
      schedule: "verdict",
      side: "after",
      step: 17,
      before: { step: { actor: 0, op: "tlbi", index: 0, nr: 16 }, events: [] },
      after: { step: { actor: 0, op: "write", index: 0 } },
    });
  });

  it("is told where one side has no such move", () => {
    // Read one by one, entry 4 alone is enough for the mistaken getter: it has finished while the other goes on.
    const reads = (variants: readonly string[]) =>
      scenarioOf({
        machine: { ptes: hexWords("CW*3 CWdy CW*12") },
        kernel: { variants: [...variants] },
        actors: [kernel({ fn: "ptep_get_lockless", index: 4 })],
      });
    const { parting, outcomes } = compared(reads([]), reads(["lockless-single-entry"]), { properties: [] });
    expect(outcomes.before).toHaveLength(1);
    expect(outcomes.after).toHaveLength(1);
    expect(parting).toMatchObject({ schedule: "outcome", after: { events: [expect.stringMatching(/^ptep_get_lockless returns 0x/)] } });
    expect(parting.before?.events).toEqual([]);
  });

  it("is looked for in the document's own choices and on from there where nothing changed", () => {
    const document = { actors: [kernel({ fn: "ptep_get", index: 4 }), mmu({ rw: "read", index: 9 })], choices: [1] };
    const { parting, verdicts, outcomes } = compared(unfold([], document), unfold(["convert-no-tlbi"], document));
    expect([verdicts, outcomes]).toEqual([[], { before: [], after: [] }]);
    expect(parting.step).toBeUndefined();
    // The access that was asked for, then a read of the target and of all sixteen.
    expect(parting.choices).toEqual([1, ...Array.from({ length: 17 }, () => 0)]);
  });
});

describe("what was stopped", () => {
  const scenario = (...variants: readonly string[]): Scenario =>
    scenarioOf({
      machine: { folios: [{ pfn: "0x1000", pages: 64 }], ptes: hexWords("CWy*16") },
      kernel: { variants: [...variants] },
      actors: [kernel({ fn: "pte_clear", index: 4 }), mmu({ rw: "read", index: 9 }, { rw: "write", index: 9 })],
    });

  it("is never told to be better or worse than what holds", () => {
    const { verdicts, before, after, sentences } = compared(scenario(), scenario("convert-no-tlbi"), { bounds: { states: 100 } });
    expect([before.stopped, after.stopped]).toEqual(["states", "states"]);
    expect(verdicts).toMatchObject([
      { property: "break-before-make", before: "stopped", after: "violated", change: "unknown", side: "after", choices: expect.any(Array) },
    ]);
    expect(sentences[0]).toMatch(/^before: stopped early by its bound on states, after 100 states;/);
  });
});

it("choices of the document that one of the kernels does not offer are refused, with the kernel that does not", () => {
  const flushing = (choices: number[], ...variants: readonly string[]) =>
    scenarioOf({
      machine: { folios: [{ pfn: "0x1000", pages: 64 }], ptes: hexWords("CW*16") },
      kernel: { variants: [...variants] },
      actors: [kernel({ fn: "pte_clear", index: 4 })],
      choices,
    });
  const steps = compared(flushing([]), flushing([], "convert-no-tlbi")).parting;
  // With the flush there is one step more than without.
  const whole = runReport(flushing([]));
  if (!whole.ok) throw new Error("refused");
  const choices = whole.report.steps.map(() => 0);
  expect(steps.step).toBeLessThan(choices.length);
  const [before, after] = [contender(flushing(choices)), contender(flushing(choices, "convert-no-tlbi"))];
  expect(compareReport({ before, after }, wishesOf({}), STILL)).toMatchObject({
    ok: false,
    problem: { path: `choices.${choices.length - 1}`, expected: "left out: the run has ended (on the kernel after)" },
  });
});
