/**
 * A story teaches one thing by playing scenarios. It is data: words, what to play and what
 * must be so. Nothing in it is a step number: it says where to go by what is so there, so
 * it still fits when a routine takes a step more or less. docs/stories.md is for who writes one.
 */
import type { Event } from "../machine/step.ts";
import type { ScenarioDocument } from "../scenario/document.ts";
import type { Choice } from "../scenario/scenario.ts";

export interface Story {
  /** Appears in links: never changes. */
  readonly id: string;
  readonly shelf: StoryShelf;
  readonly title: string;
  /** One sentence: what a person can say afterwards. */
  readonly teaches: string;
  /** Topics that it is to be read for. */
  readonly covers: readonly string[];
  readonly acts: readonly [Act, ...Act[]];
}

/** `basics`: what contpte is. `thread`: its review. `history`: what happened to it. `break-it`: what its rules are good for. */
export type StoryShelf = "basics" | "thread" | "history" | "break-it";

/** One scenario, played from its start. A story that compares has two. */
export interface Act {
  readonly title?: string;
  /** The beats make the choices. */
  readonly scenario: Omit<ScenarioDocument, "choices">;
  readonly beats: readonly [Beat, ...Beat[]];
  readonly expect?: Expect;
}

/** A place to stand and look: the moves that lead there, and what is to be seen. */
export interface Beat {
  /** Plain short English, `code` in backticks; shown when the moves have been made. */
  readonly caption: string;
  readonly moves?: readonly Move[];
  readonly focus?: Focus;
  /** Asked where the beat before has ended, before the moves are made and the caption is shown. */
  readonly predict?: Prediction;
  /** Conditions (docs/questions.md) that hold here: all that the caption says and a condition can. */
  readonly checks?: readonly string[];
}

/** These actors, by name, each in its turn as far as it gets alone, until the goal is met. */
export type Move = { readonly actors: readonly [string, ...string[]] } & Goal;

export type Goal =
  /** A condition begins to hold. */
  | { readonly until: string }
  /** One of the actors comes to stand at this line of a listing, such as `contpte_convert.set`. */
  | { readonly line: string }
  /** One of them starts again, faults, returns, … */
  | { readonly event: Event["kind"] }
  /** So many steps are made. */
  | { readonly steps: number }
  /** The one actor makes one step, using freedoms that it has: the fields of a choice of the scenario document. */
  | { readonly choose: Freedoms<Choice> };

type Freedoms<C> = C extends number ? never : Omit<C, "actor">;

/** What is not dimmed. Actors are called by their names. */
export interface Focus {
  /** Such as `0-3` or `4, 8-15`. */
  readonly entries?: string;
  readonly actors?: readonly string[];
  /** An MMU: what its TLB holds. */
  readonly tlb?: string;
  /** An actor that runs kernel code: the line it stands at. */
  readonly line?: string;
}

export interface Prediction {
  readonly ask: string;
  readonly answers: readonly string[];
  /** The number of the right one, from 0. */
  readonly right: number;
  /** Why that is so; told to everybody who has answered. */
  readonly because: string;
}

/** What the explorer finds over every interleaving of the act. Whatever is given is exact. */
export interface Expect {
  /** The ids of the properties that fail. */
  readonly violates: readonly string[];
  readonly questions?: Readonly<Record<string, "holds" | "fails">>;
  /** Every way in which runs end: who got what, then the table. */
  readonly outcomes?: readonly string[];
}
