/** What the future holds along the run on the page, by the exploration that is shown. */
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Future } from "../../../engine/protocol.ts";
import { selectChoices, useLab, useLabState } from "../../store/LabContext.tsx";
import { selectShown, useExplorerState } from "../ExplorerContext.tsx";
import { type ExploredFrom, futuresKey, futuresQuery, sharedFutures } from "../queries.ts";

export interface RunFutures {
  /** Before the first step and after each; undefined where nothing has been explored. */
  readonly futures: readonly Future[] | undefined;
  /** From this position on something has failed on the run. */
  readonly failedAt: number | undefined;
  /** Something was explored, but the engine keeps it no longer. */
  readonly isLost: boolean;
}

const NONE: ExploredFrom = { handle: 0, choices: [] };

export function useFutures(): RunFutures {
  const { client } = useLab();
  const shown = useExplorerState(selectShown);
  const choices = useLabState(selectChoices);
  const from = shown ?? NONE;
  const { data } = useQuery({
    ...futuresQuery(client, from, choices),
    enabled: shown !== undefined,
    // Until the answer comes: that of the run before, which mostly differs in its last step.
    placeholderData: (before, query) => (isOf(from, query?.queryKey) ? before : undefined),
  });
  // The very same list as long as the run is: what is drawn of it is drawn once.
  const futures = useMemo(() => data && sharedFutures(data, choices), [data, choices]);
  if (shown === undefined || data === undefined) return { futures: undefined, failedAt: undefined, isLost: false };
  const isReached = futures !== undefined && data.failedAt !== undefined && data.failedAt < futures.length;
  return { futures, failedAt: isReached ? data.failedAt : undefined, isLost: data.futures === undefined };
}

const isOf = (from: ExploredFrom, key: readonly unknown[] = []): boolean => futuresKey(from).every((part, n) => part === key[n]);
