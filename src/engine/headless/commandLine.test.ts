import { describe, expect, it } from "vitest";
import { hexWords } from "../testing/drawing.ts";
import { kernel, mmu } from "../testing/scenarioOf.ts";
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
    ["no command", [], {}, /run or explore/],
    ["another command", ["walk"], {}, /walk is no command; run and explore are/],
    ["two files", ["run", "a", "b"], {}, /one file at a time: b is/],
    ["an option of explore for run", ["run"], { states: "5" }, /--states is for explore/],
    ["an unknown property", ["explore"], { properties: "scope,no-such" }, /"no-such" is not known; no-lost-dirty, .*, no-deadlock are/],
    ["an empty property", ["explore"], { properties: "" }, /"" is not known; no-lost-dirty, .*, no-deadlock are/],
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
