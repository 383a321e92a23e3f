import { describe, expect, it } from "vitest";
import { builtInRoutines } from "../kernel/calls.ts";
import { LINUX_6_12 } from "../kernel/linux612.ts";
import type { ScenarioDocument } from "../scenario/document.ts";
import { hexWord, hexWords } from "../testing/drawing.ts";
import { kernel, lock, mmu, scenarioOf, unlock } from "../testing/scenarioOf.ts";
import { lineOf, runCommand } from "./commands.ts";
import { runReport } from "./runReport.ts";

type Parts = Parameters<typeof scenarioOf>[0];

const run = runCommand();

function reportOf(parts: Parts) {
  const result = runReport(scenarioOf(parts));
  if (!result.ok) throw new Error(`refused: ${result.problem.path}`);
  return result.report;
}

const tableOf = (drawing: string, more: Partial<ScenarioDocument["machine"]> = {}): Pick<Parts, "machine"> => ({
  machine: { ptes: hexWords(drawing), ...more },
});
const at = (token: string, index: number) => hexWord(token, 0x1000n + BigInt(index));
const text = (parts: Parts) => JSON.stringify({ version: 1, machine: {}, ...parts });

describe("a run's report", () => {
  it("of an unfold has the fields and spellings of the design, step by step", () => {
    const { steps, ...rest } = reportOf({ ...tableOf("CWy*16"), actors: [kernel({ fn: "ptep_get_and_clear", index: 4 })] });
    const fn = "ptep_get_and_clear";
    const slots = Array.from({ length: 16 }, (_, i) => i);
    expect(steps).toEqual([
      { actor: 0, fn, op: "read", index: 4, old: at("CWy", 4), label: "ptep_get_and_clear.read" },
      ...slots.map((index) => ({ actor: 0, fn, op: "xchg", index, old: at("CWy", index), new: "0x0", label: "contpte_convert.clear" })),
      { actor: 0, fn, op: "tlbi", index: 0, nr: 16, stride: 4096, lastLevel: true, level: 3, sync: true, label: "contpte_convert.flush" },
      ...slots.map((index) => ({ actor: 0, fn, op: "write", index, old: "0x0", new: at("Wy", index), label: "contpte_convert.set" })),
      { actor: 0, fn, op: "xchg", index: 4, old: at("Wy", 4), new: "0x0", label: "ptep_get_and_clear.clear" },
    ]);
    expect(rest).toEqual({ returns: [[at("Wy", 4)]], ptes: hexWords("Wy*4 . Wy*11"), faults: [], warnings: [] });
  });

  it("shows locks without an entry, and a void call returns nothing", () => {
    const { steps, returns } = reportOf({ ...tableOf("."), actors: [kernel(lock, { fn: "ptep_get", index: 0 }, unlock)] });
    expect(steps[0]).toEqual({ actor: 0, fn: "ptl_lock", op: "lock", label: "ptl_lock.acquire" });
    expect(steps[2]).toEqual({ actor: 0, fn: "ptl_unlock", op: "unlock", label: "ptl_unlock.release" });
    expect(returns).toEqual([["0x0"]]);
  });

  it("shows what hardware did, and its faults", () => {
    const { steps, returns, faults } = reportOf({
      ...tableOf("Wy ."),
      actors: [mmu({ rw: "write", index: 0 }, { rw: "write", index: 0 }, { rw: "read", index: 1 })],
    });
    expect(steps).toEqual([
      { actor: 0, op: "write", index: 0, result: "ok", hit: false, updated: 0, old: at("Wy", 0), new: at("Why", 0) },
      { actor: 0, op: "write", index: 0, result: "ok", hit: true },
      { actor: 0, op: "read", index: 1, result: "fault-translation", hit: false },
    ]);
    expect(returns).toEqual([["ok", "ok", "fault-translation"]]);
    expect(faults).toEqual([{ step: 2, actor: 0, index: 1, fault: "fault-translation" }]);
  });

  it("tells of an unlock by someone who does not hold the lock, every time", () => {
    const { warnings } = reportOf({ ...tableOf("."), actors: [kernel(unlock, lock, unlock, unlock)] });
    expect(warnings.map(({ step, actor, label }) => ({ step, actor, label }))).toEqual([
      { step: 0, actor: 0, label: "ptl_unlock.release" },
      { step: 3, actor: 0, label: "ptl_unlock.release" },
    ]);
  });

  it("runs the actors to completion one after another, in order", () => {
    const reads = kernel({ fn: "ptep_get", index: 0 }, { fn: "ptep_get", index: 1 });
    expect(reportOf({ ...tableOf("."), actors: [reads, reads, mmu({ rw: "read", index: 0 })] }).steps.map((step) => step.actor)).toEqual([
      0, 0, 1, 1, 2,
    ]);
  });

  it("with choices runs exactly those and no further", () => {
    const reads = kernel({ fn: "ptep_get", index: 0 }, { fn: "ptep_get", index: 1 });
    const report = reportOf({ ...tableOf("."), actors: [reads, reads], choices: [1, 0, 1] });
    expect(report.steps.map((step) => step.actor)).toEqual([1, 0, 1]);
    expect(report.returns).toEqual([["0x0"], ["0x0", "0x0"]]);
  });

  it("takes hardware's freedoms from the choices", () => {
    const report = reportOf({
      ...tableOf("CWy*16", { adUpdate: "any" }),
      actors: [mmu({ rw: "any", index: "any" })],
      choices: [{ actor: 0, access: ["write", 3], entry: 9 }],
    });
    expect(report.steps).toEqual([
      { actor: 0, op: "write", index: 3, result: "ok", hit: false, updated: 9, old: at("CWy", 9), new: at("CWhy", 9) },
    ]);
  });
});

describe("an actor that gets nowhere", () => {
  it("is listed as spinning when it reads a half-cleared CONT block for ever", () => {
    const report = reportOf({
      ...tableOf("CW*8 .*8"),
      actors: [kernel({ fn: "ptep_get_lockless", index: 2 }), kernel({ fn: "ptep_get", index: 15 })],
    });
    expect(report.spinning).toEqual([0]);
    expect(report.blocked).toBeUndefined();
    expect(report.returns).toEqual([[], ["0x0"]]);
  });

  it("is listed as blocked when it takes the lock twice, and so is who waits behind it", () => {
    const report = reportOf({ ...tableOf("."), actors: [kernel(lock, lock), kernel(lock), kernel({ fn: "ptep_get", index: 0 })] });
    expect(report.blocked).toEqual([0, 1]);
    expect(report.spinning).toBeUndefined();
    expect(report.returns).toEqual([[], [], ["0x0"]]);
  });

  it("is not mentioned when everybody finishes", () => {
    const report = reportOf({
      ...tableOf("CW*16"),
      actors: [kernel({ fn: "ptep_get_lockless", index: 2 }, { fn: "ptep_get_lockless", index: 2 })],
    });
    expect(Object.keys(report).sort()).toEqual(["faults", "ptes", "returns", "steps", "warnings"]);
  });
});

describe("the exit status", () => {
  const reader = kernel({ fn: "ptep_get", index: 0 });

  it("is 0 for a run, faults and spinning included", () => {
    expect(
      run(text({ ...tableOf("CW*8 .*8"), actors: [kernel({ fn: "ptep_get_lockless", index: 2 }), mmu({ rw: "read", index: 15 })] })).status,
    ).toBe(0);
  });

  it("is 1 where the run itself violated a property, and the report says which", () => {
    // Entry 3 was cached as a page; a block entry laid over it answers for it too.
    const accesses = mmu({ rw: "read", index: 3 }, { rw: "read", index: 4 }, { rw: "read", index: 3 });
    const table = hexWords("CWy*3 Wy CWy*12");
    expect(run(text({ machine: { ptes: table }, actors: [accesses] }))).toMatchObject({
      status: 1,
      output: { violations: [{ step: 2, actor: 0, property: "tlb-unique", index: 3 }] },
    });
    expect(run(text({ machine: { ptes: table, bbm: 2 }, actors: [accesses] })).status).toBe(0);
  });

  it("is 2 for bad input, with the problem and no output", () => {
    const answer = run("[]");
    expect(answer.status).toBe(2);
    expect(answer.output).toBeUndefined();
    expect(answer.problem).toBeDefined();
  });

  it("is 2 for a choice that is not on offer, naming its step and what is", () => {
    expect(run(text({ ...tableOf("."), actors: [reader, reader], choices: [0, 0] }))).toEqual({
      status: 2,
      problem: { path: "choices.1", expected: "one of the choices on offer there: 1" },
    });
    expect(run(text({ ...tableOf("."), actors: [reader], choices: [0, 0] }))).toEqual({
      status: 2,
      problem: { path: "choices.1", expected: "left out: the run has ended" },
    });
  });

  it("of a choice with a freedom that nobody offered is 2 as well", () => {
    expect(run(text({ ...tableOf("W*16"), actors: [mmu({ rw: "write", index: 0 })], choices: [{ actor: 0, entry: 0 }] }))).toEqual({
      status: 2,
      problem: { path: "choices.0", expected: "one of the choices on offer there: 0" },
    });
  });
});

describe("a line of --jsonl", () => {
  it("is the report, or the error with its path", () => {
    const good = run(text({ ...tableOf("."), actors: [kernel({ fn: "ptep_get", index: 0 })] }));
    expect(lineOf(good)).toBe(good.output);
    expect(lineOf(run('{"version":9}'))).toEqual({ error: { path: "version", expected: expect.stringMatching(/^1, the version/) } });
  });

  it("is JSON: words as text, nothing that JSON cannot say", () => {
    const line = lineOf(
      run(text({ ...tableOf("CWy*16"), actors: [kernel({ fn: "ptep_get_and_clear", index: 4 }), mmu({ rw: "write", index: 0 })] })),
    );
    expect(JSON.parse(JSON.stringify(line))).toEqual(line);
  });

  it("of one document does not depend on those before it", () => {
    const document = text({ ...tableOf("CWy*16"), actors: [kernel({ fn: "ptep_get_and_clear", index: 4 })] });
    const alone = run(document);
    run("broken");
    expect(run(document)).toEqual(alone);
  });
});

describe("the calls this version knows", () => {
  it("refuse to run when validation was left out", () => {
    const provider = builtInRoutines({
      granule: { name: "4K", pageShift: 12, pageSize: 4096n, contPtes: 16, contSize: 65536n, addressMask: 0n },
      va: 0n,
      mm: "user",
      folios: [],
      code: LINUX_6_12,
    });
    expect(() => provider.routine({ fn: "no_such_call", args: {} })).toThrow("no_such_call");
  });
});
