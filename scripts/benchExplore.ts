/**
 * npm run bench:explore: states a second of the search, all properties on, on three races at 16 entries. Prints figures
 * and judges nothing. Each run is a first one: a fresh process, the clock from the scenario's text to the verdict.
 */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { explore } from "../src/engine/explore/explore.ts";
import { findingsOf } from "../src/engine/explore/findings.ts";
import { resultOf } from "../src/engine/explore/graph/graph.ts";
import { PROPERTIES } from "../src/engine/explore/properties/property.ts";
import { subjectOf } from "../src/engine/lab.ts";
import { parseScenarioText } from "../src/engine/scenario/parse.ts";
import { innerLoopBytes } from "./innerLoop.mjs";

const RUNS = 5;
const LAST = 15;

const machine = (entries: object) => ({
  granule: "4K",
  va: "0x10000000",
  entries: 16,
  folios: [{ pfn: "0x1000", pages: 16 }],
  ptes: [entries],
});
const folded = machine({ index: 0, count: 16, pfn: "0x1000", prot: "rw", flags: ["cont"] });
const oneShort = machine({ index: 0, count: LAST, pfn: "0x1000", prot: "rw" });
const kernel = (...calls: object[]) => ({ kind: "kernel", calls });
const reader = (index: number) => kernel({ fn: "ptep_get_lockless", index });
const hardware = { kind: "mmu", accesses: [1, 2].map(() => ({ rw: "any", index: "any" })) };
const writable = (pfn: number): string => `0x${((BigInt(pfn) << 12n) | 0x68_0000_0000_0bc3n).toString(16)}`;
const setLast = (pfn: number) => ({ fn: "set_ptes", index: LAST, nr: 1, pte: writable(pfn) });
const takeLast = [
  { fn: "ptep_get_and_clear", index: LAST },
  { fn: "flush_tlb_page", index: LAST },
];

const MODELS: Readonly<Record<string, object>> = {
  "M1 unfold": { machine: folded, actors: [kernel({ fn: "ptep_get_and_clear", index: 8 }), reader(9), hardware] },
  "M2 unfold, change, refold": {
    machine: folded,
    actors: [kernel(...takeLast, setLast(0x2000), ...takeLast, setLast(0x100f)), reader(9), hardware],
  },
  "M3 fold, two readers": { machine: oneShort, actors: [kernel(setLast(0x100f)), reader(9), reader(0), hardware] },
};

interface Measured {
  readonly states: number;
  readonly transitions: number;
  readonly search: number;
  readonly whole: number;
  readonly bytes: number;
  readonly verdict: string;
}

async function measure(name: string): Promise<Measured> {
  const text = JSON.stringify({ version: 1, ...MODELS[name] });
  const began = performance.now();
  const parsed = parseScenarioText(text);
  if (!parsed.ok) throw new Error(`${parsed.problem.path}: ${parsed.problem.expected}`);
  const compiled = new WebAssembly.Module(await innerLoopBytes());
  const wishes = { bounds: { states: 20_000_000 }, properties: PROPERTIES, questions: [], first: false, compiled };
  const exploration = resultOf(explore(subjectOf(parsed.scenario), wishes, () => 0));
  const searched = performance.now();
  const { verdict } = resultOf(findingsOf(exploration, wishes));
  const { states, transitions, bytes } = exploration.space;
  return { states, transitions, bytes, verdict, search: searched - began, whole: performance.now() - began };
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const [, , only] = process.argv;
if (only !== undefined) process.stdout.write(JSON.stringify(await measure(only)));
else {
  process.stdout.write(`Medians of ${RUNS} first runs in fresh processes, all ${PROPERTIES.length} properties on.\n`);
  for (const name of Object.keys(MODELS)) {
    const self = fileURLToPath(import.meta.url);
    const runs = Array.from(
      { length: RUNS },
      () => JSON.parse(execFileSync(process.execPath, ["--import", "tsx", self, name], { encoding: "utf8" })) as Measured,
    );
    const [first] = runs;
    if (first === undefined) continue;
    const [search, whole] = [median(runs.map((run) => run.search)), median(runs.map((run) => run.whole))];
    const figures = [
      `${first.states} states`,
      `${first.transitions} steps`,
      `${Math.round(first.states / search)} 000 states/s`,
      `${(whole / 1000).toFixed(2)} s to everything that is told`,
      `${Math.round(first.bytes / first.states)} bytes a state`,
      first.verdict,
    ];
    process.stdout.write(`${name}: ${figures.join(", ")}\n`);
  }
}
