/**
 * One exploration from the first step to what a verdict is made of: a search, within
 * bounds, that keeps a shortest way to each failure of a property. Time comes from
 * outside; the engine has no clock.
 */
import type { Kernel } from "../kernel/kernel.ts";
import { createMachine, type Machine } from "../machine/machine.ts";
import type { MachineState } from "../machine/state.ts";
import type { RoutineProvider } from "../routine.ts";
import { type Choice, choiceKey, type Scenario } from "../scenario/scenario.ts";
import { Product } from "./automata/product.ts";
import type { PropertyId } from "./properties/property.ts";
import { watchesFor } from "./properties/watches.ts";
import { type Progress, Search, type Taken } from "./search.ts";

export interface Bounds {
  readonly states: number;
  readonly seconds?: number | undefined;
  /** Megabytes for what the search keeps. */
  readonly memory?: number | undefined;
}

/** Seconds since some moment. */
export type Clock = () => number;

export interface Wishes {
  readonly bounds: Bounds;
  /** The properties to look after. */
  readonly properties: readonly PropertyId[];
  /** Stop at the first violation. */
  readonly first: boolean;
}

/** What runs: a scenario, its kernel, and the code that runs it. */
export interface Subject {
  readonly scenario: Scenario;
  readonly kernel: Kernel;
  readonly provider: RoutineProvider;
}

export interface Failure {
  readonly property: PropertyId;
  /** The entry that shows it, -1 if it is about none. */
  readonly entry: number;
  /** From the very first state to the failure: a shortest way after the document's own choices. */
  readonly choices: readonly Choice[];
}

export interface Exploration {
  readonly space: Search;
  /** Of each property that failed the failure nearest to the start. */
  readonly failures: readonly Failure[];
  /** Set when the search ended early: the bound it met, or `person`. */
  readonly stopped: keyof Bounds | "person" | undefined;
  /** A shortest way to a state of the space, after the document's own choices. */
  choicesTo(state: number): readonly Choice[];
}

/** The document's choices cannot be followed. */
export class Diverged extends Error {
  readonly step: number;
  constructor(step: number) {
    super(`choice ${step} is not on offer`);
    this.step = step;
  }
}

/** Where a search stops if nobody says otherwise. */
export const USUAL_STATES = 10_000_000;

/** @throws Diverged */
export function* explore(
  subject: Subject,
  wishes: Wishes,
  clock: Clock,
  stop: () => boolean = () => false,
): Generator<Progress, Exploration> {
  const { scenario, provider } = subject;
  const { bounds, properties, first } = wishes;
  const machine = createMachine(scenario, provider);
  const found = new Map<PropertyId, { entry: number; choices: () => readonly Choice[] }>();

  let sight: (property: PropertyId, entry: number) => void = () => undefined;
  const product = new Product(
    scenario,
    provider,
    watchesFor(subject, new Set(properties), (property, entry) => sight(property, entry)),
  );

  const begun = follow(machine, product, (watch) => {
    sight = watch;
  });
  for (const { property, entry, steps } of begun.sights)
    if (!found.has(property)) found.set(property, { entry, choices: () => scenario.choices.slice(0, steps) });

  const space = new Search(product, begun.row, bounds.states);
  const choicesTo = (state: number): readonly Choice[] => [
    ...scenario.choices,
    ...travel(machine, begun.state, space.wayTo(state)).choices,
  ];
  sight = (property, entry) => {
    if (found.has(property)) return;
    const { from, position } = space.making;
    found.set(property, {
      entry,
      choices: () => {
        const { choices, state } = travel(machine, begun.state, space.wayTo(from));
        // Where nobody can move there is no step: the state itself is the failure.
        return [...scenario.choices, ...choices, ...machine.choices(state).slice(position, position + 1)];
      },
    });
  };

  const began = clock();
  let stopped: Exploration["stopped"];
  for (const progress of space.run()) {
    if (first && found.size > 0) break;
    if (stop()) stopped = "person";
    else if (bounds.seconds !== undefined && clock() - began >= bounds.seconds) stopped = "seconds";
    else if (bounds.memory !== undefined && space.bytesSoon >= bounds.memory * 1024 * 1024) stopped = "memory";
    if (stopped !== undefined) break;
    yield progress;
  }
  const cutShort = space.expanded < space.states && !(first && found.size > 0);
  return {
    space,
    failures: [...found].map(([property, { entry, choices }]) => ({ property, entry, choices: choices() })),
    stopped: stopped ?? (cutShort ? "states" : undefined),
    choicesTo,
  };
}

interface Begun {
  readonly row: Int32Array;
  readonly state: MachineState;
  readonly sights: readonly { readonly property: PropertyId; readonly entry: number; readonly steps: number }[];
}

/** Follows the document's choices, with the watches looking on. */
function follow(machine: Machine, product: Product, watchWith: (watch: (property: PropertyId, entry: number) => void) => void): Begun {
  const sights: { property: PropertyId; entry: number; steps: number }[] = [];
  let state = machine.initial;
  const row = product.begin(state);
  for (const [n, choice] of product.automata.scenario.choices.entries()) {
    const key = choiceKey(choice);
    const taken = machine.choices(state).findIndex((offered) => choiceKey(offered) === key);
    const next = machine.step(state, choice);
    if (taken < 0 || next === undefined) throw new Diverged(n);
    let position = 0;
    const after = row.slice();
    watchWith((property, entry) => {
      if (position === taken) sights.push({ property, entry, steps: n + 1 });
    });
    product.expand(row, (reached) => {
      if (position++ === taken) after.set(reached);
    });
    row.set(after);
    state = next.state;
  }
  return { row, state, sights };
}

/** The choices that a way through the space takes, and where it leads. */
function travel(
  machine: Machine,
  from: MachineState,
  way: readonly Taken[],
): { readonly choices: readonly Choice[]; readonly state: MachineState } {
  const choices: Choice[] = [];
  let state = from;
  for (const { position } of way) {
    const choice = machine.choices(state)[position];
    const next = choice === undefined ? undefined : machine.step(state, choice);
    if (choice === undefined || next === undefined) throw new Error("a step of the search is none of the machine's");
    choices.push(choice);
    state = next.state;
  }
  return { choices, state };
}
