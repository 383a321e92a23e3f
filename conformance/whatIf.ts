/** A kernel tree with mistakes made in it: comparing it with the tree as it is must name the property that each breaks, and the lines where the runs part. */
import { buildOf } from "../linux/code.ts";
import { compiled } from "../linux/compiled.ts";
import type { KernelTree } from "../linux/tree.ts";
import { ofSides } from "../src/engine/compare/sides.ts";
import { type Subject, USUAL_STATES, type Wishes } from "../src/engine/explore/explore.ts";
import { PROPERTIES } from "../src/engine/explore/properties/property.ts";
import { BUILT_IN, type Code } from "../src/engine/headless/code.ts";
import { compareReport } from "../src/engine/headless/compareReport.ts";
import { exploreReport } from "../src/engine/headless/exploreReport.ts";
import { linuxCode } from "../src/engine/headless/linuxCode.ts";
import { problemSentence } from "../src/engine/scenario/problem.ts";
import type { Scenario } from "../src/engine/scenario/scenario.ts";
import { KILLS } from "../src/engine/testing/killTable.ts";
import { CONTPTE, MISTAKES, scenarioFor, withMistake } from "./mistakes.ts";
import type { Findings } from "./sequential.ts";
import { SMALLEST_BLOCK } from "./twoCpus.ts";

/** @param isOurs whether our routines follow this very tree: then every mistake can be made in it, and it breaks what they break */
export async function whatIfReport(tree: KernelTree, isOurs: boolean, tell: (sentence: string) => void): Promise<Findings> {
  const source = tree.read(CONTPTE) ?? "";
  const right = await codeOf(tree, tell);
  const lines = ["One line of contpte.c changed: the property that breaks, and where"];
  let differences = 0;
  for (const mistake of MISTAKES) {
    const changed = withMistake(source, mistake);
    const title = `  ${mistake.title.padEnd(44)}`;
    if (changed === undefined) {
      lines.push(`${title}${isOurs ? "WRONG: " : ""}this tree has no such line in ${mistake.fn}`);
      differences += isOurs ? 1 : 0;
      continue;
    }
    const read = (path: string): string | undefined => (path === CONTPTE ? changed : tree.read(path));
    const wrong = await codeOf({ ...tree, name: `${tree.name}, ${mistake.title}`, read }, tell);
    const { verdicts, sentences } = compared(right, wrong, scenarioFor(mistake));
    const worse = verdicts.filter(({ change }) => change === "worse").map(({ property }) => property);
    const isFound = worse.length === verdicts.length && worse.includes(mistake.fails);
    lines.push(`${title}${isFound ? "" : `WRONG: not ${mistake.fails}; `}${sentences.join("\n      ")}`);
    differences += isFound ? 0 : 1;
  }
  if (!isOurs) return { differences, lines };
  const unlike = KILLS.filter(({ scenario }) => !breakTheSame(right, scenario()));
  lines.push(
    `  unchanged, in ${KILLS.length} scenarios: ${unlike.length === 0 ? "" : "WRONG: not "}the properties that our routines break`,
  );
  lines.push(...unlike.map(({ variant }) => `      not where ${variant} fails`));
  return { differences: differences + unlike.length, lines };
}

/** Whether the tree breaks what our routines break. */
function breakTheSame(code: Code, scenario: Scenario): boolean {
  const [theirs, ours] = [code, BUILT_IN].map((each) => broken(each, scenario));
  return String(theirs) === String(ours);
}

async function codeOf(tree: KernelTree, tell: (sentence: string) => void): Promise<Code> {
  const code = linuxCode(tree.name, async (granule) => buildOf(await compiled(tree, granule, tell)));
  await code.ready?.(SMALLEST_BLOCK);
  return code;
}

const WISHES: Wishes = { bounds: { states: USUAL_STATES }, properties: PROPERTIES, questions: [], first: false };

const noClock = (): number => 0;

function subjectOn(code: Code, scenario: Scenario): Subject {
  const put = code.subject(scenario);
  if (!put.ok) throw new Error(problemSentence(put.problem));
  return put.subject;
}

/** What `lab compare` says. */
function compared(before: Code, after: Code, scenario: Scenario) {
  const contenders = ofSides({ before, after }, (code, side) => ({ name: side, subject: subjectOn(code, scenario) }));
  const result = compareReport(contenders, WISHES, noClock);
  if (!result.ok) throw new Error(problemSentence(result.problem));
  return { verdicts: result.report.verdicts, sentences: result.sentences };
}

/** The properties that the code breaks in the scenario. */
function broken(code: Code, scenario: Scenario): readonly string[] {
  const result = exploreReport(subjectOn(code, scenario), WISHES, noClock);
  if (!result.ok) throw new Error(problemSentence(result.problem));
  return result.report.properties.filter(({ verdict }) => verdict === "violated").map(({ id }) => id);
}
