/** The command line as functions: documents in, values to print and an exit status out. No input or output of its own. */
import type { Bounds, Clock, Subject, Wishes } from "../explore/explore.ts";
import { resultOf } from "../explore/graph/graph.ts";
import { likelyStates } from "../explore/outlook.ts";
import type { PropertyId } from "../explore/properties/property.ts";
import { parseQuestion } from "../explore/questions/grammar.ts";
import { type Question, refusalSentence } from "../explore/questions/question.ts";
import { retryWatch } from "../explore/questions/retries.ts";
import type { Progress } from "../explore/search.ts";
import { machineFor } from "../lab.ts";
import { LinuxProblem } from "../linux/compile.ts";
import { replay } from "../machine/run.ts";
import { type ParsedDocument, parseScenarioText, tooLong } from "../scenario/parse.ts";
import type { Problem } from "../scenario/problem.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { diagram } from "../view/diagram/diagram.ts";
import { BUILT_IN, type Code } from "./code.ts";
import type { DocumentText } from "./documents.ts";
import { type ExploreResult, exploreReport } from "./exploreReport.ts";
import { itfTrace } from "./itf.ts";
import { type RunResult, runReport } from "./runReport.ts";

/** 0 ok · 1 property violated · 2 bad input · 3 stopped early · 4 engine fault */
export type ExitStatus = 0 | 1 | 2 | 3 | 4;

export interface Answer {
  readonly status: ExitStatus;
  /** For stdout. */
  readonly output?: unknown;
  /** The same as plain text, if it is that. */
  readonly text?: string;
  /** For stderr, beside the output: what matters of it, for whoever reads no JSON. */
  readonly sentences?: readonly string[];
  /** For stderr. */
  readonly problem?: Problem;
  /** For stderr: a broken invariant of ours. */
  readonly fault?: string;
}

/** What the engine itself has not. */
export interface Surroundings {
  readonly clock: Clock;
  /** The inner loop of the search as WebAssembly, if there is any. */
  readonly compiled?: WebAssembly.Module | undefined;
  /** A sentence for the person who waits. */
  tell(sentence: string): void;
}

/** What to do with each document. */
export type Command = (document: DocumentText) => Answer;

/** What a run is told as: a report; a trace that other tools read; a diagram of what matters, or of every access. */
export type RunForm = "report" | "itf" | "diagram" | "whole-diagram";

export const runCommand = (code: Code = BUILT_IN, form: RunForm = "report"): Command =>
  onScenario(({ scenario }) => answerRun(scenario, code, form));

const SECONDS_BETWEEN_REPORTS = 5;

const grouped = (figure: number): string => Math.round(figure).toLocaleString("en");

/** Tells now and then how far a search is, and which if there are several. */
export function progressTeller(bounds: Bounds, { clock, tell }: Surroundings): (progress: Progress, which?: string) => void {
  const began = clock();
  let told = began;
  return (progress, which) => {
    const now = clock();
    if (now - told < SECONDS_BETWEEN_REPORTS) return;
    told = now;
    const { states, frontier } = progress;
    const likely = likelyStates(progress, bounds);
    const outlook = likely === undefined ? "" : `; likely ${grouped(likely)} or more, so it will stop at ${grouped(bounds.states)}`;
    const name = which === undefined ? "" : `${which}: `;
    tell(`${name}${grouped(states)} states, ${grouped(states / (now - began))} a second, ${grouped(frontier)} to go on from${outlook}`);
  };
}

/** @param asked questions, which name the actors of the scenario at hand */
export const exploreCommand = (
  wishes: Omit<Wishes, "questions">,
  asked: readonly string[],
  surroundings: Surroundings,
  code: Code = BUILT_IN,
): Command =>
  onScenario(
    ({ scenario }) => {
      const put = code.subject(scenario);
      if (!put.ok) return { status: 2, problem: put.problem };
      const questions = questionsOf([put.subject], asked);
      if ("problem" in questions) return { status: 2, problem: questions.problem };
      const unsaid = unsayable(put.subject, wishes.properties);
      if (unsaid !== undefined) return { status: 2, problem: unsaid };
      return answerExplore(
        exploreReport(put.subject, { ...wishes, ...questions }, surroundings.clock, progressTeller(wishes.bounds, surroundings)),
      );
    },
    { verdict: "engine-fault" },
  );

/** @param subjects that they are asked of: one scenario, on some code */
export function questionsOf(
  subjects: readonly [Subject, ...Subject[]],
  asked: readonly string[],
): { readonly questions: readonly Question[] } | { readonly problem: Problem } {
  const questions: Question[] = [];
  for (const text of asked) {
    const parsed = parseQuestion(subjects[0].scenario, text);
    const path = `--ask ${JSON.stringify(text)}`;
    if (!parsed.ok) return { problem: { path, expected: `other words: ${refusalSentence(text, parsed)}` } };
    if (subjects.some(({ code }) => code !== undefined) && retryWatch([parsed.question]).columns > 0)
      return { problem: { path, expected: 'a question without "retried": compiled code does not say when it begins again' } };
    questions.push(parsed.question);
  }
  return { questions };
}

/** What is asked of code of which nothing can be said. */
export function unsayable({ unjudged = new Map() }: Subject, properties: readonly PropertyId[]): Problem | undefined {
  const [first] = properties;
  if (first === undefined || properties.some((id) => !unjudged.has(id))) return undefined;
  return { path: "--properties", expected: `others, because nothing can be said of ${first}: ${unjudged.get(first)}` };
}

/** A bad document answers `{"error": …}` on its own line; the others go on. */
export const lineOf = (answer: Answer): unknown => answer.output ?? { error: answer.problem };

/** A broken invariant of ours is reported as such, with the document that shows it. */
export function onScenario(answer: (parsed: ParsedDocument) => Answer, onFault: object = {}): Command {
  return (document) => {
    if (typeof document !== "string") return { status: 2, problem: tooLong(document.length) };
    try {
      const parsed = parseScenarioText(document);
      return parsed.ok ? answer(parsed) : { status: 2, problem: parsed.problem };
    } catch (error) {
      if (error instanceof LinuxProblem) return { status: 2, problem: { path: "--linux", expected: `a tree that runs: ${error.message}` } };
      const fault = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return { status: 4, fault, output: { ...onFault, error: { path: "", expected: "no engine fault" }, document } };
    }
  };
}

function answerRun(scenario: Scenario, code: Code, form: RunForm): Answer {
  const put = code.subject(scenario);
  if (!put.ok) return { status: 2, problem: put.problem };
  const result: RunResult = runReport(scenario, put.subject.provider);
  if (!result.ok) return { status: 2, problem: result.problem };
  const { violations, stopped } = result.report;
  const status = violations !== undefined ? 1 : stopped !== undefined ? 3 : 0;
  if (form === "report") return { status, output: result.report };
  const machine = machineFor(scenario, put.subject.provider);
  if (form !== "itf") {
    const kernel = put.subject.code ?? `Linux ${[scenario.profile, ...scenario.variants].join(" + ")}`;
    const text = diagram(scenario, replay(machine, result.choices), kernel, form === "whole-diagram");
    return { status, output: { diagram: text }, text };
  }
  const traced = resultOf(itfTrace(machine, result.choices, put.subject.code));
  if (traced.ok) return { status, output: traced.trace };
  return {
    status: 2,
    problem: { path: "--itf", expected: `a run of at most ${grouped(traced.mostSteps)} steps, as every state tells the whole table` },
  };
}

const STATUS = { holds: 0, violated: 1, stopped: 3 } as const;

const answerExplore = (result: ExploreResult): Answer =>
  result.ok ? { status: STATUS[result.report.verdict], output: result.report } : { status: 2, problem: result.problem };
