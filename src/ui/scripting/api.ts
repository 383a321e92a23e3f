/** What scripts and presenters may do with the page: `window.contpteLab`. Told in docs/scripting.md. */
import type { Choice, ScenarioDocument, Snapshot } from "../../engine/protocol.ts";

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
