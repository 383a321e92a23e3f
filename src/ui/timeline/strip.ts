/**
 * The part of a run that is in sight: steps from left to right, all as wide as each other.
 * Data in, data out; in pixels of the timeline's own, whatever the page is scaled by.
 */
import { range } from "d3";

export interface Strip {
  readonly width: number;
  /** How wide a step is. */
  readonly px: number;
  /** The step at the left edge, with its fraction. */
  readonly left: number;
}

/** What a step is wide if nobody zooms. */
export const STEP = 18;

/** Wider, steps would only be further apart. */
export const MOST_PX = 48;

export const xOf = ({ px, left }: Strip, step: number): number => (step - left) * px;

/** The step under this x, which may be none of the run's. */
export const stepUnder = ({ px, left }: Strip, x: number): number => Math.floor(x / px + left);

/** The position that shows the step under this x done. */
export const positionAt = (strip: Strip, steps: number, x: number): number => Math.max(0, Math.min(steps, stepUnder(strip, x) + 1));

/** Room for the steps and for where the next one will be. */
export const roomFor = (steps: number): number => steps + 1;

/** Steps so wide show the whole run; a short one is not stretched. */
export const fitPx = (steps: number, width: number): number => Math.min(STEP, width / roomFor(steps));

/** The whole run, and room for its next step, is in sight. */
export const isWhole = ({ px, width }: Strip, steps: number): boolean => px * roomFor(steps) <= width + 0.5;

/** The step under this x stays under it. */
export function zoomed(strip: Strip, steps: number, factor: number, x: number): Strip {
  const { px } = within({ ...strip, px: strip.px * factor }, steps);
  return within({ ...strip, px, left: strip.left + x / strip.px - x / px }, steps);
}

/** Keeps what is in sight within the run. */
export function within(strip: Strip, steps: number): Strip {
  const px = Math.max(Math.min(strip.px, MOST_PX), fitPx(steps, strip.width));
  const most = Math.max(0, roomFor(steps) - strip.width / px);
  return { ...strip, px, left: Math.max(0, Math.min(strip.left, most)) };
}

/**
 * Moves only if the position is out of sight.
 * @param how `edge`: no further than needed, as for a hand that drags; `ahead`: so far that what comes next is in sight too
 */
export function revealed(strip: Strip, steps: number, at: number, how: "edge" | "ahead"): Strip {
  const x = xOf(strip, at);
  const room = Math.min(3 * STEP, strip.width / 4);
  const [least, most] = at === 0 ? [0, strip.width] : [Math.min(strip.px, room), strip.width - room];
  if (x >= least && x <= most) return strip;
  const there = how === "ahead" ? strip.width * 0.6 : x < least ? least : most;
  return within({ ...strip, left: at - there / strip.px }, steps);
}

/** Steps in sight, those cut by an edge included: from the first to before the last. */
export const stepsInSight = ({ width, px, left }: Strip, steps: number): { readonly from: number; readonly to: number } => ({
  from: Math.max(0, Math.min(steps, Math.floor(left))),
  to: Math.max(0, Math.min(steps, Math.ceil(left + width / px))),
});

/** Numbers of steps, from 1, round ones, that stand far enough apart to be written. */
export function rulerTicks(strip: Strip, steps: number, apart = 64): readonly number[] {
  const { from, to } = stepsInSight(strip, steps);
  const least = Math.max(1, apart / strip.px);
  const power = 10 ** Math.floor(Math.log10(least));
  const every = power * ([1, 2, 5].find((round) => round * power >= least) ?? 10);
  return range(Math.max(1, Math.ceil(from / every)) * every, to + 1, every);
}
