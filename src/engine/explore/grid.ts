/**
 * The interleaving grid of two actors: where one stands in its program by where the other
 * does, and of the states in which they stand so what the future holds. A place is a call,
 * the line of code that is next and the entry it is about: who goes over a block goes on, but
 * a reader that tries again goes back on the grid, and does not make it longer.
 */
import { whereabouts } from "../machine/kernelActor.ts";
import type { ActorState } from "../machine/state.ts";
import type { ActorSpec } from "../scenario/scenario.ts";
import { ACTORS } from "./automata/automata.ts";
import type { Exploration } from "./explore.ts";
import { type Future, type Futures, hasFailedBefore } from "./futures.ts";
import { at as numberAt, type Pass, type Turn, turnOf } from "./graph/graph.ts";
import type { Search } from "./search.ts";

/** Where an actor stands: before an operation of a call, before an access, or at the end. */
export interface Place {
  /** The call or access it is at, the first one where several share a place. */
  readonly call: number;
  /** How many share it, where that is more than one. */
  readonly calls?: number;
  /** Of the code that is next, as far as places are told apart: a line, or a function. */
  readonly label?: string;
  /** The entry that is next, as far as places are told apart. */
  readonly entry?: number;
  readonly finished: boolean;
}

export interface Cell {
  /** Positions on the two axes. */
  readonly at: readonly [number, number];
  /** States, by what the future holds in them; one that is reached through a failure only is doomed. */
  readonly futures: Readonly<Record<Future, number>>;
  /** On a step from one of these states something fails, or it is an end that fails. */
  readonly fails: boolean;
}

export interface Grid {
  readonly axes: readonly [readonly Place[], readonly Place[]];
  /** Those that are reached. */
  readonly cells: readonly Cell[];
  /** @returns where a state of the space is on the axes */
  at(state: number): readonly [number, number];
  /**
   * A shortest way to the worst of a cell's states: one that a failing step leaves, or else a doomed one, or
   * else one that can still fail. Nothing fails on it if there is such a way. Undefined if the cell is not reached.
   */
  wayTo(at: readonly [number, number]): readonly Turn[] | undefined;
}

/** So many places can be read on an axis. If there are more they are told apart less finely. */
export const MOST_PLACES = 40;

/** A few milliseconds. */
const STATES_PER_SLICE = 2000;

/** A cell as it is being counted. */
interface Counted {
  readonly at: readonly [number, number];
  readonly futures: Record<Future, number>;
  fails: boolean;
  /** The worst state so far, and how bad it is. */
  worst: number;
  badness: number;
}

/** Gives way now and then. @param actors two different ones */
export function* gridOf(exploration: Exploration, futures: Futures, actors: readonly [number, number]): Pass<Grid> {
  const { space } = exploration;
  const arrivals = yield* arrivalsIn(space, futures);
  const axes = [new Axis(space, actors[0]), new Axis(space, actors[1])] as const;
  const row = new Int32Array(space.product.width);
  for (let n = 0; n < arrivals.order.length; n++) {
    if (n % STATES_PER_SLICE === STATES_PER_SLICE - 1) yield;
    space.row(numberAt(arrivals.order, n), row);
    for (const axis of axes) axis.meet(row);
  }
  const [first, second] = [axes[0].ordered(), axes[1].ordered()];
  const at = (state: number): readonly [number, number] => {
    space.row(state, row);
    return [first.position(row), second.position(row)];
  };
  const keyOf = ([a, b]: readonly [number, number]): number => a * second.places.length + b;
  const cells = new Map<number, Counted>();
  const unfailed = hasFailedBefore(exploration) ? 0 : arrivals.unfailed;
  for (let n = 0; n < arrivals.order.length; n++) {
    if (n % STATES_PER_SLICE === STATES_PER_SLICE - 1) yield;
    const state = numberAt(arrivals.order, n);
    const place = at(state);
    const cell = cells.get(keyOf(place)) ?? emptyCell(place);
    cells.set(keyOf(place), cell);
    const future = n < unfailed ? futures.of(state) : "doomed";
    const fails = n < unfailed && failsFrom(space, futures, state);
    const badness = fails ? FAILING : BADNESS[future];
    cell.futures[future] += 1;
    cell.fails ||= fails;
    if (badness > cell.badness) [cell.worst, cell.badness] = [state, badness];
  }
  const ways = new Map<number, Int32Array>();
  for (const [key, { worst }] of cells) {
    yield;
    ways.set(key, stepsTo(space, futures, arrivals, worst));
  }
  return {
    axes: [first.places, second.places],
    cells: [...cells.values()].map(({ at, futures, fails }) => ({ at, futures, fails })),
    at,
    wayTo: (at) => {
      const way = ways.get(keyOf(at));
      return way && Array.from(way, (edge) => turnOf(space, edge));
    },
  };
}

/** What a person who looks at a cell wants to see first. */
const BADNESS: Readonly<Record<Future, number>> = { safe: 0, unknown: 1, open: 2, doomed: 3 };
const FAILING = 4;

const emptyCell = (at: Counted["at"]): Counted => ({
  ...{ at, futures: { safe: 0, open: 0, doomed: 0, unknown: 0 }, fails: false },
  ...{ worst: -1, badness: -1 },
});

function failsFrom(space: Search, futures: Futures, state: number): boolean {
  for (let edge = space.edges(state); edge < space.edges(state + 1); edge++) if (futures.fails(edge)) return true;
  return futures.failsAt(state);
}

/** How runs come to states: first those on which nothing fails, then the others; of each kind the shortest first. */
interface Arrivals {
  /** All states that steps of the space lead to. */
  readonly order: Int32Array;
  /** The first so many are come to with nothing failed. */
  readonly unfailed: number;
  /** The state from which each was come to. */
  readonly from: Int32Array;
}

/** Eight bytes a state, wanted no longer than the grid takes. */
function* arrivalsIn(space: Search, futures: Futures): Pass<Arrivals> {
  const order = new Int32Array(space.states);
  const from = new Int32Array(space.states).fill(-1);
  let arrived = 1;
  function* arrive(failing: boolean): Pass<void> {
    for (let next = 0; next < arrived; next++) {
      if (next % STATES_PER_SLICE === STATES_PER_SLICE - 1) yield;
      const state = numberAt(order, next);
      for (let edge = space.edges(state); edge < space.edges(state + 1); edge++) {
        const target = space.target(edge);
        if (target === 0 || numberAt(from, target) >= 0 || (!failing && futures.fails(edge))) continue;
        from[target] = state;
        order[arrived++] = target;
      }
    }
  }
  yield* arrive(false);
  const unfailed = arrived;
  yield* arrive(true);
  // Where the search was stopped it may have come to states by steps that it does not keep.
  return { order: order.subarray(0, arrived), unfailed, from };
}

/** The steps by which a state was come to. */
function stepsTo(space: Search, futures: Futures, { from }: Arrivals, state: number): Int32Array {
  const way: number[] = [];
  for (let to = state; to > 0; to = numberAt(from, to)) {
    const source = numberAt(from, to);
    const edges = Array.from({ length: space.edges(source + 1) - space.edges(source) }, (_, n) => space.edges(source) + n);
    const leading = edges.filter((edge) => space.target(edge) === to);
    way.push(leading.find((edge) => !futures.fails(edge)) ?? (leading[0] as number));
  }
  return Int32Array.from(way.reverse());
}

/** Places in the order of the program. */
interface Ordered {
  readonly places: readonly Place[];
  /** Where the actor stands in a state. */
  position(row: Int32Array): number;
}

/** The places of one actor, numbered as they are met: soonest reached first. */
class Axis {
  readonly #space: Search;
  readonly #actor: number;
  readonly #places = new Map<string, Place>();
  /** By the number of the actor's node. */
  readonly #ofNode: (Place | undefined)[] = [];

  constructor(space: Search, actor: number) {
    this.#space = space;
    this.#actor = actor;
  }

  meet(row: Int32Array): void {
    const node = this.#nodeIn(row);
    if (this.#ofNode[node] !== undefined) return;
    const { automata } = this.#space.product;
    const place = placeOf(automata.actorAt(this.#actor, node), automata.scenario.actors[this.#actor]);
    const known = this.#places.get(keyOf(place)) ?? place;
    this.#places.set(keyOf(place), known);
    this.#ofNode[node] = known;
  }

  /** By call, and within one as soon as they are reached. As finely as can be read. */
  ordered(): Ordered {
    const met = [...this.#places.values()];
    const merged = (merge: Merge): ReadonlyMap<string, Place> => {
      const found = new Map<string, Place>();
      for (const place of met.map(merge)) if (!found.has(keyOf(place))) found.set(keyOf(place), place);
      return found;
    };
    const merge = [byEntry, byLine, byFunction, byCall].find((merge) => merged(merge).size <= MOST_PLACES) ?? byStretch(met);
    const ordered = [...merged(merge)].sort(([, a], [, b]) => Number(a.finished) - Number(b.finished) || a.call - b.call);
    const positions = new Map(ordered.map(([key], position) => [key, position]));
    const ofPlace = new Map(met.map((place) => [place, positions.get(keyOf(merge(place))) ?? 0]));
    return {
      places: ordered.map(([, place]) => place),
      position: (row) => ofPlace.get(this.#ofNode[this.#nodeIn(row)] as Place) ?? 0,
    };
  }

  #nodeIn(row: Int32Array): number {
    return numberAt(row, ACTORS + this.#actor);
  }
}

const keyOf = ({ call, label, entry, finished }: Place): string => (finished ? "end" : `${call} ${label ?? ""} ${entry ?? ""}`);

/** Makes one place of several: those that it makes the same. */
type Merge = (place: Place) => Place;

const byEntry: Merge = (place) => place;

const byLine: Merge = ({ entry: _, ...place }) => place;

const byFunction: Merge = ({ call, label, finished }) => ({
  ...{ call, finished },
  ...(label !== undefined && { label: label.split(".")[0] ?? label }),
});

const byCall: Merge = ({ call, finished }) => ({ call, finished });

function byStretch(places: readonly Place[]): Merge {
  const last = Math.max(...places.map(({ call }) => call));
  // The end is a place of its own.
  const calls = Math.ceil((last + 1) / (MOST_PLACES - 1));
  return ({ call, finished }) => (finished ? { call, finished } : { call: call - (call % calls), calls, finished });
}

function placeOf(own: ActorState, spec: ActorSpec | undefined): Place {
  if (own.kind === "mmu") return { call: own.next, finished: spec?.kind === "mmu" && own.next === spec.accesses.length };
  if (own.at === undefined) return { call: own.call, finished: true };
  const { next } = own.at.state;
  return {
    call: own.call,
    label: whereabouts(own.at.state).label,
    ...("index" in next && { entry: next.index }),
    finished: false,
  };
}
