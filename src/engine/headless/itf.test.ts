import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { resultOf } from "../explore/graph/graph.ts";
import { machineFor } from "../lab.ts";
import type { MachineState } from "../machine/state.ts";
import type { Choice, Scenario } from "../scenario/scenario.ts";
import { aScenario, aSchedule, SEED } from "../testing/arbitraries.ts";
import { hexWords } from "../testing/drawing.ts";
import { type Read, type ReadTrace, readItf } from "../testing/itfReader.ts";
import { kernel, lock, mmu } from "../testing/scenarioOf.ts";
import { taskOf, type Words } from "./commandLine.ts";
import type { Answer } from "./commands.ts";
import { itfTrace } from "./itf.ts";

function run(document: object, values: Words["values"] = { itf: true }): Answer {
  const task = taskOf({ positionals: ["run"], values }, { clock: () => 0, tell: () => undefined });
  if (typeof task === "string") throw new Error(task);
  return task.command(JSON.stringify({ version: 1, ...document }));
}

const printed = ({ output }: Answer): ReadTrace => readItf(JSON.stringify(output));

/** As far as a schedule goes: the choices, and every state on the way. */
function walked(scenario: Scenario, schedule: readonly number[]): { choices: readonly Choice[]; states: readonly MachineState[] } {
  const machine = machineFor(scenario);
  const [choices, states]: [Choice[], MachineState[]] = [[], [machine.initial]];
  for (const pick of schedule) {
    const state = states.at(-1) ?? machine.initial;
    const offered = machine.choices(state);
    const choice = offered[pick % offered.length];
    const next = choice === undefined ? undefined : machine.step(state, choice);
    if (choice === undefined || next === undefined) break;
    choices.push(choice);
    states.push(next.state);
  }
  return { choices, states };
}

const pairs = (value: Read | undefined) => (typeof value === "object" && value.kind === "map" ? value.pairs : []);
const items = (value: Read | undefined) => (typeof value === "object" && "items" in value ? value.items : []);
const field = (value: Read | undefined, name: string): Read | undefined =>
  typeof value === "object" && value.kind === "record" ? value.fields.get(name) : undefined;

describe("a trace for other tools", () => {
  it("of any run is one by the grammar of the format, and says of every state what the machine has", () => {
    fc.assert(
      fc.property(aScenario, aSchedule, (scenario, schedule) => {
        const { choices, states } = walked(scenario, schedule);
        const traced = resultOf(itfTrace(machineFor(scenario), choices));
        if (!traced.ok) throw new Error("too long");
        const trace = readItf(JSON.stringify(traced.trace));
        expect(trace.states).toHaveLength(choices.length + 1);
        trace.states.forEach((told, n) => {
          const state = states[n];
          expect(pairs(told.get("table"))).toEqual(state?.table.words().map((word, index) => [BigInt(index), word]));
          expect(told.get("lock")).toBe(BigInt(state?.ptl ?? -1));
          expect(items(told.get("pending"))).toHaveLength(state?.pending.length ?? -1);
          expect(field(told.get("action"), "choice")).toBe(n === 0 ? "" : JSON.stringify(choices[n - 1]));
          const tlbs = new Map(pairs(told.get("tlbs")));
          state?.actors.forEach((own, actor) => {
            const about = new Map(pairs(told.get("actors"))).get(BigInt(actor));
            expect(field(about, "call")).toBe(BigInt(own.kind === "mmu" ? own.next : own.call));
            expect(items(field(about, "returns"))).toHaveLength(own.kind === "mmu" ? own.results.length : own.returns.length);
            expect(tlbs.has(BigInt(actor))).toBe(own.kind === "mmu");
            if (own.kind === "mmu") expect(items(tlbs.get(BigInt(actor)))).toHaveLength(own.tlb.length);
          });
        });
      }),
      { seed: SEED, numRuns: 60 },
    );
  });

  it("is of the run that the report is of, with the same exit status", () => {
    const document = {
      machine: { ptes: hexWords("CWy*3 Wy CWy*12") },
      actors: [mmu({ rw: "read", index: 3 }, { rw: "read", index: 4 }, { rw: "read", index: 3 })],
    };
    const report = run(document, {});
    const traced = run(document);
    expect(traced.status).toBe(report.status);
    expect(report.status).toBe(1);
    const last = printed(traced).states.at(-1);
    const returns = field(new Map(pairs(last?.get("actors"))).get(0n), "returns");
    expect(report.output).toMatchObject({ returns: [items(returns)] });
  });

  it("names who holds the lock, where everybody stands and what was done", () => {
    const { states, vars } = printed(run({ machine: {}, actors: [kernel(lock, lock)] }));
    expect(vars).toEqual(["action", "table", "lock", "pending", "actors", "tlbs"]);
    expect(states.map((state) => state.get("lock"))).toEqual([-1n, 0n]);
    expect(states.map((state) => field(state.get("action"), "op"))).toEqual(["init", "lock"]);
    expect(field(new Map(pairs(states[1]?.get("actors"))).get(0n), "label")).toBe("ptl_lock.acquire");
  });

  it("is refused where the choices cannot be followed, as a run is", () => {
    const document = { machine: {}, actors: [kernel(lock)], choices: [0, 0] };
    expect(run(document)).toMatchObject({ status: 2, problem: { path: "choices.1" } });
  });

  it("that no memory would hold is refused in a sentence", () => {
    const entries = 512;
    const spinner = kernel({ fn: "ptep_get_lockless", index: 9 });
    const machine = { entries, ptes: [{ index: 8, count: 8, pfn: "0x1008", prot: "rw", flags: ["cont"] }] };
    expect(run({ machine, actors: [spinner], choices: Array.from({ length: 5000 }, () => 0) })).toMatchObject({
      status: 2,
      problem: { path: "--itf", expected: "a run of at most 3,905 steps, as every state tells the whole table" },
    });
  });
});

describe("the reader of traces that this is tested with", () => {
  const trace = (x: unknown, more: object = {}): string => JSON.stringify({ vars: ["x"], states: [{ x }], ...more });

  it.each<[string, string]>([
    ["a bare number", trace(1)],
    ["an integer that is none", trace({ "#bigint": "0x1" })],
    ["null", trace(null)],
    ["a special field beside another", trace({ "#set": [], y: "" })],
    ["an unknown special field", trace({ "#list": [] })],
    ["a set with something twice", trace({ "#set": ["a", "a"] })],
    [
      "a map with a key twice",
      trace({
        "#map": [
          ["a", "b"],
          ["a", "c"],
        ],
      }),
    ],
    ["a pair that is three", trace({ "#map": [["a", "b", "c"]] })],
    ["a list of several types", trace(["a", true])],
    ["a variable too many", JSON.stringify({ vars: [], states: [{ x: "" }] })],
    ["a variable too few", JSON.stringify({ vars: ["x", "y"], states: [{ x: "" }] })],
    ["a variable of two types", JSON.stringify({ vars: ["x"], states: [{ x: "" }, { x: true }] })],
    ["a field of its own", trace("", { comment: "" })],
    ["no state", JSON.stringify({ vars: ["x"], states: [] })],
  ])("refuses %s", (_, text) => {
    expect(() => readItf(text)).toThrow("not a trace");
  });
});
