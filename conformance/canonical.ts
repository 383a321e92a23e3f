/** What a kernel did, as lines of text: everything that is compared, and nothing else (no labels, no messages). */
import type { RunReport } from "../src/engine/headless/runReport.ts";

type Step = RunReport["steps"][number];

/**
 * A call that only repeats itself makes as many accesses as it takes to notice: of its
 * accesses each is listed once.
 */
export function canonicalLines(report: RunReport): readonly string[] {
  const spins = report.spinning !== undefined;
  const calls = report.steps.map((step) => `${step["actor"]} ${step["fn"]}`);
  const lastCall = spins ? calls.lastIndexOf(calls.findLast((call) => call !== calls.at(-1)) ?? "") + 1 : report.steps.length;
  const lines = report.steps.slice(0, lastCall).flatMap((step, n) => [stepLine(step), ...warningsAfter(report, n)]);
  const spinning = new Set(report.steps.slice(lastCall).map(stepLine));
  return [
    ...lines,
    ...spinning,
    ...(spins ? ["spins"] : []),
    ...(report.blocked === undefined ? [] : ["blocked"]),
    ...(report.stopped === undefined ? [] : ["stopped"]),
    ...(report.violations ?? []).map(({ step, property, index }) => `${property} at step ${step}, entry ${index}`),
    ...report.returns.map((values) => `returns ${values.join(" ")}`),
    ...report.ptes.map((word, index) => `entry ${index} ${word}`),
  ];
}

function stepLine(step: Step): string {
  const { fn, op, index, old, new: now, nr, stride, lastLevel, level, sync, local, pfn, change } = step;
  switch (op) {
    case "read":
      return `${fn}: read ${index} ${old}`;
    case "write":
    case "xchg":
    case "cmpxchg":
      return `${fn}: ${op} ${index} ${old} → ${now}`;
    case "tlbi":
      return `${fn}: tlbi ${index}+${nr} stride ${stride} ${lastLevel ? "leaf" : "all levels"} level ${level} ${sync ? "sync" : "nosync"}${local ? " local" : ""}`;
    case "ref":
      return `${fn}: ref ${pfn} ${change}`;
    default:
      return `${fn}: ${op} ${index ?? ""}`;
  }
}

const warningsAfter = (report: RunReport, step: number): readonly string[] =>
  report.warnings.filter((warning) => warning.step === step).map(() => "    warning");
