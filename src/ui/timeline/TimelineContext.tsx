/** How commands get hold of the timeline that is on the page, while there is one. */
import { createContext, useContext } from "react";
import type { PanZoom } from "./panZoom.ts";

export interface TimelineHandle {
  current: PanZoom | undefined;
}

export const createTimelineHandle = (): TimelineHandle => ({ current: undefined });

const TimelineContext = createContext<TimelineHandle | undefined>(undefined);
export const TimelineProvider = TimelineContext.Provider;

export function useTimelineHandle(): TimelineHandle {
  const handle = useContext(TimelineContext);
  if (handle === undefined) throw new Error("there is no timeline handle around this component");
  return handle;
}
