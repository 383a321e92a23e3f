/**
 * A challenge: a person schedules the actors of a scenario to bring something about. It is
 * data. docs/challenges.md is for who writes one.
 */
import type { PropertyId } from "../explore/properties/property.ts";
import type { ScenarioDocument } from "../scenario/document.ts";

export interface Challenge {
  /** Appears in links: never changes. */
  readonly id: string;
  readonly level: Level;
  readonly title: string;
  /** What to bring about: plain short English, `code` in backticks. */
  readonly task: string;
  /** The person makes the choices. */
  readonly scenario: Omit<ScenarioDocument, "choices">;
  readonly goal: Goal;
  /** What is learnt by it; told when it is solved. */
  readonly teaches: string;
  /** The fewest context switches with which it can be done. */
  readonly par: number;
}

export type Level = "easy" | "medium" | "hard";

export type Goal =
  /** A condition (docs/questions.md) that begins to hold. */
  | { readonly so: string }
  /** A property (docs/exploring.md) that fails: on a step, or where nobody can move any more. */
  | { readonly violates: Exclude<PropertyId, "reader-progress"> };
