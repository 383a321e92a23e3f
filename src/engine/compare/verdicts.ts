/** The verdicts that are not the same on both sides, and which way they changed. */
import type { Explanation } from "../explore/explain.ts";
import type { Findings, Verdict } from "../explore/findings.ts";
import type { PropertyId } from "../explore/properties/property.ts";
import type { Mode } from "../explore/questions/question.ts";
import type { Choice } from "../scenario/scenario.ts";
import { SIDES, type SideName, type Sides } from "./sides.ts";

/** `worse`: held before, violated after. `better`: the other way round. `unknown`: one side was stopped before it was decided. */
export type Change = "worse" | "better" | "unknown";

/** What a verdict is about. */
export type Claim =
  | { readonly kind: "property"; readonly id: PropertyId }
  | { readonly kind: "question"; readonly text: string; readonly mode: Mode };

export interface VerdictChange extends Sides<Verdict> {
  readonly of: Claim;
  readonly change: Change;
  /** The run that shows it, where one side has one: a counterexample, or a witness of what happens sometimes. */
  readonly shown?: Shown;
}

export interface Shown {
  readonly side: SideName;
  readonly choices: readonly Choice[];
  readonly explanation?: Explanation;
}

/** In the order of the properties, then of the questions as they were asked. Both sides looked after the same ones. */
export function verdictChanges({ before, after }: Sides<Findings>): readonly VerdictChange[] {
  return [
    ...before.properties.flatMap((own, n) => changeOf({ kind: "property", id: own.id }, { before: own, after: after.properties[n] })),
    ...before.questions.flatMap((own, n) => {
      const { text, mode } = own.question;
      return changeOf({ kind: "question", text, mode }, { before: own, after: after.questions[n] });
    }),
  ];
}

interface Finding {
  readonly verdict: Verdict;
  readonly choices?: readonly Choice[];
  readonly explanation?: Explanation;
}

/** @returns one change, or none */
function changeOf(of: Claim, { before, after }: Sides<Finding | undefined>): readonly VerdictChange[] {
  if (before === undefined || after === undefined) throw new Error("the two sides were not asked the same");
  if (before.verdict === after.verdict) return [];
  const shown = shownBy({ before, after });
  return [{ of, before: before.verdict, after: after.verdict, change: wayOf(before.verdict, after.verdict), ...(shown && { shown }) }];
}

function wayOf(before: Verdict, after: Verdict): Change {
  if (before === "stopped" || after === "stopped") return "unknown";
  return after === "violated" ? "worse" : "better";
}

/** Of two different verdicts one at most is shown by a run. */
function shownBy(findings: Sides<Finding>): Shown | undefined {
  for (const side of SIDES) {
    const { choices, explanation } = findings[side];
    if (choices !== undefined) return { side, choices, ...(explanation && { explanation }) };
  }
  return undefined;
}
