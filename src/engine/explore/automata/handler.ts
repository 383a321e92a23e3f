/** What those who look on do on a step, and what they look at to do it. */
import { LOOKS_CALLS, LOOKS_SHARED, LOOKS_TLBS } from "../inner/layout.ts";
import type { TableFact } from "../states/tableFact.ts";

/** One step of the product while it is made. The rows are used again for the next one. */
export interface ProductStep {
  readonly actor: number;
  readonly before: Int32Array;
  readonly after: Int32Array;
}

/**
 * What a handler looks at, apart from the edge that it belongs to and the columns of its
 * watch: where all of that is equal, it is asked once.
 */
export interface Looks {
  /** Facts of the table before the step, and after it. */
  readonly before?: readonly TableFact[];
  readonly after?: readonly TableFact[];
  /** The lock and the pending flushes, before the step. */
  readonly shared?: true;
  /** Which of the other actors is in which call. */
  readonly calls?: true;
  /** Every TLB, after the step. */
  readonly tlbs?: true;
}

export interface Handler {
  readonly looks: Looks;
  act(step: ProductStep): void;
}

export const handler = (looks: Looks, act: (step: ProductStep) => void): Handler => ({ looks, act });

/** It looks at nothing. */
export const NOTHING: Looks = {};

/** The handlers of a watch that are the same for many edges: one for each key. */
export class Handlers {
  readonly #made = new Map<string, Handler>();

  get(key: string, make: () => Handler): Handler {
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const made = make();
    this.#made.set(key, made);
    return made;
  }
}

/** Bits of what handlers look at beside facts. */
export const bitsOf = ({ shared, calls, tlbs }: Looks): number =>
  (shared ? LOOKS_SHARED : 0) | (calls ? LOOKS_CALLS : 0) | (tlbs ? LOOKS_TLBS : 0);
