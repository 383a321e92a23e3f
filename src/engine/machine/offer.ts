/** What an actor can do next, or the reason why it can do nothing. */
import type { Choice } from "../scenario/scenario.ts";

export type Idle = "finished" | "waits-for-lock" | "no-valid-entry";

export interface Offer {
  readonly choices: readonly Choice[];
  /** Set exactly when `choices` is empty. */
  readonly idle?: Idle;
  /** Who holds the lock that this actor waits for. */
  readonly holder?: number;
}

export const offered = (choices: readonly Choice[]): Offer => ({ choices });

export const noOffer = (idle: Idle, holder?: number): Offer => ({ choices: [], idle, ...(holder !== undefined && { holder }) });
