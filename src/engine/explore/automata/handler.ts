/** What those who look on do on a step, and what they look at to do it. */
import { LOOKS_CALLS, LOOKS_SHARED, LOOKS_TABLE_AFTER, LOOKS_TABLE_BEFORE, LOOKS_TLBS } from "../inner/layout.ts";

/** One step of the product while it is made. The rows are used again for the next one. */
export interface ProductStep {
  readonly actor: number;
  readonly before: Int32Array;
  readonly after: Int32Array;
}

/**
 * Apart from the edge that it belongs to and the watch's own columns a handler looks at
 * nothing but what it says: where those are equal, it is asked once.
 */
export interface Handler {
  /** Bits of LOOKS. */
  readonly looks: number;
  act(step: ProductStep): void;
}

export const LOOKS = {
  nothing: 0,
  tableBefore: LOOKS_TABLE_BEFORE,
  tableAfter: LOOKS_TABLE_AFTER,
  /** The lock and the pending flushes, before the step. */
  shared: LOOKS_SHARED,
  /** Which of the other actors is in which call. */
  calls: LOOKS_CALLS,
  /** Every TLB, after the step. */
  tlbs: LOOKS_TLBS,
} as const;

export const handler = (looks: number, act: (step: ProductStep) => void): Handler => ({ looks, act });
