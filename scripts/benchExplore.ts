/**
 * npm run bench:explore: our search beside SPIN, on three races at 16 entries, all safety properties on. Prints figures
 * and judges nothing. Every run is a first one, in a fresh process; the clock runs from the scenario's text in hand to
 * the verdict. SPIN gets the model that `lab promela` exports, without its reductions and without compaction. States a
 * second are those of our full search, which finds as many as SPIN; the verdict is also had from the reduced one. In the
 * browser the clock runs from the click to the frame that says what is violated or that nothing is, in a new page each time.
 */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { explore } from "../src/engine/explore/explore.ts";
import { resultOf } from "../src/engine/explore/graph/graph.ts";
import { PROPERTIES } from "../src/engine/explore/properties/property.ts";
import { subjectOf } from "../src/engine/lab.ts";
import { promelaOf } from "../src/engine/promela/promela.ts";
import { parseScenarioText } from "../src/engine/scenario/parse.ts";
import { innerLoopBytes } from "./innerLoop.mjs";
import { type Aim, type PanRun, runModel, spinMissing } from "./spinModel.ts";

const RUNS = 5;
const LAST = 15;
const SAFETY = PROPERTIES.filter((id) => id !== "reader-progress");

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

/** A fold that forgets its flush, under the same readers and hardware. */
const SEEDED = "M3 without the flush";

const documentOf = (name: string): object => ({
  version: 1,
  ...(name === SEEDED ? { ...MODELS["M3 fold, two readers"], kernel: { profile: "6.12", variants: ["convert-no-tlbi"] } } : MODELS[name]),
});

const textOf = (name: string): string => JSON.stringify(documentOf(name));

function subjectIn(text: string) {
  const parsed = parseScenarioText(text);
  if (!parsed.ok) throw new Error(`${parsed.problem.path}: ${parsed.problem.expected}`);
  return subjectOf(parsed.scenario);
}

interface Measured {
  readonly states: number;
  readonly transitions: number;
  readonly bytes: number;
  /** To the verdict. */
  readonly seconds: number;
  /** Of the shortest way to a failure, if one was found. */
  readonly steps: number | undefined;
  /** From the start of the process to the scenario's text in hand. */
  readonly before: number;
}

type How = "compiled" | "plain" | "reduced" | "shortest";

/** In a process of its own. */
async function measure(name: string, how: How): Promise<Measured> {
  const compiled = how === "plain" ? undefined : new WebAssembly.Module(await innerLoopBytes());
  const reduced = how === "reduced";
  const text = textOf(name);
  const began = performance.now();
  const wishes = { bounds: { states: 20_000_000 }, properties: SAFETY, questions: [], first: how === "shortest", compiled, reduced };
  const { space, failures } = resultOf(explore(subjectIn(text), wishes, () => 0));
  const { states, transitions, bytes } = space;
  return {
    states,
    transitions,
    bytes,
    steps: failures[0]?.choices.length,
    seconds: (performance.now() - began) / 1000,
    before: began / 1000,
  };
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const rate = (states: number, seconds: number): string => `${Math.round(states / seconds / 1000)} 000 states/s`;
const seconds = (time: number): string => `${time.toFixed(2)} s`;

function ours(name: string, how: How): Measured {
  const self = fileURLToPath(import.meta.url);
  const runs = Array.from(
    { length: RUNS },
    () => JSON.parse(execFileSync(process.execPath, ["--import", "tsx", self, name, how], { encoding: "utf8" })) as Measured,
  );
  const [first] = runs;
  if (first === undefined) throw new Error("there were no runs");
  return { ...first, seconds: median(runs.map((run) => run.seconds)), before: median(runs.map((run) => run.before)) };
}

interface Pipeline {
  readonly states: number;
  readonly failedAt: number | undefined;
  readonly whole: number;
  readonly run: number;
}

function theirs(model: string, optimize: "-O0" | "-O2", aim: Aim = "all"): Pipeline {
  const runs: readonly PanRun[] = Array.from({ length: RUNS }, () => runModel(model, optimize, aim));
  const wholes = runs.map((run) => run.seconds.generate + run.seconds.compile + run.seconds.run);
  return {
    states: runs[0]?.states ?? 0,
    failedAt: runs[0]?.failedAt,
    whole: median(wholes),
    run: median(runs.map((run) => run.seconds.run)),
  };
}

async function bench(): Promise<void> {
  const missing = spinMissing();
  // Only here, so that the processes measured do not load it.
  const { openLab } = await import("./clickToVerdict.mjs");
  const lab = await openLab();
  say(`Medians of ${RUNS} first runs in fresh processes, ${SAFETY.length} properties on.`);
  if (missing !== undefined) say(`${missing} Only our side is measured.`);
  for (const name of Object.keys(MODELS)) {
    const [fast, plain, reduced] = [ours(name, "compiled"), ours(name, "plain"), ours(name, "reduced")];
    say(`${name}: ${fast.states} states, ${fast.transitions} steps, ${Math.round(fast.bytes / fast.states)} bytes a state`);
    say(
      `  WebAssembly: ${seconds(fast.seconds)} to the verdict, ${rate(fast.states, fast.seconds)} (start of the process: ${seconds(fast.before)})`,
    );
    say(`  TypeScript:  ${seconds(plain.seconds)} to the verdict, ${rate(plain.states, plain.seconds)}`);
    say(`  Reduced:     ${seconds(reduced.seconds)} to the verdict, ${reduced.states} states, WebAssembly`);
    const clicks: number[] = [];
    for (let run = 0; run < RUNS; run++) clicks.push(await lab.clickToVerdict(textOf(name)));
    say(`  Browser:     ${seconds(median(clicks) / 1000)} from the click to the verdict`);
    if (missing !== undefined) continue;
    const model = promelaOf(subjectIn(textOf(name)), SAFETY);
    const [quick, good] = [theirs(model, "-O0"), theirs(model, "-O2")];
    say(`  SPIN -O0:    ${seconds(quick.whole)} to the verdict, ${seconds(quick.run)} of it the checker`);
    say(`  SPIN -O2:    ${seconds(good.whole)} to the verdict, ${seconds(good.run)} of it the checker, ${rate(good.states, good.run)}`);
    if (good.states !== fast.states) say(`  THE STATES DIFFER: SPIN has ${good.states}`);
    const whole = Math.min(quick.whole, good.whole);
    const verdict = Math.min(fast.seconds, reduced.seconds);
    const ratios = [
      `to the verdict ${(whole / verdict).toFixed(2)} times as fast as the faster pipeline`,
      `states a second ${(good.run / fast.seconds).toFixed(2)} times the checker's, in TypeScript ${(good.run / plain.seconds).toFixed(2)} times`,
    ];
    say(`  ${ratios.join("; ")}`);
  }
  const found = ours(SEEDED, "shortest");
  say(`${SEEDED}: a shortest counterexample has ${found.steps} steps`);
  say(`  WebAssembly: ${seconds(found.seconds)}, ${found.states} states`);
  const clicks: number[] = [];
  for (let run = 0; run < RUNS; run++) clicks.push(await lab.clickToVerdict(textOf(SEEDED)));
  say(`  Browser:     ${seconds(median(clicks) / 1000)} from the click to the verdict on all properties`);
  if (missing === undefined) {
    const { run, states, failedAt } = theirs(promelaOf(subjectIn(textOf(SEEDED)), SAFETY), "-O2", "shortest");
    say(`  SPIN -O2:    ${seconds(run)}, breadth-first, the checker alone, ${states} states, at depth ${failedAt}`);
    say(
      `  in ${(run / found.seconds).toFixed(2)} of its time ours finds it once; the browser ${((run * 1000) / median(clicks)).toFixed(2)}`,
    );
  }
  await lab.close();
}

const [, , only, how = "compiled"] = process.argv;
if (only !== undefined) process.stdout.write(JSON.stringify(await measure(only, how as How)));
else await bench();
