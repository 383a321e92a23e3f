import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import { createPanZoom } from "./panZoom.ts";
import { STEP, type Strip } from "./strip.ts";
import { useTimelineHandle } from "./TimelineContext.tsx";

/**
 * What is in sight of a run: as gestures and commands have it, and always the position.
 * @param dragged a hand moves the position just now
 */
export function usePanZoom(track: RefObject<HTMLElement | null>, steps: number, at: number, dragged: RefObject<boolean>): Strip {
  const handle = useTimelineHandle();
  const [strip, setStrip] = useState<Strip>({ width: 0, px: STEP, left: 0 });
  const run = useRef({ steps, at });

  useEffect(() => {
    const node = track.current;
    if (node === null) return;
    const panZoom = createPanZoom(node, setStrip);
    handle.current = panZoom;
    panZoom.update(run.current.steps);
    const watching = new ResizeObserver(() => {
      panZoom.resize(node.clientWidth);
      panZoom.reveal(run.current.at, "ahead");
    });
    watching.observe(node);
    return () => {
      watching.disconnect();
      panZoom.destroy();
      handle.current = undefined;
    };
  }, [track, handle]);

  useLayoutEffect(() => {
    run.current = { steps, at };
    handle.current?.update(steps);
    handle.current?.reveal(at, dragged.current ? "edge" : "ahead");
  }, [steps, at, dragged, handle]);

  return strip;
}
