import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Subject } from "../explore/explore.ts";
import { PROPERTIES, type PropertyId } from "../explore/properties/property.ts";
import { subjectOf } from "../lab.ts";
import type { RoutineProvider, RoutineState } from "../routine.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { hexWords } from "../testing/drawing.ts";
import { KILLS } from "../testing/killTable.ts";
import { kernel, scenarioOf } from "../testing/scenarioOf.ts";
import { tinyModule } from "../testing/tinyModule.ts";
import type { Code } from "./code.ts";
import { exploreCommand, runCommand } from "./commands.ts";
import { compareCommand, treesCompared } from "./compareCommand.ts";
import { FUNCTIONS_NEEDED, unfit, unjudgeable } from "./linuxCode.ts";

/** Our routines as if they had been compiled: their stacks name lines of a tree, a helper innermost. */
function asCompiled({ provider, ...rest }: Subject, code: string, unjudged = new Map<PropertyId, string>()): Subject {
  const placed = (state: RoutineState): RoutineState =>
    state.status === "returned"
      ? state
      : {
          ...state,
          stack: [
            ...state.stack.map((frame, depth) => {
              const [fn = ""] = frame.label.split(".");
              return { ...frame, label: `${fn}.${10 + depth}`, source: { fn, file: "mm/made-up.c", line: 10 + depth } };
            }),
            { label: "touch.3", locals: [], source: { fn: "touch", file: "mm/made-up.h", line: 3, helper: true as const } },
          ],
        };
  const compiled: RoutineProvider = {
    ...provider,
    routine(call) {
      const routine = provider.routine(call);
      const own = new Map<RoutineState, RoutineState>();
      const keep = (state: RoutineState): RoutineState => {
        const shown = placed(state);
        own.set(shown, state);
        return shown;
      };
      return {
        ...routine,
        start: keep(routine.start),
        advance: (state, observed) => keep(routine.advance(own.get(state) as typeof state, observed)),
      };
    },
  };
  return { ...rest, provider: compiled, code, unjudged };
}

const codeOf = (name: string, variants: readonly string[] = [], unjudged?: Map<PropertyId, string>): Code => ({
  subject: (scenario) => ({ ok: true, subject: asCompiled(subjectOf({ ...scenario, variants }), name, unjudged) }),
});

const text = (parts: object): string => JSON.stringify({ version: 1, ...parts });
const ptes = hexWords("CW*16");
const unfolds = text({
  machine: { ptes, folios: [{ pfn: "0x1000", pages: 16 }] },
  actors: [kernel({ fn: "ptep_get_and_clear", index: 4 }), kernel({ fn: "ptep_get_lockless", index: 9 })],
});
const still = { clock: () => 0, tell: () => undefined };
const wishes = { bounds: { states: 100_000 }, properties: PROPERTIES, first: false };

describe("a run on compiled code", () => {
  it("has function, file and line at each step in the stead of a label, and those of the callers", () => {
    const { output } = runCommand(codeOf("tree"))(unfolds);
    const { steps } = output as { readonly steps: readonly Record<string, unknown>[] };
    expect(steps[1]).toMatchObject({ fn: "ptep_get_and_clear", function: "contpte_convert", file: "mm/made-up.c", line: 13 });
    expect(steps[1]?.["stack"]).toEqual([
      { function: "touch", file: "mm/made-up.h", line: 3 },
      { function: "contpte_convert", file: "mm/made-up.c", line: 13 },
      { function: "__contpte_try_unfold", file: "mm/made-up.c", line: 12 },
      { function: "contpte_try_unfold", file: "mm/made-up.c", line: 11 },
      { function: "ptep_get_and_clear", file: "mm/made-up.c", line: 10 },
    ]);
    expect(steps.every((step) => !("label" in step))).toBe(true);
  });
});

describe("exploring compiled code", () => {
  it("names the tree and, in explanations, function, file and line", () => {
    const { status, output } = exploreCommand(wishes, [], still, codeOf("the tree of T", ["convert-no-tlbi"]))(unfolds);
    expect(status).toBe(1);
    expect(output).toMatchObject({ limits: expect.stringMatching(/^This scenario, on the tree of T; /) });
    const { properties } = output as { readonly properties: readonly { readonly id: string; readonly sentence?: string }[] };
    expect(properties.find(({ id }) => id === "break-before-make")?.sentence).toContain("valid at contpte_convert (mm/made-up.c:13), but");
  });

  it.each(KILLS.filter(({ fails }) => typeof fails === "string"))("judges as on our routines: $variant", ({ variant, scenario }) => {
    const verdicts = (subject: Subject) => {
      const code: Code = { subject: () => ({ ok: true, subject }) };
      const { output } = exploreCommand(wishes, [], still, code)(unfolds);
      return (output as { readonly properties: readonly object[] }).properties.map((each) => ({ ...each, sentence: "" }));
    };
    const subject = subjectOf(scenario(variant));
    expect(verdicts(asCompiled(subject, "tree"))).toEqual(verdicts(subject));
  });

  it("says of what it can say nothing, and never that it holds", () => {
    const unjudged = new Map<PropertyId, string>([["break-before-make", "there is no telling"]]);
    const code = codeOf("tree", ["convert-no-tlbi"], unjudged);
    const { output } = exploreCommand(wishes, [], still, code)(unfolds);
    expect(output).toMatchObject({ notJudged: [{ id: "break-before-make", because: "there is no telling" }] });
    expect((output as { readonly properties: readonly { readonly id: string }[] }).properties.map(({ id }) => id)).not.toContain(
      "break-before-make",
    );
    expect(exploreCommand({ ...wishes, properties: ["break-before-make"] }, [], still, code)(unfolds)).toMatchObject({
      status: 2,
      problem: { path: "--properties", expected: expect.stringContaining("there is no telling") },
    });
    expect(exploreCommand({ ...wishes, properties: ["scope"] }, [], still, code)(unfolds).output).not.toHaveProperty("notJudged");
  });

  it("refuses questions about what compiled code does not tell", () => {
    expect(exploreCommand(wishes, ["CPU1 retried"], still, codeOf("tree"))(unfolds)).toMatchObject({
      status: 2,
      problem: { path: '--ask "CPU1 retried"', expected: expect.stringContaining("does not say when it begins again") },
    });
    expect(exploreCommand(wishes, ["CPU1 returned none"], still, codeOf("tree"))(unfolds).status).toBe(0);
  });
});

describe("comparing two trees", () => {
  it("tells what is worse after the patch, and the lines where the runs part", () => {
    const contenders = treesCompared({ before: codeOf("T"), after: codeOf("T with P", ["convert-no-tlbi"]) });
    const { status, output, sentences } = compareCommand(contenders, wishes, [], still)(unfolds);
    expect(status).toBe(1);
    expect(output).toMatchObject({
      before: { kernel: "T" },
      after: { kernel: "T with P" },
      verdicts: [{ property: "break-before-make", change: "worse" }],
      parting: {
        before: { step: { op: "tlbi", function: "contpte_convert", line: 13 } },
        after: { step: { op: "write", function: "contpte_convert", line: 13 } },
      },
    });
    expect(sentences?.at(-1)).toMatch(/before, CPU0 flushes .* at contpte_convert \(mm\/made-up.c:13\); after, CPU0 writes .*:13\)/);
  });

  it("leaves out what cannot be judged on one of them, and says so", () => {
    const unjudged = new Map<PropertyId, string>([["break-before-make", "there is no telling"]]);
    const contenders = treesCompared({ before: codeOf("T"), after: codeOf("T with P", ["convert-no-tlbi"], unjudged) });
    const { output, sentences } = compareCommand(contenders, wishes, [], still)(unfolds);
    expect(output).toMatchObject({ verdicts: [], after: { notJudged: [{ id: "break-before-make" }] } });
    expect(output).not.toHaveProperty("before.notJudged");
    expect(sentences).toContain("after: break-before-make is not judged: there is no telling");
  });
});

describe("a tree", () => {
  const scenario = (...fns: readonly string[]): Scenario =>
    scenarioOf({ machine: { ptes }, actors: [kernel(...fns.map((fn) => ({ fn, index: 3, ...(fn !== "ptep_get" && { write: true }) })))] });
  const build = { plain: tinyModule, suspendable: tinyModule, places: new Map() };

  it("runs only the calls that it offers, and no variants of ours", () => {
    expect(unfit(scenario("ptep_get"), "T", build)).toBeUndefined();
    expect(unfit(scenario("ptep_get", "gup_fast"), "T", build)).toEqual({
      path: "actors.0.calls.1.fn",
      expected: "another call: T does not offer gup_fast",
    });
    const withoutMm = "mm/a.c:1:2: warning: hm\nmm/a.c:3:4: error: what?";
    expect(unfit(scenario("gup_fast"), "T", { ...build, withoutMm })?.expected).toContain("does not compile: mm/a.c:3:4: error: what?");
    expect(unfit({ ...scenario("ptep_get"), variants: ["convert-no-tlbi"] }, "T", build)).toMatchObject({ path: "kernel.variants" });
  });

  it("can be judged by a property only if it has the functions that the property asks for", () => {
    const all = new Set(Object.values(FUNCTIONS_NEEDED).flat());
    expect([...unjudgeable(scenario("ptep_get"), all)]).toEqual([]);
    const unjudged = unjudgeable(scenario("ptep_get"), new Set([...all].filter((fn) => fn !== "contpte_set_ptes")));
    expect([...unjudged]).toEqual([["cont-confined", "this tree has no contpte_set_ptes that accesses an entry"]]);
    expect([...unjudgeable(scenario("handle_pte_fault"), all).keys()]).toEqual(["fault-progress"]);
  });

  it("is asked for every function that a property asks for by its name", () => {
    const folder = new URL("../explore/", import.meta.url);
    const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
      .map((file) => readFileSync(new URL(file.replaceAll("\\", "/"), folder), "utf8"));
    const asked = sources.flatMap((source) => [...source.matchAll(/\bisIn\([^"()]*,\s*"(\w+)"\)/g)].map(([, fn]) => fn));
    expect(new Set(asked)).toEqual(new Set(Object.values(FUNCTIONS_NEEDED).flat()));
    // A label of our listings is none of a tree's: fault-progress asks for this one, and is not judged.
    expect(sources.flatMap((source) => source.match(/\blabel === "[^"]*"/g) ?? [])).toEqual(['label === "handle_pte_fault.flags"']);
  });
});
