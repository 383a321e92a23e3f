import { useMemo } from "react";
import { usePage } from "../app/page.ts";
import { useExplorer } from "../explorer/ExplorerContext.tsx";
import { useLab } from "../store/LabContext.tsx";
import { useTimelineHandle } from "../timeline/TimelineContext.tsx";
import type { Stage } from "./commands.ts";

export function useStage(): Stage {
  const [lab, explorer, page, timeline] = [useLab(), useExplorer(), usePage(), useTimelineHandle()];
  return useMemo(() => ({ lab, explorer, page, timeline }), [lab, explorer, page, timeline]);
}
