/** Moves what is in sight along the timeline: by wheel and by commands at once, by other gestures as soon as d3 is here. */
import { afterFirstPicture } from "../shared/later.ts";
import type { Gestures } from "./gestures.ts";
import { revealed, STEP, type Strip, within, xOf, zoomed } from "./strip.ts";

export interface PanZoom {
  /** The run has grown, or is another. */
  update(steps: number): void;
  /** The panel has another size, or the page another scale. */
  resize(width: number): void;
  /** About the position, if it is in sight. */
  zoomBy(factor: number): void;
  /** The whole run, and what is added to it. */
  fit(): void;
  /** Puts this step at the left edge, as nearly as it can be. */
  moveTo(left: number): void;
  reveal(at: number, how: "edge" | "ahead"): void;
  destroy(): void;
}

const withMod = (event: MouseEvent): boolean => event.ctrlKey || event.metaKey;

/** @param tell what is in sight now */
export function createPanZoom(node: HTMLElement, tell: (strip: Strip) => void): PanZoom {
  let steps = 0;
  let strip: Strip = { width: 0, px: STEP, left: 0 };
  let position = 0;
  let fitted = false;
  let gestures: Gestures | undefined;
  let isGone = false;
  /** Pixels of the screen for one of the page: a presentation is scaled. Measured where that costs no layout. */
  let ratio = 1;

  function show(next: Strip): void {
    strip = next;
    gestures?.follow(strip, steps, ratio);
    tell(strip);
  }

  function onGesture(next: Strip): void {
    fitted = false;
    strip = next;
    tell(strip);
  }

  void afterFirstPicture
    .then(() => import("./gestures.ts"))
    .then(({ createGestures }) => {
      if (isGone) return;
      gestures = createGestures(node, onGesture);
      gestures.follow(strip, steps, ratio);
    })
    .catch(() => undefined); // the page was left, or its host is gone: wheel, keys and buttons go along all the same

  /** Without a modifier the wheel moves along; up and down only where nothing scrolls that way. */
  function onWheel(event: WheelEvent): void {
    if (withMod(event)) {
      event.preventDefault(); // the browser would zoom the page
      return;
    }
    const sideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (!sideways && scrollsDown(node)) return;
    const by = (sideways && event.deltaX !== 0 ? event.deltaX : event.deltaY) * (event.deltaMode === 0 ? 1 : STEP);
    const next = within({ ...strip, left: strip.left + by / strip.px }, steps);
    if (next.left === strip.left) return;
    event.preventDefault();
    fitted = false;
    show(next);
  }
  node.addEventListener("wheel", onWheel, { passive: false });

  function fitInto(width: number): void {
    if (width === 0) return; // a panel without a place, as while the page is laid out anew: a scale of 0 leads nowhere back
    const wide = { ...strip, width };
    const next = within(fitted ? { ...wide, px: 0, left: 0 } : wide, steps);
    if (next.width !== strip.width || next.px !== strip.px || next.left !== strip.left) show(next);
    else gestures?.follow(strip, steps, ratio);
  }

  return {
    update(runs) {
      steps = runs;
      fitInto(strip.width);
    },
    resize(width) {
      ratio = node.getBoundingClientRect().width / node.offsetWidth || 1;
      fitInto(width);
    },
    zoomBy(factor) {
      fitted = false;
      const x = xOf(strip, position);
      show(zoomed(strip, steps, factor, x >= 0 && x <= strip.width ? x : strip.width / 2));
    },
    fit() {
      fitted = true;
      show(within({ ...strip, px: 0, left: 0 }, steps));
    },
    moveTo(left) {
      fitted = false;
      show(within({ ...strip, left }, steps));
    },
    reveal(at, how) {
      position = at;
      const next = strip.width === 0 ? strip : revealed(strip, steps, at, how);
      if (next !== strip) show(next);
    },
    destroy() {
      isGone = true;
      gestures?.destroy();
      node.removeEventListener("wheel", onWheel);
    },
  };
}

/** Something around it, or the page, scrolls up and down. */
function scrollsDown(node: HTMLElement): boolean {
  for (let around: HTMLElement | null = node; around !== null; around = around.parentElement) {
    const { overflowY } = getComputedStyle(around);
    const scrolls = overflowY === "auto" || overflowY === "scroll" || around === document.documentElement;
    if (scrolls && around.scrollHeight > around.clientHeight + 1) return true;
  }
  return false;
}
