/** The schedule on which two kernels are held against each other step by step: the shortest run that shows a difference. */
import type { OutcomeFinding } from "../explore/findings.ts";
import type { Choice } from "../scenario/scenario.ts";
import { outcomeKey } from "./outcomes.ts";
import { SIDES, type SideName, type Sides } from "./sides.ts";
import type { Claim, VerdictChange } from "./verdicts.ts";

/** Where a schedule comes from. */
export type Origin =
  /** The run that shows a verdict that changed. */
  | { readonly kind: "verdict"; readonly of: Claim }
  /** The run to an outcome that only one side has. */
  | { readonly kind: "outcome" }
  /** The document's own choices, and then each actor in turn to the end. */
  | { readonly kind: "run" };

export interface Schedule {
  readonly origin: Origin;
  /** The side whose run it is. */
  readonly side: SideName;
  readonly choices: readonly Choice[];
}

/**
 * The schedule to follow; where nothing changed two of them, one of each side. Which it
 * is depends on what was found and never on which side is called before.
 */
export function schedulesFor(
  verdicts: readonly VerdictChange[],
  onlyIn: Sides<readonly OutcomeFinding[]>,
  own: readonly Choice[],
): readonly Schedule[] {
  const shown = verdicts.flatMap(({ of, shown: run }) => (run === undefined ? [] : [{ of, ...run }]));
  const [shortest] = shown.sort(shorterFirst);
  if (shortest !== undefined) return [{ origin: { kind: "verdict", of: shortest.of }, side: shortest.side, choices: shortest.choices }];
  // Outcomes come shortest first on either side.
  const ends = SIDES.flatMap((side) => onlyIn[side].slice(0, 1).map((outcome) => ({ side, outcome })));
  const [soonest] = ends.sort((a, b) => shorterFirst(a.outcome, b.outcome) || inOrder(outcomeKey(a.outcome), outcomeKey(b.outcome)));
  if (soonest !== undefined) return [{ origin: { kind: "outcome" }, side: soonest.side, choices: soonest.outcome.choices }];
  return SIDES.map((side) => ({ origin: { kind: "run" }, side, choices: own }));
}

type Run = Pick<Schedule, "choices">;

/** Of equally long ones the one whose text comes first. */
export const shorterFirst = (a: Run, b: Run): number =>
  a.choices.length - b.choices.length || inOrder(JSON.stringify(a.choices), JSON.stringify(b.choices));

const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
