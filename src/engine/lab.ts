/** Puts a scenario, its kernel and the built-in routines together. */
import type { Subject } from "./explore/explore.ts";
import { GRANULES } from "./hardware/granule.ts";
import { builtInRoutines } from "./kernel/calls.ts";
import type { Kernel } from "./kernel/kernel.ts";
import { codeOf } from "./kernel/variants/profiles.ts";
import { createMachine, type Machine } from "./machine/machine.ts";
import type { RoutineProvider } from "./routine.ts";
import type { Scenario } from "./scenario/scenario.ts";

export const kernelOf = (scenario: Scenario): Kernel => ({
  granule: GRANULES[scenario.granule],
  va: scenario.va,
  mm: scenario.mm,
  folios: scenario.folios,
  code: codeOf(scenario, scenario.features.bbm),
});

/** @param provider other code than ours to run, behind the same interface */
export function machineFor(scenario: Scenario, provider: RoutineProvider = builtInRoutines(kernelOf(scenario))): Machine {
  return createMachine(scenario, provider);
}

/** The same for an exploration. */
export function subjectOf(scenario: Scenario): Subject {
  const kernel = kernelOf(scenario);
  return { scenario, kernel, provider: builtInRoutines(kernel) };
}
