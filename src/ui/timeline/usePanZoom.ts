import { type RefObject, useEffect, useState } from "react";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { useLab } from "../store/LabContext.tsx";
import { createPanZoom } from "./panZoom.ts";
import { STEP, type Strip } from "./strip.ts";
import { useTimelineHandle } from "./TimelineContext.tsx";

/**
 * What is in sight of the run: as gestures and commands have it, and always the position. It follows the lab, not what is
 * drawn of it: so a step and what it brings into sight are drawn at once.
 * @param dragged a hand moves the position just now
 */
export function usePanZoom(track: RefObject<HTMLElement | null>, dragged: RefObject<boolean>): Strip {
  const lab = useLab();
  const handle = useTimelineHandle();
  const [strips] = useState(() => createStore<Strip>(() => ({ width: 0, px: STEP, left: 0 })));

  useEffect(() => {
    const node = track.current;
    if (node === null) return;
    const panZoom = createPanZoom(node, (strip) => strips.setState(strip));
    handle.current = panZoom;
    const follow = (how: "edge" | "ahead"): void => {
      const { choices, at } = lab.store.getState();
      panZoom.update(choices.length);
      panZoom.reveal(at, how);
    };
    const watching = new ResizeObserver(() => {
      panZoom.resize(node.clientWidth);
      follow("ahead");
    });
    watching.observe(node);
    const unsubscribe = lab.store.subscribe((now, before) => {
      if (now.at !== before.at || now.choices !== before.choices) follow(dragged.current ? "edge" : "ahead");
    });
    return () => {
      unsubscribe();
      watching.disconnect();
      panZoom.destroy();
      handle.current = undefined;
    };
  }, [track, dragged, handle, lab, strips]);

  return useStore(strips);
}
