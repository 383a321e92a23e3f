/** One explorer per mounted app, handed down by context. */
import { skipToken, useQuery } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { Compared, Explored } from "../../engine/protocol.ts";
import { type ComparerState, type CompareWish, comparedKey } from "./compare/comparer.ts";
import { type Explorer, type ExplorerState, exploredKey, type Wish } from "./explorer.ts";

const ExplorerContext = createContext<Explorer | undefined>(undefined);
export const ExplorerProvider = ExplorerContext.Provider;

export function useExplorer(): Explorer {
  const explorer = useContext(ExplorerContext);
  if (explorer === undefined) throw new Error("there is no explorer around this component");
  return explorer;
}

export const useExplorerState = <T,>(select: (state: ExplorerState) => T): T => useStore(useExplorer().store, select);

export const selectOpen = (state: ExplorerState) => state.open;
export const selectRunning = (state: ExplorerState) => state.running;
export const selectShown = (state: ExplorerState) => state.shown;

export const useComparerState = <T,>(select: (state: ComparerState) => T): T => useStore(useExplorer().comparer.store, select);

const NONE: Wish = { handle: 0, choices: [], questions: [], bounds: { states: 0 } };

/** What was found, as remembered: asking is the explorer's. */
export function useExplored(): Explored | undefined {
  const shown = useExplorerState(selectShown);
  const { data } = useQuery<Explored>({ queryKey: exploredKey(shown ?? NONE), queryFn: skipToken, structuralSharing: false });
  return shown === undefined ? undefined : data;
}

/** What changed between the two kernels compared last, and the document with either. */
export function useCompared(): { readonly wish: CompareWish; readonly compared: Compared } | undefined {
  const wish = useComparerState((state) => state.shown);
  const { data } = useQuery<Compared>({ queryKey: wish ? comparedKey(wish) : ["compared"], queryFn: skipToken, structuralSharing: false });
  return wish === undefined || data === undefined ? undefined : { wish, compared: data };
}
