/** What a space shows: how runs end, and who can get nowhere. */
import type { PageTable } from "../hardware/memory.ts";
import type { AccessResult } from "../hardware/mmu.ts";
import type { MachineState } from "../machine/state.ts";
import { componentsOf } from "./components.ts";
import type { Space } from "./search.ts";

/** What each actor got so far: words of calls that return one, results of accesses. */
export const gotOf = (state: MachineState): readonly (readonly (bigint | AccessResult)[])[] =>
  state.actors.map((own) => (own.kind === "mmu" ? own.results : own.returns.filter((value) => value !== undefined)));

/**
 * The states in which nobody can move, whether finished or blocked: of those with the same
 * table that returned the same, the one reached soonest.
 */
export function outcomesOf(space: Space): readonly number[] {
  const seen = new Map<PageTable, Set<string>>();
  const outcomes: number[] = [];
  for (let number = 0; number < space.expanded; number++) {
    if (space.edges(number) < space.edges(number + 1)) continue;
    const state = space.stateAt(number);
    const same = seen.get(state.table) ?? new Set();
    seen.set(state.table, same);
    const got = gotOf(state)
      .map((list) => list.join())
      .join(";");
    if (same.has(got)) continue;
    same.add(got);
    outcomes.push(number);
  }
  return outcomes;
}

export interface Stuck {
  /** Actors that have not finished, and will not. */
  readonly actors: readonly number[];
  /** The state reached soonest from which nothing leads on. */
  readonly state: number;
}

export interface Loops {
  readonly loops: boolean;
  readonly stuck: readonly Stuck[];
}

/**
 * Scheduling is weakly fair: a loop that another actor's step can leave ends some day.
 * Stuck is a component that nothing leaves with an unfinished actor in it, be it one
 * state without a step or a loop. Who has not finished is the same all over a component.
 */
export function loopsOf(space: Space): Loops {
  const { loops, closed } = componentsOf(space);
  const stuck = closed.map((number) => ({ actors: unfinished(space, space.stateAt(number)), state: number }));
  return { loops, stuck: stuck.filter(({ actors }) => actors.length > 0) };
}

const unfinished = ({ machine }: Space, state: MachineState): readonly number[] =>
  state.actors.flatMap((_, actor) => (machine.offer(state, actor).idle === "finished" ? [] : [actor]));
