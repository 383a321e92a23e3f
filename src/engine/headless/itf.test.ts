import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { subjectOf } from "../lab.ts";
import { aScenario, SEED } from "../testing/arbitraries.ts";
import { hexWord, hexWords } from "../testing/drawing.ts";
import { kernel, mmu, scenarioOf } from "../testing/scenarioOf.ts";
import { itfTrace } from "./itf.ts";
import { runReport } from "./runReport.ts";

const IDENTIFIER = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** The grammar of expressions in ADR 015, without what is optional there. @returns where it is broken */
function broken(value: unknown, at: string): string | undefined {
  if (typeof value === "boolean" || typeof value === "string") return undefined;
  if (Array.isArray(value)) return value.map((own, n) => broken(own, `${at}[${n}]`)).find((place) => place !== undefined);
  if (typeof value !== "object" || value === null) return at;
  const names = Object.keys(value);
  if (names.includes("#bigint")) {
    const digits = (value as Record<string, unknown>)["#bigint"];
    return names.length === 1 && typeof digits === "string" && /^-?\d+$/.test(digits) ? undefined : at;
  }
  if (!names.every((name) => IDENTIFIER.test(name))) return at;
  return Object.entries(value)
    .map(([name, own]) => broken(own, `${at}.${name}`))
    .find((place) => place !== undefined);
}

describe("a run as an ITF trace", () => {
  it("follows the format, and has a state before every step of the run and after the last", () => {
    fc.assert(
      fc.property(aScenario, (scenario) => {
        const result = itfTrace(scenario);
        const report = runReport(scenario);
        if (!result.ok || !report.ok) throw new Error("a scenario that was drawn runs");
        const trace = JSON.parse(JSON.stringify(result.trace));
        expect(Object.keys(trace)).toEqual(["#meta", "params", "vars", "states"]);
        expect(trace.vars.every((name: string) => IDENTIFIER.test(name))).toBe(true);
        expect(trace.states).toHaveLength(report.report.steps.length + 1);
        for (const [index, { "#meta": meta, ...values }] of trace.states.entries()) {
          expect(meta).toEqual({ index });
          expect(Object.keys(values).sort()).toEqual([...trace.vars].sort());
          for (const [name, value] of Object.entries(values)) expect(broken(value, name)).toBeUndefined();
        }
        const last = trace.states.at(-1).table.map((word: { "#bigint": string }) => `0x${BigInt(word["#bigint"]).toString(16)}`);
        expect(last).toEqual(report.report.ptes);
      }),
      { seed: SEED, numRuns: 40 },
    );
  });

  it("tells each step, the lock, TLBs and what was returned", () => {
    const scenario = scenarioOf({
      machine: { ptes: hexWords("Wy*16") },
      actors: [kernel({ fn: "ptep_get", index: 2 }), mmu({ rw: "read", index: 2 })],
    });
    const result = itfTrace({ ...scenario, choices: [1, 0] });
    if (!result.ok) throw new Error("it runs");
    const [first, walked, read] = result.trace.states;
    expect(first).toMatchObject({ ptl: { "#bigint": "-1" }, step: {}, actors: [{ kind: "kernel" }, { kind: "mmu", tlb: [] }] });
    expect(walked).toMatchObject({
      step: { op: "read", index: { "#bigint": "2" } },
      actors: [{}, { tlb: [{ start: { "#bigint": "2" }, writable: false }] }],
    });
    const word = { "#bigint": `${BigInt(hexWord("Wy", 0x1002n))}` };
    expect(read).toMatchObject({ actors: [{ returns: [[word]] }, {}] });
  });

  it("is refused where the choices cannot be followed", () => {
    const scenario = scenarioOf({ machine: { ptes: hexWords("W*16") }, actors: [kernel({ fn: "ptep_get", index: 2 })] });
    expect(itfTrace({ ...subjectOf(scenario).scenario, choices: [0, 0] })).toMatchObject({ ok: false, problem: { path: "choices.1" } });
  });
});
