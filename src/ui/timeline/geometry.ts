/** Where things are on the timeline: steps to the right, one lane per actor. Data in, data out. */
import { scaleBand, scaleLinear } from "d3";
import type { StepView } from "../../engine/protocol.ts";

export const MARK = 16;
const STEP = 18;
const LANE = 32;
export const LABELS = 66;

export interface TimelineGeometry {
  readonly width: number;
  readonly height: number;
  /** Left edge of step n's mark; the position before step n. */
  x(step: number): number;
  /** Top edge of an actor's lane. */
  y(actor: number): number;
  readonly laneHeight: number;
  /** The step whose mark is at this x, and the position that shows it done. */
  positionAt(x: number): number;
}

export function timelineGeometry(steps: number, actors: number): TimelineGeometry {
  const x = scaleLinear([0, Math.max(1, steps)], [0, Math.max(1, steps) * STEP]);
  const y = scaleBand(
    Array.from({ length: actors }, (_, n) => n),
    [0, actors * LANE],
  ).paddingInner(0.12);
  return {
    width: (steps + 1) * STEP + MARK,
    height: actors * LANE,
    x: (step) => x(step),
    y: (actor) => y(actor) ?? 0,
    laneHeight: y.bandwidth(),
    positionAt: (at) => Math.max(0, Math.min(steps, Math.floor(x.invert(at)) + 1)),
  };
}

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
