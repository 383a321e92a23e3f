/** `lab`: the engine without a browser. Reads, calls, prints; everything else is in `headless/`. */
import { once } from "node:events";
import { createReadStream } from "node:fs";
import { parseArgs } from "node:util";
import { innerLoopBytes } from "../../scripts/innerLoop.mjs";
import { OPTIONS, type Task, taskOf, USAGE, type Words } from "./headless/commandLine.ts";
import { type Answer, type ExitStatus, lineOf, type Surroundings } from "./headless/commands.ts";
import { documentsOf } from "./headless/documents.ts";
import { treesWished } from "./headless/trees.ts";
import { LinuxProblem } from "./linux/compile.ts";
import { problemSentence } from "./scenario/problem.ts";

const tellPerson = (sentence: string): void => void process.stderr.write(`${sentence}\n`);

process.exitCode = 0;
// Whoever reads our output has seen enough: no more is computed, and there is nothing to say.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") complain(`the output cannot be written: ${error.message}`);
  process.exit();
});
async function main(args: readonly string[]): Promise<void> {
  if (args.includes("--help") || args.includes("-h")) {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  try {
    const words = wordsOf(args);
    const task = typeof words === "string" ? words : await taskFor(words);
    if (typeof task === "string") {
      complain(`${task}\n${USAGE}`);
      return;
    }
    for await (const document of documentsOf(input(task.file), task.jsonl)) {
      await task.ready(document);
      await tell(task, task.command(document));
    }
  } catch (error) {
    if (error instanceof Unreadable || error instanceof LinuxProblem) complain(error.message);
    else tellFault(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}

function wordsOf(args: readonly string[]): Words | string {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    // The first sentence says what is wrong; those after it teach parseArgs.
    return messageOf(error).split(/\.\s/)[0] ?? "";
  }
}

/** One run needs no search. */
const innerLoop = async (command: string | undefined): Promise<WebAssembly.Module | undefined> =>
  command === "run" ? undefined : new WebAssembly.Module(await innerLoopBytes());

async function taskFor(words: Words): Promise<Task | string> {
  const { positionals, values } = words;
  const trees = treesWished(positionals[0], values.linux ?? [], values.patch ?? []);
  if (typeof trees === "string") return trees;
  const surroundings: Surroundings = { clock: () => performance.now() / 1000, tell: tellPerson, compiled: await innerLoop(positionals[0]) };
  if (trees.length === 0) return taskOf(words, surroundings);
  // Late: only who names a kernel tree needs a compiler.
  const { codeOf } = await import("../../linux/code.ts");
  return taskOf(
    words,
    surroundings,
    trees.map((tree) => codeOf(tree, tellPerson)),
  );
}

class Unreadable extends Error {}

async function* input(file: string): AsyncGenerator<string, void> {
  const stream = file === "-" ? process.stdin.setEncoding("utf8") : createReadStream(file, { encoding: "utf8" });
  try {
    for await (const chunk of stream) yield String(chunk);
  } catch (error) {
    throw new Unreadable(`${file === "-" ? "standard input" : file} cannot be read: ${messageOf(error)}`);
  }
}

async function tell({ jsonl }: Task, answer: Answer): Promise<void> {
  worsen(answer.status);
  if (answer.fault !== undefined) tellFault(answer.fault);
  if (jsonl) await print(lineOf(answer));
  else if (answer.problem !== undefined) complain(problemSentence(answer.problem));
  else if (answer.text !== undefined) process.stdout.write(answer.text);
  else {
    await print(answer.output);
    for (const sentence of answer.sentences ?? []) tellPerson(sentence);
  }
}

/** Waits while the reader of our output lags behind. */
async function print(value: unknown): Promise<void> {
  if (!process.stdout.write(`${JSON.stringify(value)}\n`)) await once(process.stdout, "drain");
}

function tellFault(what: string): void {
  process.stderr.write(`engine fault, a bug of this program: ${what}\n`);
  worsen(4);
}

function complain(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  worsen(2);
}

/** With several documents the worst status stands. */
function worsen(status: ExitStatus): void {
  process.exitCode = Math.max(Number(process.exitCode ?? 0), status);
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

await main(process.argv.slice(2));
