/**
 * A person's own question about a scenario, parsed: when its condition is looked at, and
 * a condition made of leaves.
 *
 * Each leaf looks at one part of a machine state and at nothing else, because the search
 * keeps states as numbers of their parts: whether a leaf holds is asked once for each
 * distinct part, not once for each state.
 */
import type { PageTable } from "../../hardware/memory.ts";
import type { ActorState, MachineState } from "../../machine/state.ts";
import { shownName } from "../../scenario/problem.ts";

export type Shared = Pick<MachineState, "ptl" | "pending">;

export type Leaf =
  | { readonly on: "table"; holds(table: PageTable): boolean }
  | { readonly on: "actor"; readonly actor: number; holds(own: ActorState): boolean }
  | { readonly on: "shared"; holds(shared: Shared): boolean }
  /** How often the actor's routines have begun again so far; counting up to `most` is enough to decide it. */
  | { readonly on: "retries"; readonly actor: number; readonly most: number; holds(retries: number): boolean };

export type Condition =
  | { readonly kind: "leaf"; readonly leaf: Leaf }
  | { readonly kind: "not"; readonly of: Condition }
  | { readonly kind: "and" | "or"; readonly of: readonly Condition[] };

/** `eventually`: every run comes to a state in which the condition holds. The others speak of states, wherever they are reached. */
export const MODES = ["always", "never", "sometimes", "eventually"] as const;
export type Mode = (typeof MODES)[number];

export interface Question {
  readonly text: string;
  readonly mode: Mode;
  /** Only of states in which no actor can move. Never with `eventually`. */
  readonly atEnd: boolean;
  readonly condition: Condition;
}

/** What is wrong with a question: where, counted in UTF-16 units as strings are, and what was expected there. */
export interface Refusal {
  readonly at: number;
  /** 0 where something is missing at the end. */
  readonly length: number;
  /** A phrase that completes "… should be", without a full stop. */
  readonly expected: string;
}

export type ParsedQuestion = { readonly ok: true; readonly question: Question } | ({ readonly ok: false } & Refusal);
export type ParsedCondition = { readonly ok: true; readonly condition: Condition } | ({ readonly ok: false } & Refusal);

/** A refusal as one sentence, without a full stop. */
export function refusalSentence(text: string, { at, length, expected }: Refusal): string {
  const word = text.slice(at, at + length);
  return word === "" ? `at the end of the question should come ${expected}` : `${shownName(word)} should be ${expected}`;
}

/** @param retries how often each actor's routines have begun again */
export function holds(condition: Condition, state: MachineState, retries: readonly number[]): boolean {
  switch (condition.kind) {
    case "leaf":
      return leafHolds(condition.leaf, state, retries);
    case "not":
      return !holds(condition.of, state, retries);
    case "and":
      return condition.of.every((part) => holds(part, state, retries));
    case "or":
      return condition.of.some((part) => holds(part, state, retries));
    default:
      return condition satisfies never;
  }
}

function leafHolds(leaf: Leaf, state: MachineState, retries: readonly number[]): boolean {
  switch (leaf.on) {
    case "table":
      return leaf.holds(state.table);
    case "actor": {
      const own = state.actors[leaf.actor];
      if (own === undefined) throw new RangeError(`there is no actor ${leaf.actor}`);
      return leaf.holds(own);
    }
    case "shared":
      return leaf.holds(state);
    case "retries":
      return leaf.holds(retries[leaf.actor] ?? 0);
    default:
      return leaf satisfies never;
  }
}
