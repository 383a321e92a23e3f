import { useMemo } from "react";
import { usePage } from "../app/page.ts";
import { useExplorer } from "../explorer/ExplorerContext.tsx";
import { useLab } from "../store/LabContext.tsx";
import type { Stage } from "./commands.ts";

export function useStage(): Stage {
  const [lab, explorer, page] = [useLab(), useExplorer(), usePage()];
  return useMemo(() => ({ lab, explorer, page }), [lab, explorer, page]);
}
