/** What changed, in words. It never says that a kernel is safe, and what was stopped never looks like what is the same. */
import type { Compared, PartingReport, SideName, Verdict, VerdictReport } from "../../../engine/protocol.ts";
import { count, grouped, listed } from "../format.ts";
import { REASONS } from "../verdict.ts";

export interface CompareText {
  readonly look: Verdict;
  /** What the look's shape says to those who hear the page. */
  readonly mark: string;
  readonly headline: string;
  /** What else must be known to take it for what it is. */
  readonly beside?: string;
}

export function compareText(compared: Compared): CompareText {
  const { verdicts, outcomes } = compared;
  const changed = (change: VerdictReport["change"]): number => verdicts.filter((verdict) => verdict.change === change).length;
  const [worse, better] = [changed("worse"), changed("better")];
  const stopped = stoppedText(compared);
  const beside = stopped === undefined ? {} : { beside: stopped };
  const verdict = (many: number): string => count(many, "verdict");
  if (worse > 0) {
    const also = better > 0 ? ` ${verdict(better)} better.` : "";
    return { look: "violated", mark: "worse", headline: `Worse: ${verdict(worse)}.${also}`, ...beside };
  }
  if (stopped !== undefined)
    return { look: "stopped", mark: "not decided", headline: "Stopped early. Nothing got worse so far.", beside: stopped };
  if (better > 0) return { look: "holds", mark: "better", headline: `Better: ${verdict(better)}. None got worse.` };
  if (outcomes.before.length + outcomes.after.length > 0)
    return { look: "holds", mark: "the same verdicts", headline: "The same verdicts, but not the same outcomes." };
  const same = compared.before.outcomes;
  return {
    look: "holds",
    mark: "the same",
    headline: `Nothing changed: the same verdicts, and the same ${same === 1 ? "outcome" : `${grouped(same)} outcomes`}.`,
  };
}

function stoppedText(compared: Compared): string | undefined {
  const sides = (["before", "after"] as const).flatMap((side) => {
    const { stopped, states } = compared[side];
    return stopped === undefined ? [] : [`the kernel ${side} at ${grouped(states)} states (${REASONS[stopped]})`];
  });
  return sides.length === 0 ? undefined : `Stopped early: ${listed(sides)}. What was not explored may hide more.`;
}

/** Worse ones first, then better ones. */
const ORDER: readonly VerdictReport["change"][] = ["worse", "better", "unknown"];

export const worseFirst = (verdicts: readonly VerdictReport[]): readonly VerdictReport[] =>
  verdicts.toSorted((a, b) => ORDER.indexOf(a.change) - ORDER.indexOf(b.change));

export const nameOf = ({ property, question }: Pick<VerdictReport, "property" | "question">): string => property ?? question ?? "";

export const SIDE_WORDS: Readonly<Record<SideName, string>> = { before: "Before", after: "After" };

/** Which schedule was followed under both kernels. */
export function scheduleText({ schedule, side, ...parting }: PartingReport): string {
  const texts: Readonly<Record<PartingReport["schedule"], string>> = {
    verdict: `the run ${side} that shows ${nameOf(parting)}`,
    outcome: `the shortest run to an outcome only ${side}`,
    run: "each actor in turn, to the end",
  };
  return texts[schedule];
}
