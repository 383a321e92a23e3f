/** The command line as a function: documents in, JSON lines and an exit status out. No input or output of its own. */
import { parseScenarioText } from "../scenario/parse.ts";
import type { Problem } from "../scenario/problem.ts";
import { runReport } from "./runReport.ts";

/** 0 ok · 1 property violated · 2 bad input · 3 stopped early · 4 engine fault */
export type ExitStatus = 0 | 1 | 2 | 3 | 4;

export interface Answer {
  readonly status: ExitStatus;
  /** For stdout. */
  readonly output?: unknown;
  /** For stderr. */
  readonly problem?: Problem;
}

export const USAGE = "usage: npm run -s lab -- run [--jsonl] FILE    (FILE may be - for standard input)";

export function runCommand(text: string): Answer {
  const parsed = parseScenarioText(text);
  if (!parsed.ok) return { status: 2, problem: parsed.problem };
  const result = runReport(parsed.scenario);
  if (!result.ok) return { status: 2, problem: result.problem };
  const { violations, stopped } = result.report;
  return { status: violations !== undefined ? 1 : stopped !== undefined ? 3 : 0, output: result.report };
}

/** A bad document answers `{"error": …}` on its own line; the others go on. */
export const lineOf = (answer: Answer): unknown => answer.output ?? { error: answer.problem };
