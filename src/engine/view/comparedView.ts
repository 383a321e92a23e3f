/** A comparison as the explorer panel shows it. */
import type { Comparison } from "../compare/compare.ts";
import { ofSides, SIDES, type Sides } from "../compare/sides.ts";
import { type Contender, compareReportOf } from "../headless/compareReport.ts";
import type { Compared } from "../protocol.ts";
import { outcomeViews, wordsOf } from "./exploredView.ts";

/** @param seconds from the question to the answer */
export function comparedView(contenders: Sides<Contender>, comparison: Comparison, seconds: number): Compared {
  const report = compareReportOf(contenders, comparison);
  const { scenario } = contenders.before.subject;
  const ends = ofSides(comparison.onlyIn, (outcomes) => outcomes.map(({ state }) => state));
  return {
    ...report,
    seconds,
    outcomes: ofSides(report.outcomes, (outcomes, side) => outcomeViews(scenario, outcomes, ends[side])),
    words: wordsOf(
      scenario,
      SIDES.flatMap((side) => ends[side]),
    ),
  };
}
