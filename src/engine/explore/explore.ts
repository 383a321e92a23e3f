/**
 * One exploration from the first step to the verdict's ingredients: a search, within
 * bounds, that keeps a shortest way to each breach. Time and memory come from outside;
 * the engine has no clock.
 */
import type { Machine } from "../machine/machine.ts";
import type { MachineState } from "../machine/state.ts";
import { type Breach, breachOf } from "../machine/step.ts";
import type { Choice } from "../scenario/scenario.ts";
import { createSearch, type Progress, type Space } from "./search.ts";

export interface Bounds {
  readonly states: number;
  readonly seconds?: number | undefined;
  /** Megabytes. */
  readonly memory?: number | undefined;
}

export interface Gauges {
  /** Seconds since some moment. */
  seconds(): number;
  /** Megabytes in use. */
  memory(): number;
}

export interface Wishes {
  readonly bounds: Bounds;
  /** The properties to look after. */
  readonly properties: readonly Breach[];
  /** Stop at the first violation. */
  readonly first: boolean;
}

export interface Exploration {
  readonly space: Space;
  /** Violated properties, each with a shortest list of choices from the start, in the order found. */
  readonly breaches: ReadonlyMap<Breach, readonly Choice[]>;
  /** Set when the search ended early: the bound it met. */
  readonly stopped: keyof Bounds | undefined;
}

/** Where a search stops if nobody says otherwise: what fits into the memory of a common machine. */
export const USUAL_STATES = 10_000_000;

export function* explore(machine: Machine, start: MachineState, wishes: Wishes, gauges: Gauges): Generator<Progress, Exploration> {
  const { bounds, properties, first } = wishes;
  const breaches = new Map<Breach, readonly Choice[]>();
  const search = createSearch(machine, start, bounds.states, (step, from) => {
    for (const event of step.events) {
      const breach = breachOf(event);
      if (breach === undefined || breaches.has(breach) || !properties.includes(breach)) continue;
      breaches.set(breach, [...search.choicesTo(from), step.choice]);
    }
  });
  const began = gauges.seconds();
  for (const progress of search.run()) {
    if (first && breaches.size > 0) return { space: search, breaches, stopped: undefined };
    if (bounds.seconds !== undefined && gauges.seconds() - began >= bounds.seconds) return { space: search, breaches, stopped: "seconds" };
    if (bounds.memory !== undefined && gauges.memory() >= bounds.memory) return { space: search, breaches, stopped: "memory" };
    yield progress;
  }
  return { space: search, breaches, stopped: search.expanded < search.states ? "states" : undefined };
}
