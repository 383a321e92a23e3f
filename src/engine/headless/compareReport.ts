/** `lab compare`: one scenario under two kernels, in one JSON report (docs/headless.md), and what matters of it in sentences. */
import { type Comparison, type ComparisonProgress, compare } from "../compare/compare.ts";
import type { Turnout } from "../compare/parting.ts";
import { ofSides, otherSide, SIDES, type SideName, type Sides } from "../compare/sides.ts";
import type { Change, Claim, VerdictChange } from "../compare/verdicts.ts";
import type { Clock, Subject, Wishes } from "../explore/explore.ts";
import type { Verdict } from "../explore/findings.ts";
import { resultOf } from "../explore/graph/graph.ts";
import { askedOf, judgedOn } from "../explore/judged.ts";
import { type CountedOutcome, type ExploreReport, reportOf } from "../explore/report.ts";
import { createMachine } from "../machine/machine.ts";
import { replay } from "../machine/run.ts";
import type { Problem } from "../scenario/problem.ts";
import { actorOf, type Choice, type Scenario } from "../scenario/scenario.ts";
import { eventText, idleText, stepText } from "../view/words.ts";
import { divergence } from "./divergence.ts";
import { type StepReport, stepReport } from "./runReport.ts";

/** One side: the code that runs, and what to call it. */
export interface Contender {
  readonly name: string;
  readonly subject: Subject;
}

export interface CompareReport extends Sides<SideReport> {
  readonly verdicts: readonly VerdictReport[];
  readonly outcomes: Sides<readonly CountedOutcome[]>;
  readonly parting: PartingReport;
}

/** One side's exploration in figures. */
export interface SideReport extends Omit<ExploreReport, "outcomes" | "stuck" | "spinning" | "properties" | "questions"> {
  readonly kernel: string;
  /** How many. */
  readonly outcomes: number;
}

export interface VerdictReport extends Sides<Verdict> {
  readonly property?: string;
  readonly question?: string;
  readonly mode?: string;
  readonly change: Change;
  /** The side that has the run which shows it, and that run as `lab explore` tells it. */
  readonly side?: SideName;
  readonly sentence?: string;
  readonly step?: number;
  readonly entry?: number;
  readonly wrote?: number;
  readonly choices?: readonly Choice[];
}

/** Without `step` the runs do not part. */
export interface PartingReport extends Partial<Sides<TurnoutReport>> {
  readonly schedule: "verdict" | "outcome" | "run";
  readonly property?: string;
  readonly question?: string;
  /** Whose verdict or outcome it shows. */
  readonly side?: SideName;
  readonly step?: number;
  /** The schedule; up to this step if the runs part. */
  readonly choices: readonly Choice[];
}

export interface TurnoutReport {
  /** What the step did, or why there is none. */
  readonly sentence: string;
  /** As `lab run` reports it; left out where this side does not offer the choice. */
  readonly step?: StepReport;
  /** What came of the step: what was returned, warnings, faults. */
  readonly events?: readonly string[];
  /** What the actor could do instead. */
  readonly offered?: readonly Choice[];
}

export type CompareResult =
  | { readonly ok: true; readonly report: CompareReport; readonly sentences: readonly string[] }
  | { readonly ok: false; readonly problem: Problem };

/** @param onProgress told every few milliseconds of the searches */
export function compareReport(
  contenders: Sides<Contender>,
  wishes: Wishes,
  clock: Clock,
  onProgress: (progress: ComparisonProgress) => void = () => undefined,
): CompareResult {
  const subjects = ofSides(contenders, ({ subject }) => askedOf(subject, wishes.properties));
  const problem = untravelled(subjects);
  if (problem !== undefined) return { ok: false, problem };
  const properties = judgedOn([subjects.before, subjects.after], wishes.properties);
  const named = ofSides(contenders, ({ name }, side) => ({ name, subject: subjects[side] }));
  const report = compareReportOf(named, resultOf(compare(subjects, { ...wishes, properties }, clock), onProgress));
  return { ok: true, report, sentences: sentencesOf(report) };
}

/** The document's own choices must be on offer on both sides. */
function untravelled(subjects: Sides<Subject>): Problem | undefined {
  for (const side of SIDES) {
    const { scenario, provider } = subjects[side];
    const machine = createMachine(scenario, provider);
    const run = replay(machine, scenario.choices);
    if (run.diverged === undefined) continue;
    const { path, expected } = divergence(machine, run, scenario.choices);
    return { path, expected: `${expected} (on the kernel ${side})` };
  }
  return undefined;
}

export function compareReportOf(
  contenders: Sides<Contender>,
  { findings, verdicts, onlyIn, schedule, parting }: Comparison,
): CompareReport {
  const { scenario } = contenders.before.subject;
  const reports = ofSides(findings, (found, side) => reportOf(contenders[side].subject, { ...found, outcomes: onlyIn[side] }));
  const sides = ofSides(
    reports,
    ({ outcomes: _, stuck, spinning, properties, questions, ...figures }, side): SideReport => ({
      kernel: contenders[side].name,
      ...figures,
      outcomes: findings[side].outcomes.length,
    }),
  );
  const { origin, side, choices } = schedule;
  return {
    ...sides,
    verdicts: verdicts.map(verdictReport),
    outcomes: ofSides(reports, ({ outcomes }) => outcomes),
    parting: {
      schedule: origin.kind,
      ...(origin.kind === "verdict" && nameOf(origin.of)),
      ...(origin.kind !== "run" && { side }),
      ...(parting !== undefined && { step: parting.choices.length - 1 }),
      choices: parting?.choices ?? choices,
      ...(parting !== undefined && ofSides(parting.sides, (turnout) => turnoutReport(scenario, turnout, parting.choices))),
    },
  };
}

const nameOf = (claim: Claim): { readonly property: string } | { readonly question: string } =>
  claim.kind === "property" ? { property: claim.id } : { question: claim.text };

const verdictReport = ({ of, before, after, change, shown }: VerdictChange): VerdictReport => ({
  ...nameOf(of),
  ...(of.kind === "question" && { mode: of.mode }),
  before,
  after,
  change,
  ...(shown !== undefined && { side: shown.side, ...shown.explanation, choices: shown.choices }),
});

function turnoutReport({ actors }: Scenario, turnout: Turnout, schedule: readonly Choice[]): TurnoutReport {
  const names = actors.map(({ name }) => name);
  if (turnout.kind === "step") {
    const { step } = turnout;
    const name = names[step.actor] ?? "";
    return { sentence: stepText(name, step), step: stepReport(step), events: step.events.map((event) => eventText(name, event)) };
  }
  const { offer } = turnout;
  const name = names[actorOf(schedule.at(-1) ?? 0)] ?? "";
  const sentence = offer.idle === undefined ? `${name} can make other moves there, not this one` : idleText(name, offer, names);
  return { sentence, offered: offer.choices };
}

/** For whoever reads no JSON. Steps are counted from 0, as in the report. */
function sentencesOf(report: CompareReport): readonly string[] {
  const { verdicts, outcomes, parting } = report;
  const stopped = SIDES.flatMap((side) => {
    const { stopped: bound, states } = report[side];
    return bound === undefined
      ? []
      : [`${side}: stopped early by its bound on ${bound}, after ${states} states; what is only ${otherSide(side)} may be there too`];
  });
  const unjudged = SIDES.flatMap((side) =>
    (report[side].notJudged ?? []).map(({ id, because }) => `${side}: ${id} is not judged: ${because}`),
  );
  const changed = verdicts.map(
    (change) => `${change.property ?? change.question}: ${change.change}, ${change.before} before, ${change.after} after`,
  );
  const [gone, come] = [outcomes.before.length, outcomes.after.length];
  const ends = gone + come === 0 ? [] : [`outcomes: ${gone} only before, ${come} only after`];
  const same = changed.length + ends.length === 0 ? ["no verdict and no outcome changed"] : [];
  return [...stopped, ...unjudged, ...changed, ...ends, ...same, partingSentence(parting)];
}

function partingSentence({ schedule, side, property, question, step, before, after }: PartingReport): string {
  const run = {
    verdict: `the run ${side} that shows ${property ?? question}`,
    outcome: `the run to an outcome only ${side}`,
    run: "the run of each actor in turn",
  }[schedule];
  if (step === undefined) return `${run} is the same run on both`;
  const told = (turnout: TurnoutReport | undefined): string => [turnout?.sentence, ...(turnout?.events ?? [])].join("; ");
  return `${run} parts at step ${step}: before, ${told(before)}; after, ${told(after)}`;
}
