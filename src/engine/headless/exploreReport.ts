/** `lab explore`: every interleaving of one scenario, in one JSON report (docs/headless.md). */
import { type Clock, Diverged, explore, type Subject, type Wishes } from "../explore/explore.ts";
import { findingsOf } from "../explore/findings.ts";
import { resultOf } from "../explore/graph/graph.ts";
import { askedOf, judgedOn } from "../explore/judged.ts";
import { type ExploreReport, reportOf } from "../explore/report.ts";
import type { Progress } from "../explore/search.ts";
import { createMachine } from "../machine/machine.ts";
import { replay } from "../machine/run.ts";
import type { Problem } from "../scenario/problem.ts";
import { divergence } from "./divergence.ts";

export type ExploreResult = { readonly ok: true; readonly report: ExploreReport } | { readonly ok: false; readonly problem: Problem };

/** @param onProgress told every few milliseconds of the search */
export function exploreReport(
  subject: Subject,
  wishes: Wishes,
  clock: Clock,
  onProgress: (progress: Progress) => void = () => undefined,
): ExploreResult {
  const { properties } = wishes;
  const judged = { ...wishes, properties: judgedOn([subject], properties) };
  try {
    const exploration = resultOf(explore(subject, judged, clock), onProgress);
    return { ok: true, report: reportOf(askedOf(subject, properties), resultOf(findingsOf(exploration, judged))) };
  } catch (error) {
    if (!(error instanceof Diverged)) throw error;
    const { scenario, provider } = subject;
    const machine = createMachine(scenario, provider);
    return { ok: false, problem: divergence(machine, replay(machine, scenario.choices), scenario.choices) };
  }
}
