import { describe, expect, it } from "vitest";
import { hexWords } from "../testing/drawing.ts";
import { kernel, mmu } from "../testing/scenarioOf.ts";
import type { Code } from "./code.ts";
import { type Task, taskOf, type Words } from "./commandLine.ts";

const told: string[] = [];
const STILL = { clock: (): number => 0, tell: (sentence: string) => void told.push(sentence) };

const asked = (positionals: readonly string[], values: Words["values"] = {}): Task | string => taskOf({ positionals, values }, STILL);

function task(positionals: readonly string[], values: Words["values"] = {}): Task {
  const found = asked(positionals, values);
  if (typeof found === "string") throw new Error(found);
  return found;
}

describe("the words after lab", () => {
  it("name a command and a file, which is standard input if left out", () => {
    expect(task(["run", "a.json"])).toMatchObject({ file: "a.json", jsonl: false });
    expect(task(["explore"], { jsonl: true })).toMatchObject({ file: "-", jsonl: true });
    expect(task(["explore", "-"])).toMatchObject({ file: "-" });
  });

  it.each<[string, readonly string[], Words["values"], RegExp]>([
    ["no command", [], {}, /run, explore, compare or promela/],
    ["another command", ["walk"], {}, /walk is no command; run, explore, compare and promela are/],
    ["two files", ["run", "a", "b"], {}, /one file at a time: b is/],
    ["an option of explore for run", ["run"], { states: "5" }, /--states is for explore and compare; run/],
    ["an option of explore for compare", ["compare"], { first: true, after: "6.17" }, /--first is for explore; compare does not take it/],
    ["an option of compare for explore", ["explore"], { after: "6.17" }, /--after is for compare; explore does not take it/],
    ["no kernel to compare with", ["compare"], { before: "6.9" }, /--after 6\.17/],
    ["an unknown property", ["explore"], { properties: "scope,no-such" }, /"no-such" is not known; no-lost-dirty, .*, no-deadlock are/],
    ["an empty property", ["explore"], { properties: "" }, /"" is not known; no-lost-dirty, .*, no-deadlock are/],
    ["two forms of a run", ["run"], { itf: true, diagram: true }, /--itf and --diagram tell the same run/],
    ["all accesses of no diagram", ["run"], { "all-accesses": true }, /--all-accesses is for --diagram/],
    ["no states", ["explore"], { states: "0" }, /--states takes a number above 0, not "0"/],
    ["half a state", ["explore"], { states: "1.5" }, /--states takes a whole number, not 1.5/],
    ["time in words", ["explore"], { seconds: "soon" }, /--seconds takes a number above 0, not "soon"/],
    ["negative memory", ["explore"], { memory: "-1" }, /--memory takes a number above 0/],
  ])("with %s give a sentence", (_, positionals, values, sentence) => {
    expect(asked(positionals, values)).toMatch(sentence);
  });

  it("set the bounds and choose the properties", () => {
    const walker = mmu({ rw: "read", index: 3 }, { rw: "read", index: 4 }, { rw: "read", index: 3 });
    const document = JSON.stringify({ version: 1, machine: { ptes: hexWords("CWy*3 Wy CWy*12") }, actors: [walker] });
    const answer = (values: Words["values"]) => task(["explore"], values).command(document);
    expect(answer({})).toMatchObject({ status: 1, output: { verdict: "violated", machineStates: 4 } });
    expect(answer({ properties: "scope" })).toMatchObject({ status: 0, output: { verdict: "holds", states: 4 } });
    expect(answer({ properties: "scope,tlb-unique", first: true })).toMatchObject({ status: 1 });
    expect(answer({ states: "2", properties: "scope" })).toMatchObject({
      status: 3,
      output: { verdict: "stopped", stopped: "states", states: 2 },
    });
  });
});

describe("a search that takes long", () => {
  it("says now and then how far it is, and early that it will be too much", () => {
    let seconds = 0;
    told.length = 0;
    const everySecond = { ...STILL, clock: () => seconds++ };
    const slow = taskOf({ positionals: ["explore"], values: { states: "9000" } }, everySecond);
    if (typeof slow === "string") throw new Error(slow);
    const any = { rw: "any", index: "any" } as const;
    const actors = [kernel({ fn: "pte_clear", index: 3 }), kernel({ fn: "ptep_get_lockless", index: 9 }), mmu(any, any)];
    const document = JSON.stringify({ version: 1, machine: { ptes: hexWords("CW*16") }, actors });
    expect(slow.command(document)).toMatchObject({ status: 3, output: { stopped: "states" } });
    expect(told.length).toBeGreaterThan(0);
    expect(told.at(-1)).toMatch(/^[\d,]+ states, [\d,]+ a second, [\d,]+ to go on from; likely [\d,]+ or more, so it will stop at 9,000$/);
  });
});

describe("explore's answer", () => {
  const { command } = task(["explore"]);

  it("is 2 with the problem for a bad document, or one too long to have been kept", () => {
    expect(command("[]")).toMatchObject({ status: 2, problem: { path: "version" } });
    expect(command({ length: 9 * 1024 * 1024 })).toEqual({
      status: 2,
      problem: { path: "", expected: "at most 8 MiB of JSON, not 9 MiB" },
    });
    const document = { version: 1, machine: {}, actors: [kernel({ fn: "ptep_get", index: 0 })], choices: [0, 0] };
    expect(command(JSON.stringify(document))).toMatchObject({ status: 2, problem: { path: "choices.1" } });
  });

  it("is 4 where the engine itself fails, and says with which document", () => {
    const noClock = (): never => {
      throw new Error("no clock");
    };
    const broken = taskOf({ positionals: ["explore"], values: {} }, { ...STILL, clock: noClock });
    if (typeof broken === "string") throw new Error(broken);
    const document = JSON.stringify({ version: 1, machine: {}, actors: [kernel({ fn: "ptep_get", index: 0 })] });
    expect(broken.command(document)).toMatchObject({
      status: 4,
      output: { verdict: "engine-fault", document },
      fault: expect.stringContaining("no clock"),
    });
  });
});

describe("kernel trees", () => {
  const document = (granule: string): string =>
    JSON.stringify({ version: 1, machine: { granule, va: "0x0", ptes: ["0x0"] }, actors: [kernel({ fn: "ptep_get", index: 0 })] });
  const asked: string[] = [];
  const code = (name: string): Code => ({
    ready: async (granule) => void asked.push(`${name} ${granule}`),
    subject: () => ({ ok: false, problem: { path: name, expected: "asked" } }),
  });

  it("are made ready for a document before it is answered, and for none that is refused", async () => {
    const task = taskOf({ positionals: ["compare"], values: {} }, STILL, [code("one"), code("other")]);
    if (typeof task === "string") throw new Error(task);
    await task.ready(document("16K"));
    await task.ready("{}");
    expect(asked).toEqual(["one 16K", "other 16K"]);
    expect(task.command(document("16K"))).toEqual({ status: 2, problem: { path: "one", expected: "asked" } });
  });

  it.each(["run", "explore"])("are what %s runs on", (command) => {
    const task = taskOf({ positionals: [command], values: {} }, STILL, [code("tree")]);
    if (typeof task === "string") throw new Error(task);
    expect(task.command(document("4K"))).toEqual({ status: 2, problem: { path: "tree", expected: "asked" } });
  });

  it("are not compared with kernels of ours", () => {
    expect(taskOf({ positionals: ["compare"], values: { after: "6.17" } }, STILL, [code("one"), code("other")])).toMatch(
      /^--before and --after name kernels of ours/,
    );
  });
});

describe("compare's answer", () => {
  const document = JSON.stringify({
    version: 1,
    machine: { ptes: hexWords("CWy*16"), folios: [{ pfn: "0x1000", pages: 64 }] },
    kernel: { variants: ["getters-strip-cont"] },
    actors: [kernel({ fn: "pte_clear", index: 4 }), mmu({ rw: "read", index: 9 })],
  });
  const answer = (values: Words["values"], of = document) => task(["compare"], values).command(of);
  const kernels = (values: Words["values"]) => {
    const { output } = answer(values);
    const { before, after } = output as { readonly before: { readonly kernel: string }; readonly after: { readonly kernel: string } };
    return [before.kernel, after.kernel];
  };

  it("names the kernels: the document's own first, then a profile, with variants, or the document's own with more", () => {
    const [own, states] = ["6.12+getters-strip-cont", "20"];
    expect(kernels({ after: "6.17", states })).toEqual([own, "6.17"]);
    expect(kernels({ after: "6.9+convert-no-tlbi", states })).toEqual([own, "6.9+convert-no-tlbi"]);
    expect(kernels({ after: "+convert-no-tlbi", states })).toEqual([own, "6.12+getters-strip-cont+convert-no-tlbi"]);
    expect(kernels({ before: "+lockless-give-up+fold-any-slot", after: "6.12", states })).toEqual([
      "6.12+getters-strip-cont+lockless-give-up+fold-any-slot",
      "6.12",
    ]);
  });

  it("is 0 where nothing got worse, 1 where something did, 3 where it was stopped before that could be said", () => {
    expect(answer({ after: "6.12" })).toMatchObject({ status: 0, output: { verdicts: [] } });
    expect(answer({ after: "+convert-no-tlbi" })).toMatchObject({ status: 1 });
    expect(answer({ before: "+convert-no-tlbi", after: "6.12" })).toMatchObject({ status: 0 });
    expect(answer({ after: "+convert-no-tlbi", properties: "scope" })).toMatchObject({ status: 0 });
    expect(answer({ after: "+convert-no-tlbi", states: "60" })).toMatchObject({ status: 3, output: { after: { stopped: "states" } } });
  });

  it("tells a question that changed as well", () => {
    const looks = JSON.stringify({
      version: 1,
      machine: { ptes: hexWords("CWy*16") },
      actors: [kernel({ fn: "ptep_test_and_clear_young", index: 4 }, { fn: "ptep_get", index: 4 })],
    });
    const ask = ["never CPU0 call 2 returned young"];
    const values = { after: "+young-target-only", properties: "scope", ask };
    expect(answer(values, looks)).toMatchObject({
      status: 1,
      output: { verdicts: [{ question: ask[0], mode: "never", before: "holds", after: "violated", change: "worse", side: "after" }] },
    });
    expect(answer({ ...values, ask: [] }, looks)).toMatchObject({ status: 0, output: { verdicts: [], parting: { schedule: "outcome" } } });
    expect(answer({ ...values, ask: ["nonsense"] })).toMatchObject({ status: 2, problem: { path: '--ask "nonsense"' } });
  });

  it.each<[string, Words["values"], string, RegExp]>([
    ["an unknown profile", { after: "7.0" }, '--after: "7.0"', /^one of 6\.9, 6\.12, 6\.17$/],
    ["no profile", { after: "" }, '--after: ""', /^one of 6\.9, 6\.12, 6\.17$/],
    ["a slip in a variant", { after: "+convert-no-tlb" }, "--after: convert-no-tlb", /^one of .*; did you mean convert-no-tlbi\?$/],
    ["nothing after a plus", { before: "6.12+", after: "6.12" }, '--before: ""', /^one of getters-strip-cont, /],
    [
      "two that exclude each other",
      { after: "6.9+convert-no-tlbi+convert-late-tlbi" },
      "--after: convert-late-tlbi",
      /excludes convert-no-tlbi/,
    ],
    ["one twice", { after: "+getters-strip-cont" }, "--after: getters-strip-cont", /^left out: it is there already$/],
    ["one for another machine", { after: "6.12+convert-bbml2" }, "--after: convert-bbml2", /for machines with bbm 2/],
  ])("%s is 2, in a sentence about that word", (_, values, path, expected) => {
    expect(answer(values)).toEqual({ status: 2, problem: { path, expected: expect.stringMatching(expected) } });
  });

  it("is 2 where a kernel lacks a call of the document", () => {
    const calls = JSON.parse(document) as Record<string, unknown>;
    calls["actors"] = [kernel({ fn: "clear_young_dirty_ptes", index: 0, nr: 1, flags: 1 })];
    expect(answer({ after: "6.9" }, JSON.stringify(calls))).toEqual({
      status: 2,
      problem: { path: "actors.0.calls.0.fn", expected: "a call that the 6.9 kernel has" },
    });
  });
});
