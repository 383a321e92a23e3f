/** What an exploration found, as a document: `lab explore` prints it, the page shows it (docs/headless.md). */
import { type OutcomeReport, outcomeReport } from "../machine/outcomeReport.ts";
import type { Choice, Scenario } from "../scenario/scenario.ts";
import type { Subject } from "./explore.ts";
import type { Findings, PropertyFinding, QuestionFinding, Verdict } from "./findings.ts";
import type { Mode } from "./questions/question.ts";

export type StoppedBy = NonNullable<Findings["stopped"]>;

/** All `choices` begin with those of the document: `lab run` replays them. */
export interface ExploreReport {
  readonly verdict: Verdict;
  /** What every verdict here is limited to: a sentence. */
  readonly limits: string;
  /** Only where the search ended early: the bound it met. The report is then of what was found so far. */
  readonly stopped?: StoppedBy;
  readonly states: number;
  readonly machineStates: number;
  readonly transitions: number;
  /** Some state can be reached again from itself. */
  readonly loops: boolean;
  /** Decimal; only where the search is complete and left nothing out. */
  readonly interleavings?: string;
  /** Distinct ends, blocked ones included, each with a shortest run to it. */
  readonly outcomes: readonly CountedOutcome[];
  /** Where nothing that anybody can do lets these actors finish. */
  readonly stuck: readonly { readonly actors: readonly number[]; readonly interleavings?: string; readonly choices: readonly Choice[] }[];
  /** Who may go round in circles until somebody else makes a step. */
  readonly spinning: readonly { readonly actor: number; readonly choices: readonly Choice[] }[];
  readonly properties: readonly PropertyReport[];
  /** Only on a kernel tree's code: properties that were asked for and of which nothing can be said, and why. */
  readonly notJudged?: readonly { readonly id: string; readonly because: string }[];
  /** A person's own, in the order in which they were asked. */
  readonly questions: readonly QuestionReport[];
}

export interface CountedOutcome extends OutcomeReport {
  readonly interleavings?: string;
  readonly choices: readonly Choice[];
}

export interface PropertyReport {
  readonly id: string;
  readonly verdict: Verdict;
  /** Of what failed: one sentence, the step that failed, its entry, and the step that wrote the value that matters. */
  readonly sentence?: string;
  readonly step?: number;
  readonly entry?: number;
  readonly wrote?: number;
  readonly choices?: readonly Choice[];
  /** The failing run with the fewest context switches. */
  readonly easiest?: { readonly switches: number; readonly choices: readonly Choice[] };
}

export interface QuestionReport {
  readonly text: string;
  readonly mode: Mode;
  readonly verdict: Verdict;
  readonly choices?: readonly Choice[];
}

export function reportOf(
  { scenario, code = kernelName(scenario), unjudged = new Map() }: Pick<Subject, "scenario" | "code" | "unjudged">,
  findings: Findings,
): ExploreReport {
  const { verdict, stopped, states, machineStates, transitions, loops, spinning } = findings;
  return {
    verdict,
    limits: limitsText(scenario, code),
    ...(stopped !== undefined && { stopped }),
    states,
    machineStates,
    transitions,
    loops,
    ...counted(findings.interleavings),
    outcomes: findings.outcomes.map(({ state, interleavings, choices }) => ({
      ...outcomeReport(state),
      ...counted(interleavings),
      choices,
    })),
    stuck: findings.stuck.map(({ actors, interleavings, choices }) => ({ actors, ...counted(interleavings), choices })),
    spinning,
    properties: findings.properties.map(propertyReport),
    ...(unjudged.size > 0 && { notJudged: [...unjudged].map(([id, because]) => ({ id, because })) }),
    questions: findings.questions.map(questionReport),
  };
}

const counted = (interleavings: bigint | undefined): { readonly interleavings?: string } =>
  interleavings === undefined ? {} : { interleavings: interleavings.toString() };

const propertyReport = ({ id, verdict, choices, explanation, easiest }: PropertyFinding): PropertyReport => ({
  id,
  verdict,
  ...explanation,
  ...(choices !== undefined && { choices }),
  ...(easiest !== undefined && { easiest }),
});

const questionReport = ({ question: { text, mode }, verdict, choices }: QuestionFinding): QuestionReport => ({
  text,
  mode,
  verdict,
  ...(choices !== undefined && { choices }),
});

const FLAGS = {
  "af+dirty": "hardware that manages access flag and dirty state",
  af: "hardware that manages the access flag only",
  none: "hardware that manages neither access flag nor dirty state",
} as const;

const kernelName = ({ profile, variants }: Scenario): string => `Linux ${[profile, ...variants].join(" + ")}`;

/** What a verdict is worth: it never says that code is safe. */
export function limitsText({ features }: Scenario, code: string): string {
  const { hardwareAD, bbm, adUpdate, tlbAnswer } = features;
  const freedoms = [
    ...(adUpdate === "any" ? ["free to mark any entry of a block"] : []),
    ...(tlbAnswer === "any" ? ["any of several TLB entries may answer"] : []),
  ];
  return [
    `This scenario, on ${code}`,
    [FLAGS[hardwareAD], `break-before-make level ${bbm}`, ...freedoms].join(", "),
    "sequentially consistent memory.",
  ].join("; ");
}
