/** npm run conformance: holds our routines against Linux's own code, access by access (docs/conformance.md). */
import { fork } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { GranuleName } from "../src/engine/hardware/granule.ts";
import { GRANULES } from "../src/engine/hardware/granule.ts";
import { builtInRoutines, CALLS } from "../src/engine/kernel/calls.ts";
import { KERNEL_TAG } from "../src/engine/kernel/listing.ts";
import { kernelOf } from "../src/engine/lab.ts";
import { type LinuxCode, LinuxProblem } from "../src/engine/linux/compile.ts";
import { linuxRoutines, offers } from "../src/engine/linux/provider.ts";
import type { CodePlace } from "../src/engine/linux/toolchain.ts";
import type { RoutineProvider } from "../src/engine/routine.ts";
import type { Scenario } from "../src/engine/scenario/scenario.ts";
import { builtKernel } from "./build.ts";
import { CONCURRENT, outcomes } from "./concurrent.ts";
import { recordingFile } from "./folders.ts";
import { type KernelTree, kernelTree } from "./kernelTree.ts";
import { type Options, optionsFrom } from "./options.ts";
import { ALL_LABELS, OF_THE_SHIM, type Sighting, type WrongPlace, wrongPlace } from "./places.ts";
import { documentsOf, type Recording, record } from "./recording.ts";
import { type Difference, linesOf, type ProviderOf, scenarioOf } from "./sequential.ts";
import { sideBySide } from "./sideBySide.ts";
import type { Message, Work } from "./worker.ts";

type Kernels = ReadonlyMap<GranuleName, LinuxCode>;
type Done = Extract<Message, { kind: "done" }>;

/** Noting places takes much longer than comparing accesses, and says the same again after a while. */
const DOCUMENTS_WITH_PLACES = 1000;

const print = (text: string): void => void process.stdout.write(`${text}\n`);
const say = (text: string): void => void process.stderr.write(`${text}\n`);

try {
  process.exitCode = (await main(optionsFrom(process.argv.slice(2)))) ? 0 : 1;
} catch (error) {
  if (!(error instanceof LinuxProblem)) throw error;
  say(error.message);
  process.exitCode = 2;
}

/** @returns whether there was no difference */
async function main(options: Options): Promise<boolean> {
  const tree = kernelTree(options.linux);
  const all = options.record || options.document !== undefined;
  const kernels = await built(tree, all ? (Object.keys(GRANULES) as GranuleName[]) : options.granules);
  if (options.record) return writeRecording(tree, options, kernels);
  if (options.document !== undefined) return show(options.document, kernels);

  const results = await Promise.all(options.granules.map((granule) => compared(granule, codeOf(kernels, granule), options)));
  const sameKernel = `v${tree.version}` === KERNEL_TAG;
  if (!sameKernel) print(`The line numbers of this engine are those of Linux ${KERNEL_TAG}: places are not compared.`);
  const wrongPlaces = options.path === undefined && sameKernel ? await checkPlaces(options.granules, kernels, results) : 0;
  const wrongOutcomes = options.path === undefined ? compareOutcomes(kernels) : 0;

  let differences = wrongPlaces + wrongOutcomes;
  print("");
  options.granules.forEach((granule, n) => {
    const result = results[n];
    if (result === undefined) return;
    const { comparison, values } = result;
    for (const sentence of values.differences) print(`${granule}: ${sentence}`);
    if (comparison.difference !== undefined) printDifference(granule, comparison.difference);
    differences += values.differences.length + (comparison.difference === undefined ? 0 : 1);
    print(
      `${granule}: ${comparison.documents} documents, ${comparison.accesses} steps compared with Linux ${tree.version}; ${values.functions} functions on values`,
    );
  });
  const offered = callsOffered(kernels);
  const missing = [...CALLS.keys()].filter((fn) => !offered.includes(fn));
  if (missing.length > 0) print(`Not compared, because this kernel's code is not compiled: ${missing.join(", ")}`);
  print(differences === 1 ? "1 difference" : `${differences} differences`);
  return differences === 0;
}

async function built(tree: KernelTree, granules: readonly GranuleName[]): Promise<Kernels> {
  const kernels = new Map<GranuleName, LinuxCode>();
  for (const granule of granules) kernels.set(granule, await builtKernel(tree, granule));
  return kernels;
}

function codeOf(kernels: Kernels, granule: GranuleName): LinuxCode {
  const code = kernels.get(granule);
  if (code === undefined) throw new Error(`no kernel was compiled for ${granule}`);
  return code;
}

function ours(scenario: Scenario): RoutineProvider {
  return builtInRoutines(kernelOf(scenario));
}

function moduleOf(code: LinuxCode): WebAssembly.Module {
  return new WebAssembly.Module(code.suspendable as BufferSource);
}

function callsOffered(kernels: Kernels): readonly string[] {
  const [module] = [...kernels.values()].map(moduleOf);
  return [...CALLS.keys()].filter((fn) => module !== undefined && offers(module, fn));
}

function linuxOf(kernels: Kernels): ProviderOf {
  const modules = new Map([...kernels].map(([granule, code]) => [granule, moduleOf(code)]));
  return (scenario) => {
    const module = modules.get(scenario.granule);
    if (module === undefined) throw new Error(`no kernel was compiled for ${scenario.granule}`);
    return linuxRoutines(module, kernelOf(scenario));
  };
}

function compared(granule: GranuleName, { plain, suspendable }: LinuxCode, options: Options): Promise<Done> {
  const { documents, seed, path } = options;
  const drawing = { seed, documents, ...(path !== undefined && { path }) };
  const work: Work = { granule, plain, suspendable, drawing, placesIn: DOCUMENTS_WITH_PLACES };
  return new Promise((resolve, reject) => {
    const worker = fork(fileURLToPath(new URL("./worker.ts", import.meta.url)), { serialization: "advanced" });
    worker.on("error", reject);
    worker.on("exit", (code) => reject(new Error(`the comparison for ${granule} ended with exit code ${code}`)));
    worker.on("message", (message: Message) => {
      if (message.kind === "done") {
        resolve(message);
        worker.disconnect();
      } else say(`${granule}: ${message.documents} documents`);
    });
    worker.send(work);
  });
}

function printDifference(granule: GranuleName, { document, seed, path, ours: left, theirs: right }: Difference): void {
  print(`\n${granule}: a difference. The smallest document that shows it:\n\n${JSON.stringify(document)}\n`);
  print(sideBySide(left, right));
  print(`\nTo see it again: npm run conformance -- --granule ${granule} --seed ${seed} --path ${path}\n`);
}

/** @returns how many distinct places are wrong */
async function checkPlaces(granules: readonly GranuleName[], kernels: Kernels, results: readonly Done[]): Promise<number> {
  const { toolchain } = await import("./toolchain.ts");
  const proven = new Map<string, number>();
  const wrong = new Map<string, WrongPlace>();
  for (const [n, granule] of granules.entries()) {
    const sightings: readonly Sighting[] = results[n]?.sightings ?? [];
    const offsets = [...new Set(sightings.flatMap((sighting) => sighting.offsets))];
    const frames = await toolchain.locate(codeOf(kernels, granule).plain, offsets);
    const at = new Map<number, readonly CodePlace[]>(offsets.map((offset, i) => [offset, frames[i] ?? []]));
    for (const sighting of sightings) {
      const problem = wrongPlace(sighting, (offset) => at.get(offset) ?? []);
      if (problem !== undefined) wrong.set(problem.label, problem);
      else for (const label of sighting.labels) proven.set(label, (proven.get(label) ?? 0) + sighting.times);
    }
  }
  printPlaces(proven, [...wrong.values()]);
  return wrong.size;
}

function printPlaces(proven: ReadonlyMap<string, number>, wrong: readonly WrongPlace[]): void {
  const stateOf = (label: string): string => {
    if (OF_THE_SHIM.has(label)) return "of the shim: nothing to compare";
    const times = proven.get(label);
    return times === undefined ? "not proven" : `proven, ${times} times`;
  };
  print("Places (label: whether the kernel's debug information names the same file, function and line)");
  for (const label of ALL_LABELS) print(`  ${label.padEnd(52)} ${stateOf(label)}`);
  const line = (places: readonly (CodePlace | undefined)[]): string =>
    places.map((place) => (place === undefined ? "(not listed)" : `${place.fn} ${place.file}:${place.line}`)).join(" < ");
  for (const { label, labels, claimed, kernel } of wrong) {
    print(`  WRONG ${label}, seen at ${labels.join(" < ")}\n    this engine: ${line(claimed)}\n    Linux:       ${line(kernel)}`);
  }
}

/** @returns how many of the documents have other outcomes in Linux */
function compareOutcomes(kernels: Kernels): number {
  if (!kernels.has("4K")) return 0;
  const theirs = linuxOf(kernels);
  let wrong = 0;
  print("\nTwo CPUs: every interleaving (states of this engine, states of Linux, distinct outcomes)");
  for (const document of CONCURRENT) {
    const scenario = scenarioOf(document);
    const [a, b] = [outcomes(scenario, ours(scenario)), outcomes(scenario, theirs(scenario))];
    const same = JSON.stringify(a.outcomes) === JSON.stringify(b.outcomes);
    print(
      `  ${(document.title ?? "").padEnd(52)} ${String(a.states).padStart(7)} ${String(b.states).padStart(7)} ${String(a.outcomes.length).padStart(5)}${same ? "" : "  DIFFER"}`,
    );
    if (same) continue;
    wrong++;
    for (const outcome of a.outcomes) if (!b.outcomes.includes(outcome)) print(`    only this engine: ${outcome}`);
    for (const outcome of b.outcomes) if (!a.outcomes.includes(outcome)) print(`    only Linux: ${outcome}`);
  }
  return wrong;
}

function writeRecording(tree: KernelTree, { seed }: Options, kernels: Kernels): boolean {
  const recording = record(tree.version, seed, callsOffered(kernels), linuxOf(kernels));
  mkdirSync(dirname(recordingFile), { recursive: true });
  writeFileSync(recordingFile, `${JSON.stringify(recording)}\n`);
  print(`${recording.digests.length} documents recorded with Linux ${tree.version}`);
  return true;
}

function show(number: number, kernels: Kernels): boolean {
  const recording = JSON.parse(readFileSync(recordingFile, "utf8")) as Recording;
  const document = documentsOf(recording)[number];
  if (document === undefined) throw new LinuxProblem(`The recording has documents 0 to ${recording.digests.length - 1}.`);
  const scenario = scenarioOf(document);
  const [left, right] = [linesOf(scenario, ours), linesOf(scenario, linuxOf(kernels))];
  print(`${JSON.stringify(document)}\n\n${sideBySide(left, right, true)}`);
  return left.join("\n") === right.join("\n");
}
