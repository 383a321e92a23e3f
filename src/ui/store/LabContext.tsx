/** One lab per mounted app, handed down by context. */
import { useQuery } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { Catalogue, Listing } from "../../engine/protocol.ts";
import type { Lab, LabState } from "./lab.ts";
import { catalogueQuery, listingsQuery, type WholeView } from "./queries.ts";

const LabContext = createContext<Lab | undefined>(undefined);
export const LabProvider = LabContext.Provider;

export function useLab(): Lab {
  const lab = useContext(LabContext);
  if (lab === undefined) throw new Error("there is no lab around this component");
  return lab;
}

export const useLabState = <T,>(select: (state: LabState) => T): T => useStore(useLab().store, select);

export const selectScenario = (state: LabState) => state.scenario;
export const selectChoices = (state: LabState) => state.choices;
export const selectAt = (state: LabState) => state.at;
const selectView = (state: LabState) => state.view;

/** What is shown, for what is there only while something is: a panel asks itself, so that what is around it is not drawn anew on each step. */
export function useShown(): WholeView {
  const view = useLabState(selectView);
  if (view === undefined) throw new Error("nothing is shown around this component");
  return view;
}

export function useCatalogue(): Catalogue | undefined {
  return useQuery(catalogueQuery(useLab().client)).data;
}

const NO_LISTINGS: readonly Listing[] = [];

/** The code of the open scenario's kernel. */
export function useListings(): readonly Listing[] {
  const lab = useLab();
  const scenario = useLabState(selectScenario);
  const { data } = useQuery({ ...listingsQuery(lab.client, scenario?.handle ?? 0), enabled: scenario !== undefined });
  return data ?? NO_LISTINGS;
}
