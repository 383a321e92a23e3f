/** The outcomes that only one side has, told apart by what everybody got and the table that is left. */
import type { Findings, OutcomeFinding } from "../explore/findings.ts";
import type { Pass } from "../explore/graph/graph.ts";
import { outcomeReport } from "../machine/outcomeReport.ts";
import type { Sides } from "./sides.ts";

/** Equal outcomes have equal keys. */
export const outcomeKey = ({ state }: OutcomeFinding): string => JSON.stringify(outcomeReport(state));

/** Outcomes looked at between two times of giving way. */
const SLICE = 64;

/** Shortest runs first, as they were found. */
export function* outcomesInOneOnly({ before, after }: Sides<Findings>): Pass<Sides<readonly OutcomeFinding[]>> {
  const keys = { before: yield* keysOf(before), after: yield* keysOf(after) };
  const missingIn = (other: readonly string[]): ((key: string | undefined) => boolean) => {
    const known = new Set<string | undefined>(other);
    return (key) => !known.has(key);
  };
  const [isNew, isGone] = [missingIn(keys.before), missingIn(keys.after)];
  return {
    before: before.outcomes.filter((_, n) => isGone(keys.before[n])),
    after: after.outcomes.filter((_, n) => isNew(keys.after[n])),
  };
}

function* keysOf({ outcomes }: Findings): Pass<readonly string[]> {
  const keys: string[] = [];
  for (const outcome of outcomes) {
    if (keys.length % SLICE === SLICE - 1) yield;
    keys.push(outcomeKey(outcome));
  }
  return keys;
}
