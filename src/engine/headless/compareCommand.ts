/** `lab compare` as a command: which two kernels a document is to run under, and the answer to it. */
import { ofSides, type Sides } from "../compare/sides.ts";
import type { Wishes } from "../explore/explore.ts";
import { subjectOf } from "../lab.ts";
import type { ParsedDocument } from "../scenario/parse.ts";
import type { Problem } from "../scenario/problem.ts";
import type { Code } from "./code.ts";
import { type Answer, type Command, onScenario, progressTeller, questionsOf, type Surroundings, unsayable } from "./commands.ts";
import { type CompareReport, type Contender, compareReport } from "./compareReport.ts";
import { kernelText, readKernel, withKernel } from "./kernelText.ts";

/** The two that a document is compared under. */
export type Contenders = (parsed: ParsedDocument) => Chosen;

type Chosen = { readonly ok: true; readonly contenders: Sides<Contender> } | { readonly ok: false; readonly problem: Problem };

/** @param before the document's own kernel if left out */
export const kernelsNamed =
  (before: string | undefined, after: string): Contenders =>
  ({ scenario, document }) => {
    const contender = (option: string, text: string): { readonly contender: Contender } | { readonly problem: Problem } => {
      const kernel = readKernel(text, scenario);
      const parsed = withKernel(document, kernel, option);
      return parsed.ok ? { contender: { name: kernelText(kernel), subject: subjectOf(parsed.scenario) } } : { problem: parsed.problem };
    };
    const own: Contender = { name: kernelText(scenario), subject: subjectOf(scenario) };
    const first = before === undefined ? { contender: own } : contender("--before", before);
    if ("problem" in first) return { ok: false, problem: first.problem };
    const second = contender("--after", after);
    if ("problem" in second) return { ok: false, problem: second.problem };
    return { ok: true, contenders: { before: first.contender, after: second.contender } };
  };

/** The codes of two kernel trees. */
export const treesCompared =
  (codes: Sides<Code>): Contenders =>
  ({ scenario }) => {
    const { before, after } = ofSides(codes, (code) => code.subject(scenario));
    if (!before.ok) return before;
    if (!after.ok) return after;
    const contenders = ofSides({ before, after }, ({ subject }) => ({ name: subject.code ?? kernelText(scenario), subject }));
    return { ok: true, contenders };
  };

/** @param asked questions, which name the actors of the scenario at hand */
export const compareCommand = (
  contenders: Contenders,
  wishes: Omit<Wishes, "questions" | "first">,
  asked: readonly string[],
  surroundings: Surroundings,
): Command => onScenario((parsed) => answer(contenders(parsed), wishes, asked, surroundings));

function answer(chosen: Chosen, wishes: Omit<Wishes, "questions" | "first">, asked: readonly string[], surroundings: Surroundings): Answer {
  if (!chosen.ok) return { status: 2, problem: chosen.problem };
  const { before, after } = ofSides(chosen.contenders, ({ subject }) => subject);
  const questions = questionsOf([before, after], asked);
  if ("problem" in questions) return { status: 2, problem: questions.problem };
  for (const subject of [before, after]) {
    const unsaid = unsayable(subject, wishes.properties);
    if (unsaid !== undefined) return { status: 2, problem: unsaid };
  }
  const tell = progressTeller(wishes.bounds, surroundings);
  const result = compareReport(chosen.contenders, { ...wishes, ...questions, first: false }, surroundings.clock, ({ side, search }) => {
    if (search !== undefined) tell(search, side);
  });
  if (!result.ok) return { status: 2, problem: result.problem };
  return { status: statusOf(result.report), output: result.report, sentences: result.sentences };
}

function statusOf({ verdicts, before, after }: CompareReport): Answer["status"] {
  if (verdicts.some(({ change }) => change === "worse")) return 1;
  return before.stopped !== undefined || after.stopped !== undefined ? 3 : 0;
}
