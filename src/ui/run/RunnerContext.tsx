/** One runner per mounted app, handed down by context. */
import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { Runner, RunnerState } from "./runner.ts";

const RunnerContext = createContext<Runner | undefined>(undefined);
export const RunnerProvider = RunnerContext.Provider;

export function useRunner(): Runner {
  const runner = useContext(RunnerContext);
  if (runner === undefined) throw new Error("there is no runner around this component");
  return runner;
}

export const useRunnerState = <T,>(select: (state: RunnerState) => T): T => useStore(useRunner().store, select);
