/** What scripts and presenters may do with the page: `window.contpteLab`. Told in docs/scripting.md. */
import type { Choice, Prediction, ScenarioDocument, Snapshot, StoryShelf, ToldBeat } from "../../engine/protocol.ts";

/** What is shown, as plain data. */
export interface ShownState {
  readonly document: ScenarioDocument;
  /** The whole run, what lies ahead of the step shown included. */
  readonly choices: readonly Choice[];
  /** The step shown, from 0 (the start) to the number of choices. */
  readonly step: number;
  /** Memory, TLBs and actors after that step; words are hex strings. */
  readonly snapshot: Snapshot;
}

export interface StoryCard {
  readonly id: string;
  readonly shelf: StoryShelf;
  readonly title: string;
  /** One sentence. */
  readonly teaches: string;
}

/** A story as it is told, over all its acts; `code` stands in backticks in every text. */
export interface ToldStory extends StoryCard {
  readonly beats: readonly ToldStoryBeat[];
}

export interface ToldStoryBeat extends Pick<ToldBeat, "at" | "checks"> {
  /** From 0. Each act plays a scenario of its own, from its start. */
  readonly act: number;
  readonly actTitle?: string;
  readonly caption: string;
  /** Asked where the beat before stands. */
  readonly predict?: Prediction;
  /** The step of the act's run where the way to this beat begins; it stands at `at`. */
  readonly from: number;
}

/** What is to be seen of a beat, if not the beat itself: a step on the way to it, or the question before it. */
export type BeatMoment = { readonly at?: number } | { readonly question: "asked" | "answered" };

export interface ContpteLab {
  /** Of this interface: one that breaks scripts has another. */
  readonly version: 1;
  /** Resolves once the scenario that the address names is drawn. */
  readonly ready: Promise<void>;
  /**
   * Opens a scenario, at its start unless a link or the document's own choices say otherwise.
   *
   * @param what the name of a ready scenario, a link (`#v=1&…` or a whole address), or a document
   * @throws Error with the sentence that a person would read; what was open stays open
   */
  load(what: string | object): Promise<ShownState>;
  /** @throws Error if the run has no such step */
  seek(step: number): Promise<ShownState>;
  /**
   * Makes one step.
   *
   * @param actor its name, or its number from 0; left out, the run goes on as by →
   * @param move what it does, as the list of moves puts it, where it has several
   * @throws Error saying why it cannot move, or which moves there are
   */
  step(actor?: string | number, move?: string): Promise<ShownState>;
  /** Every story there is, in the order in which they are to be read. */
  stories(): Promise<readonly StoryCard[]>;
  /** @throws Error that names the stories there are */
  story(id: string): Promise<ToldStory>;
  /**
   * Shows one picture of a story, with no movement on the way: a beat, unless a moment before it is asked for.
   *
   * @param beat from 1, as in links
   * @param moment a step on the way there, or the question before it, as asked or with its answer
   * @throws Error if there is nothing of the kind; what was open stays open
   */
  tell(id: string, beat: number, moment?: BeatMoment): Promise<ShownState>;
  /** @throws Error before `ready` */
  state(): ShownState;
  /** Resolves when everything asked for so far has been done and painted, explorations included. */
  idle(): Promise<void>;
}

declare global {
  interface Window {
    contpteLab: ContpteLab;
  }
}
