/** `lab`: the engine without a browser. Reads, calls, prints; everything else is in `headless/`. */
import { readFileSync } from "node:fs";
import { type Answer, type ExitStatus, lineOf, runCommand, USAGE } from "./headless/commands.ts";
import { problemSentence } from "./scenario/problem.ts";

/** Largest file that is read at all, in bytes; a document may hold less (docs/scenario.md). */
const LARGEST_FILE = 512 * 1024 * 1024;

process.exitCode = main(process.argv.slice(2));

function main(args: readonly string[]): ExitStatus {
  const jsonl = args.includes("--jsonl");
  const [command, file, ...rest] = args.filter((arg) => arg !== "--jsonl");
  if (command !== "run" || file === undefined || rest.length > 0) return complain(USAGE);
  let text: string;
  try {
    text = read(file);
  } catch (error) {
    return complain(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  return jsonl ? runLines(text) : runOne(text);
}

function read(file: string): string {
  const bytes = readFileSync(file === "-" ? 0 : file);
  if (bytes.length > LARGEST_FILE) throw new Error(`it is larger than ${LARGEST_FILE / 1024 / 1024} MiB`);
  return bytes.toString("utf8");
}

function runOne(text: string): ExitStatus {
  const answer = guarded(text);
  if (answer.problem !== undefined) complain(problemSentence(answer.problem));
  if (answer.output !== undefined) print(answer.output);
  return answer.status;
}

function runLines(text: string): ExitStatus {
  let worst: ExitStatus = 0;
  for (const line of text.split("\n")) {
    if (line.trim() === "") continue;
    const answer = guarded(line);
    print(lineOf(answer));
    if (answer.status > worst) worst = answer.status;
  }
  return worst;
}

/** A broken invariant of ours is reported as such, with the document that shows it. */
function guarded(text: string): Answer {
  try {
    return runCommand(text);
  } catch (error) {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`engine fault, a bug of this program: ${what}\n`);
    return { status: 4, output: { error: { path: "", expected: "no engine fault" }, document: text } };
  }
}

function print(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

function complain(sentence: string): ExitStatus {
  process.stderr.write(`${sentence}\n`);
  return 2;
}
