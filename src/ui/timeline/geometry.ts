/** What lasts longer than a step: locks held, attempts thrown away. Data in, data out. */
import type { StepView } from "../../engine/protocol.ts";

/** How high a lane is. */
export const LANE = 30;

/** How high the row of the futures is, under the lanes. */
export const FUTURE_ROW = 22;

/** How wide the names of the lanes are. */
export const LABELS = 66;

export interface Held {
  readonly actor: number;
  readonly from: number;
  /** The step of the release, or the number of steps while it is held. */
  readonly to: number;
}

/** From which step to which each actor held the page-table lock. */
export function lockSpans(steps: readonly StepView[]): readonly Held[] {
  const spans: Held[] = [];
  let open: { actor: number; from: number } | undefined;
  steps.forEach((step, n) => {
    if (step.op === "lock") open = { actor: step.actor, from: n };
    if (step.op === "unlock" && open?.actor === step.actor) {
      spans.push({ ...open, to: n });
      open = undefined;
    }
  });
  if (open !== undefined) spans.push({ ...open, to: steps.length });
  return spans;
}

export interface Retry {
  readonly actor: number;
  /** The step that found the block inconsistent. */
  readonly at: number;
  /** The actor's first step of the attempt it threw away. */
  readonly back: number;
}

export function retries(steps: readonly StepView[]): readonly Retry[] {
  const found: Retry[] = [];
  const began = new Map<number, number>();
  steps.forEach((step, n) => {
    if (!began.has(step.actor)) began.set(step.actor, n);
    if (step.events.some((event) => event.kind === "retry")) found.push({ actor: step.actor, at: n, back: began.get(step.actor) ?? n });
    if (step.events.some((event) => event.kind === "retry" || event.kind === "return")) began.delete(step.actor);
  });
  return found;
}
