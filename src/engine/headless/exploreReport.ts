/** `lab explore`: every interleaving of one scenario, in one JSON report (docs/headless.md). */
import { type Clock, Diverged, explore, type Subject, type Wishes } from "../explore/explore.ts";
import { type Findings, findingsOf, type PropertyFinding, type QuestionFinding, type Verdict } from "../explore/findings.ts";
import { resultOf } from "../explore/graph/graph.ts";
import type { Progress } from "../explore/search.ts";
import { createMachine } from "../machine/machine.ts";
import { replay } from "../machine/run.ts";
import type { Problem } from "../scenario/problem.ts";
import type { Choice } from "../scenario/scenario.ts";
import { divergence } from "./divergence.ts";
import { type OutcomeReport, outcomeReport } from "./outcomeReport.ts";

/** All `choices` begin with those of the document: `lab run` replays them. */
export interface ExploreReport {
  readonly verdict: Verdict;
  /** Only where the search ended early: the bound it met. The report is then of what was found so far. */
  readonly stopped?: string;
  readonly states: number;
  readonly machineStates: number;
  readonly transitions: number;
  /** Some state can be reached again from itself. */
  readonly loops: boolean;
  /** Decimal; only where the search is complete and left nothing out. */
  readonly interleavings?: string;
  /** Distinct ends, blocked ones included, each with a shortest run to it. */
  readonly outcomes: readonly (OutcomeReport & { readonly interleavings?: string; readonly choices: readonly Choice[] })[];
  /** Where nothing that anybody can do lets these actors finish. */
  readonly stuck: readonly { readonly actors: readonly number[]; readonly interleavings?: string; readonly choices: readonly Choice[] }[];
  /** Who may go round in circles until somebody else makes a step. */
  readonly spinning: readonly { readonly actor: number; readonly choices: readonly Choice[] }[];
  readonly properties: readonly PropertyReport[];
  /** Only if any were asked. */
  readonly questions?: readonly QuestionReport[];
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
  readonly mode: string;
  readonly verdict: Verdict;
  readonly choices?: readonly Choice[];
}

export type ExploreResult = { readonly ok: true; readonly report: ExploreReport } | { readonly ok: false; readonly problem: Problem };

/** @param onProgress told every few milliseconds of the search */
export function exploreReport(
  subject: Subject,
  wishes: Wishes,
  clock: Clock,
  onProgress: (progress: Progress) => void = () => undefined,
): ExploreResult {
  try {
    const exploration = resultOf(explore(subject, wishes, clock), onProgress);
    return { ok: true, report: reportOf(resultOf(findingsOf(exploration, wishes))) };
  } catch (error) {
    if (!(error instanceof Diverged)) throw error;
    const { scenario, provider } = subject;
    const machine = createMachine(scenario, provider);
    return { ok: false, problem: divergence(machine, replay(machine, scenario.choices), scenario.choices) };
  }
}

function reportOf(findings: Findings): ExploreReport {
  const { verdict, stopped, states, machineStates, transitions, loops, spinning } = findings;
  return {
    verdict,
    ...(stopped !== undefined && { stopped }),
    states,
    machineStates,
    transitions,
    loops,
    ...counted(findings.interleavings),
    outcomes: shortestFirst(
      findings.outcomes.map(({ state, interleavings, choices }) => ({ ...outcomeReport(state), ...counted(interleavings), choices })),
    ),
    stuck: shortestFirst(findings.stuck.map(({ actors, interleavings, choices }) => ({ actors, ...counted(interleavings), choices }))),
    spinning,
    properties: findings.properties.map(propertyReport),
    ...(findings.questions.length > 0 && { questions: findings.questions.map(questionReport) }),
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

/** By the number of choices, then by their text: the order does not depend on how the search goes. */
function shortestFirst<T extends { readonly choices: readonly Choice[] }>(found: readonly T[]): readonly T[] {
  const texts = new Map(found.map((one) => [one, JSON.stringify(one.choices)]));
  const text = (one: T): string => texts.get(one) ?? "";
  return [...found].sort((a, b) => a.choices.length - b.choices.length || (text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0));
}
