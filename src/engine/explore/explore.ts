/**
 * One exploration: a search within bounds, with the watches of the properties looking
 * on, that remembers where each property fails first. Time comes from outside; the
 * engine has no clock.
 */
import type { Kernel } from "../kernel/kernel.ts";
import { createMachine, type Machine } from "../machine/machine.ts";
import type { MachineState } from "../machine/state.ts";
import type { RoutineProvider } from "../routine.ts";
import { type Choice, choiceKey, type Scenario } from "../scenario/scenario.ts";
import { Product } from "./automata/product.ts";
import type { Turn } from "./graph/graph.ts";
import { QUIET_STEPS, WAITING_TOO } from "./inner/layout.ts";
import type { PropertyId, Report } from "./properties/property.ts";
import { watchesFor } from "./properties/watches.ts";
import type { Question } from "./questions/question.ts";
import { type RetryColumns, retryWatch } from "./questions/retries.ts";
import { type LeavesOut, type Progress, Search } from "./search.ts";

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
  /** A person's own. */
  readonly questions: readonly Question[];
  /** Stop at the first failure. */
  readonly first: boolean;
  /** Leave out orders that nobody can tell apart: the same outcomes and verdicts, but neither numbers nor shortest runs. */
  readonly reduced?: boolean;
  /** The inner loop of the search as WebAssembly; without it the same code runs as TypeScript. */
  readonly compiled?: WebAssembly.Module | undefined;
}

/** What runs: a scenario, its kernel, and the code that runs it. */
export interface Subject {
  readonly scenario: Scenario;
  readonly kernel: Kernel;
  readonly provider: RoutineProvider;
  /** Of code that is not the scenario's own kernel: what to call it. */
  readonly code?: string;
  /** What this code does not let us judge, and why: not to be looked after. */
  readonly unjudged?: ReadonlyMap<PropertyId, string>;
}

/** Where a property fails. */
export interface Failure {
  readonly property: PropertyId;
  /** The entry that shows it, -1 if it is about none. */
  readonly entry: number;
  /** From the very first state to the failure: a shortest way after the document's own choices. */
  readonly choices: readonly Choice[];
}

export interface Exploration {
  readonly space: Search;
  readonly machine: Machine;
  /** Orders were left out: interleavings cannot be counted. */
  readonly reduced: boolean;
  /** Of each property that failed the failure nearest to the start. */
  readonly failures: readonly Failure[];
  /** Set when the search ended early: the bound it met, or `person`. */
  readonly stopped: keyof Bounds | "person" | undefined;
  readonly retryColumns: RetryColumns;
  /** The whole run, the document's own choices first. */
  choicesAlong(way: readonly Turn[]): readonly Choice[];
  /** What fails on the steps of a state, or in the state itself where it has none. */
  failuresAt(state: number): readonly Sight[];
}

/** A failure as a watch reports it. */
export interface Sight {
  readonly property: PropertyId;
  readonly entry: number;
  /** Of the step, among those of its state. */
  readonly position: number;
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

/**
 * Yields progress every few milliseconds.
 * @param stop asked then whether the person wants no more: what was found until then is kept
 * @throws Diverged
 */
export function* explore(
  subject: Subject,
  wishes: Wishes,
  clock: Clock,
  stop: () => boolean = () => false,
): Generator<Progress, Exploration> {
  const { scenario, provider } = subject;
  const { bounds, properties, questions, first } = wishes;
  const machine = createMachine(scenario, provider);
  const retries = retryWatch(questions);
  const watching = (report: Report) => [...watchesFor(subject, new Set(properties), report), retries];
  const product = new Product(scenario, provider, watching, wishes.compiled);
  const sightsOf = (row: Int32Array, emit: (after: Int32Array) => void = () => undefined): readonly Sight[] => {
    const sights: Sight[] = [];
    let position = 0;
    const look = (): void => void sights.push(...product.takeSeen().map((seen) => ({ ...seen, position })));
    product.expand(row, (after) => {
      look();
      position += 1;
      emit(after);
    });
    look();
    return sights;
  };

  const begun = follow(machine, product, sightsOf);
  const space = new Search(product, begun.row, bounds.states, leftOutBy(wishes));
  const choicesAlong = (way: readonly Turn[]): readonly Choice[] => [...scenario.choices, ...travel(machine, begun.state, way).choices];
  const row = new Int32Array(product.width);
  const failuresAt = (state: number): readonly Sight[] => {
    space.row(state, row);
    return sightsOf(row);
  };
  const firstFailure = (property: PropertyId): Failure => {
    const { from, position } = space.failureOf(property);
    const sight = failuresAt(from).find((one) => one.property === property && one.position === position);
    const { choices, state } = travel(machine, begun.state, space.wayTo(from));
    // Where nobody can move there is no step: the state itself is the failure.
    const last = machine.choices(state).slice(position, position + 1);
    return { property, entry: sight?.entry ?? -1, choices: [...scenario.choices, ...choices, ...last] };
  };
  const hasFailed = (): boolean => begun.failures.length > 0 || space.failed.length > 0;
  const began = clock();
  let stopped: Exploration["stopped"];
  for (const progress of space.run()) {
    if (first && hasFailed()) break;
    if (wishes.reduced && product.isOffItsFootprint) break;
    if (stop()) stopped = "person";
    else if (bounds.seconds !== undefined && clock() - began >= bounds.seconds) stopped = "seconds";
    else if (bounds.memory !== undefined && memoryNeeded(space) >= bounds.memory * 1024 * 1024) stopped = "memory";
    if (stopped !== undefined) break;
    yield progress;
  }
  // This code does what nobody would expect of its calls: nothing can be left out.
  if (wishes.reduced && product.isOffItsFootprint) return yield* explore(subject, { ...wishes, reduced: false }, clock, stop);
  const isComplete = space.expanded === space.states || (first && hasFailed());
  const early = begun.failures.map(({ property }) => property);
  return {
    space,
    machine,
    reduced: wishes.reduced ?? false,
    failures: [...begun.failures, ...space.failed.filter((property) => !early.includes(property)).map(firstFailure)],
    stopped: stopped ?? (isComplete ? undefined : space.isOutOfMemory ? "memory" : "states"),
    retryColumns: retries.retryColumns,
    choicesAlong,
    failuresAt,
  };
}

/** Questions are about what is so on the way, which waiting changes. */
const leftOutBy = ({ reduced, questions }: Wishes): LeavesOut => (!reduced ? 0 : questions.length > 0 ? QUIET_STEPS : WAITING_TOO);

/** What the passes over the finished graph keep for each state. */
const BYTES_TO_READ = 72;

const memoryNeeded = (space: Search): number => space.bytesSoon + space.states * BYTES_TO_READ;

interface Begun {
  readonly row: Int32Array;
  readonly state: MachineState;
  readonly failures: readonly Failure[];
}

/** Follows the document's choices, with the watches looking on. */
function follow(
  machine: Machine,
  product: Product,
  sightsOf: (row: Int32Array, emit: (after: Int32Array) => void) => readonly Sight[],
): Begun {
  const { choices } = machine.scenario;
  const failures = new Map<PropertyId, Failure>();
  let state = machine.initial;
  let row = product.begin(state);
  for (const [n, choice] of choices.entries()) {
    const taken = machine.choices(state).findIndex((offered) => choiceKey(offered) === choiceKey(choice));
    const next = machine.step(state, choice);
    if (taken < 0 || next === undefined) throw new Diverged(n);
    const rows: Int32Array[] = [];
    const sights = sightsOf(row, (after) => void rows.push(after.slice()));
    for (const { property, entry, position } of sights)
      if (position === taken && !failures.has(property)) failures.set(property, { property, entry, choices: choices.slice(0, n + 1) });
    row = rows[taken] ?? row;
    state = next.state;
  }
  return { row, state, failures: [...failures.values()] };
}

/** The choices of a way, and where it leads. */
export function travel(
  machine: Machine,
  from: MachineState,
  way: readonly Turn[],
): { readonly choices: readonly Choice[]; readonly state: MachineState } {
  const choices: Choice[] = [];
  let state = from;
  for (const { actor, nth } of way) {
    const choice = machine.offer(state, actor).choices[nth];
    const next = choice === undefined ? undefined : machine.step(state, choice);
    if (choice === undefined || next === undefined) throw new Error("a step of the search is none of the machine's");
    choices.push(choice);
    state = next.state;
  }
  return { choices, state };
}
