/** npm run conformance: holds our routines against Linux's own code, access by access (docs/conformance.md). */
import { fork } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { debianTree, type KernelTree, treeIn } from "../linux/tree.ts";
import { GRANULES, type GranuleName } from "../src/engine/hardware/granule.ts";
import { CALLS } from "../src/engine/kernel/calls.ts";
import { KERNEL_TAG } from "../src/engine/kernel/listing.ts";
import { type KernelChoice, PROFILES } from "../src/engine/kernel/variants/profiles.ts";
import { LinuxProblem } from "../src/engine/linux/compile.ts";
import { parseScenario } from "../src/engine/scenario/parse.ts";
import { problemSentence } from "../src/engine/scenario/problem.ts";
import { concurrentReport, drawnReport } from "./concurrent.ts";
import { recordingFile } from "./folders.ts";
import { builtLinux, type Linux, ours } from "./kernels.ts";
import { type Options, optionsFrom } from "./options.ts";
import { placesReport } from "./placesReport.ts";
import { documentsOf, type Recording, record } from "./recording.ts";
import { type Comparison, type Difference, type Findings, linesOf, scenarioOf } from "./sequential.ts";
import { sideBySide } from "./sideBySide.ts";
import { SMALLEST_BLOCK } from "./twoCpus.ts";
import { whatIfReport } from "./whatIf.ts";
import type { Done, Message, Work } from "./worker.ts";

/** Noting places takes much longer than comparing accesses, and says the same again after a while. */
const DOCUMENTS_WITH_PLACES = 1000;

const NOTHING: Findings = { differences: 0, lines: [] };

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
  const { record: recording, document } = options;
  const granules = recording || document !== undefined ? (Object.keys(GRANULES) as GranuleName[]) : options.granules;
  const tree = options.linux === undefined ? debianTree() : treeIn(options.linux);
  const linux = await builtLinux(tree, granules, say);
  if (recording) return writeRecording(linux, options.seed);
  if (document !== undefined) return show(document, linux);
  return compareAll(options, linux, tree);
}

async function compareAll(options: Options, linux: Linux, tree: KernelTree): Promise<boolean> {
  const { granules, path } = options;
  const kernel = kernelFor(options, linux.version);
  const compared = linux.calls.filter((fn) => !PROFILES.get(kernel.profile)?.lacks.includes(fn));
  const parts = await Promise.all(granules.map((granule) => comparedInProcess(granule, linux, options, kernel, compared)));
  const found: Findings[] = [
    path === undefined ? places(granules, linux, parts) : NOTHING,
    ...(path === undefined && granules.includes(SMALLEST_BLOCK)
      ? [
          concurrentReport(ours, linux.routines, kernel, compared),
          drawnReport(ours, linux.routines, kernel, compared, { seed: options.seed, documents: pairsFor(options.documents) }),
          await whatIfReport(tree, hasOurPlaces(linux), say),
        ]
      : []),
    ...granules.flatMap((granule, n) => {
      const part = parts[n];
      return part === undefined ? [] : [granuleReport(granule, linux, part)];
    }),
  ];
  const missing = [...CALLS.keys()].filter((fn) => !compared.includes(fn));
  for (const { lines } of found) for (const line of lines) print(line);
  if (missing.length > 0) print(`Not compared, because one of the kernels lacks them or they do not compile: ${missing.join(", ")}`);
  const differences = found.reduce((sum, part) => sum + part.differences, 0);
  print(`Our kernel: ${[kernel.profile, ...kernel.variants].join(" + ")}`);
  print(differences === 1 ? "1 difference" : `${differences} differences`);
  return differences === 0;
}

/** Every interleaving takes long: one such document for each thousand of the others, but some tens at least. */
function pairsFor(documents: number): number {
  return Math.max(60, Math.ceil(documents / 1000));
}

function comparedInProcess(
  granule: GranuleName,
  linux: Linux,
  { documents, granules, seed, path }: Options,
  kernel: KernelChoice,
  calls: readonly string[],
): Promise<Done> {
  const { plain, suspendable } = linux.code(granule);
  const drawing = { seed, documents: Math.ceil(documents / granules.length), ...(path !== undefined && { path }) };
  const placesIn = hasOurPlaces(linux) ? DOCUMENTS_WITH_PLACES : 0;
  const work: Work = { granule, plain, suspendable, drawing, calls, kernel, placesIn };
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

/** @throws LinuxProblem where there is no such kernel of ours */
function kernelFor({ profile, variants }: Options, version: string): KernelChoice {
  const kernel = { profile: profile ?? nearestProfile(version), variants };
  const parsed = parseScenario({ version: 1, machine: {}, kernel, actors: [{ kind: "kernel", calls: [] }] });
  if (!parsed.ok) throw new LinuxProblem(`${problemSentence(parsed.problem)}.`);
  return kernel;
}

/** The latest that is not newer; of a tree older than all of them the first. */
function nearestProfile(version: string): string {
  const [major, minor] = numbersOf(version);
  const [first = "", ...later] = PROFILES.keys();
  return later.reduce((best, id) => {
    const [a, b] = numbersOf(id);
    return a < major || (a === major && b <= minor) ? id : best;
  }, first);
}

function numbersOf(version: string): readonly [major: number, minor: number] {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return [major, minor];
}

/** Our listings name the lines of one kernel. */
function hasOurPlaces({ version }: Linux): boolean {
  return `v${version}` === KERNEL_TAG;
}

function places(granules: readonly GranuleName[], linux: Linux, parts: readonly Done[]): Findings {
  if (!hasOurPlaces(linux))
    return { differences: 0, lines: [`Places are not compared: our line numbers are those of Linux ${KERNEL_TAG}.`] };
  return placesReport(
    granules.map((granule, n) => ({ places: linux.code(granule).places, sightings: parts[n]?.sightings ?? [] })),
    granules.length === Object.keys(GRANULES).length && parts.every(({ comparison }) => comparison.documents >= DOCUMENTS_WITH_PLACES),
  );
}

function granuleReport(granule: GranuleName, linux: Linux, { comparison, values }: Done): Findings {
  const { difference, documents, accesses }: Comparison = comparison;
  return {
    differences: values.differences.length + (difference === undefined ? 0 : 1),
    lines: [
      ...values.differences.map((sentence) => `${granule}: ${sentence}`),
      ...(difference === undefined ? [] : differenceLines(granule, difference)),
      `${granule}: ${documents} documents, ${accesses} accesses compared with Linux ${linux.version}, and ${values.functions} functions on values`,
    ],
  };
}

function differenceLines(granule: GranuleName, { document, seed, path, ours: left, theirs: right }: Difference): readonly string[] {
  return [
    `\n${granule}: a difference. The smallest document that shows it:\n`,
    JSON.stringify(document),
    `\n${sideBySide(left, right)}\n`,
    `To see it again: npm run conformance -- --granule ${granule} --seed ${seed} --path ${path}\n`,
  ];
}

function writeRecording(linux: Linux, seed: number): boolean {
  const recording = record(linux.version, seed, linux.calls, linux.routines);
  mkdirSync(dirname(recordingFile), { recursive: true });
  writeFileSync(recordingFile, `${JSON.stringify(recording)}\n`);
  print(`${recording.digests.length} documents recorded with Linux ${linux.version}`);
  return true;
}

/** @returns whether both do the same on this document of the recording */
function show(number: number, linux: Linux): boolean {
  const recording = JSON.parse(readFileSync(recordingFile, "utf8")) as Recording;
  const document = documentsOf(recording)[number];
  if (document === undefined) throw new LinuxProblem(`The recording has documents 0 to ${recording.digests.length - 1}.`);
  const scenario = scenarioOf(document);
  const [left, right] = [linesOf(scenario, ours), linesOf(scenario, linux.routines)];
  print(`${JSON.stringify(document)}\n\n${sideBySide(left, right, true)}`);
  return left.join("\n") === right.join("\n");
}
