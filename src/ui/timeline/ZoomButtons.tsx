import { memo } from "react";
import { isWhole, MOST_PX, type Strip } from "./strip.ts";
import styles from "./Timeline.module.css";
import { useTimelineHandle } from "./TimelineContext.tsx";

export const ZOOM_FACTOR = 1.6;

/** The same as the wheel does; where there is nothing more to see they say so, and keep the focus. */
export const ZoomButtons = memo(function ZoomButtons({ strip, steps }: { strip: Strip; steps: number }) {
  const handle = useTimelineHandle();
  const whole = isWhole(strip, steps);
  return (
    <fieldset className={styles.zoom} aria-label="Zoom the timeline">
      <button
        type="button"
        aria-label="Zoom out"
        data-tip="Zoom out (−)"
        aria-disabled={whole}
        onClick={() => handle.current?.zoomBy(1 / ZOOM_FACTOR)}
      >
        −
      </button>
      <button
        type="button"
        aria-label="Zoom in"
        data-tip="Zoom in (+)"
        aria-disabled={strip.px > MOST_PX - 0.01}
        onClick={() => handle.current?.zoomBy(ZOOM_FACTOR)}
      >
        +
      </button>
      <button
        type="button"
        aria-label="Fit the whole run"
        data-tip="Fit the whole run (0)"
        aria-disabled={whole}
        onClick={() => handle.current?.fit()}
      >
        fit
      </button>
    </fieldset>
  );
});
