/** d3 tells drag, pinch and wheel on the timeline apart; `strip.ts` says where that leads. */
import { select, type ZoomTransform, zoom, zoomIdentity } from "d3";
import { fitPx, MOST_PX, STEP, type Strip, within } from "./strip.ts";

export interface Gestures {
  /**
   * Something else has moved what is in sight.
   * @param ratio pixels of the screen for one of the page
   */
  follow(strip: Strip, steps: number, ratio: number): void;
  destroy(): void;
}

/** Less than this far, a press is a click. */
const CLICK_PX = 4;

/** However far a wheel turns at once, it is one turn. */
const wheelDelta = ({ deltaY, deltaMode }: WheelEvent): number => Math.max(-0.7, Math.min(0.7, -deltaY * (deltaMode === 0 ? 0.01 : 0.2)));

const withMod = (event: MouseEvent): boolean => event.ctrlKey || event.metaKey;

/** @param tell what a hand has brought into sight */
export function createGestures(node: HTMLElement, tell: (strip: Strip) => void): Gestures {
  let strip: Strip = { width: 0, px: STEP, left: 0 };
  let steps = 0;
  let ratio = 1;

  const stripOf = ({ k, x }: ZoomTransform): Strip => ({ ...strip, px: STEP * k, left: -x / (STEP * ratio * k) });
  const transformOf = ({ px, left }: Strip): ZoomTransform => zoomIdentity.translate(-left * px * ratio, 0).scale(px / STEP);

  const gesture = zoom<HTMLElement, unknown>()
    .filter((event: MouseEvent) => (event.type === "wheel" ? withMod(event) : event.button === 0 || event.type.startsWith("touch")))
    .wheelDelta(wheelDelta)
    .clickDistance(CLICK_PX)
    .extent(() => [
      [0, 0],
      [strip.width * ratio, 1],
    ])
    .constrain((transform) => transformOf(within(stripOf(transform), steps)))
    .on("zoom", ({ transform, sourceEvent }: { transform: ZoomTransform; sourceEvent: Event | null }) => {
      if (sourceEvent === null) return;
      strip = stripOf(transform);
      tell(strip);
    });
  const target = select(node).call(gesture).on("dblclick.zoom", null);

  return {
    follow(next, runs, scale) {
      [strip, steps, ratio] = [next, runs, scale];
      gesture.scaleExtent([fitPx(steps, strip.width) / STEP, MOST_PX / STEP]);
      target.call(gesture.transform, transformOf(strip));
    },
    destroy() {
      target.on(".zoom", null);
    },
  };
}
