import { useMemo } from "react";
import { usePage } from "../app/page.ts";
import { useExplorer } from "../explorer/ExplorerContext.tsx";
import { useRunner } from "../run/RunnerContext.tsx";
import { useLab } from "../store/LabContext.tsx";
import { useStories } from "../stories/stories.ts";
import { useTimelineHandle } from "../timeline/TimelineContext.tsx";
import type { Stage } from "./commands.ts";

export function useStage(): Stage {
  const [lab, runner, stories, explorer, page, timeline] = [
    useLab(),
    useRunner(),
    useStories(),
    useExplorer(),
    usePage(),
    useTimelineHandle(),
  ];
  return useMemo(() => ({ lab, runner, stories, explorer, page, timeline }), [lab, runner, stories, explorer, page, timeline]);
}
