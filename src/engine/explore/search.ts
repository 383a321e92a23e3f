/**
 * Every interleaving: a breadth-first search over the product of a scenario's automata.
 * States, not paths; exact, so nothing is left out and nothing is merged that could
 * differ later. Numbers are given in the order of arrival, so the queue is the numbers
 * themselves and the first way found to a state is a shortest one.
 *
 * The inner loop searches and keeps what it finds (`inner/`); this drives it and reads it.
 */
import type { Product } from "./automata/product.ts";
import { type Turn, turnFrom } from "./graph/graph.ts";
import { SHARED_IN, WATCH_IN } from "./inner/contexts.ts";
import * as at from "./inner/layout.ts";
import { CHUNK, CHUNK_SHIFT } from "./inner/space.ts";
import { ACTOR_BITS, MOST_STATES } from "./inner/states.ts";
import { InnerLoop } from "./innerLoop.ts";
import { PROPERTIES, type PropertyId } from "./properties/property.ts";

export interface Progress {
  readonly states: number;
  readonly transitions: number;
  /** States found whose steps have not been made. */
  readonly frontier: number;
  /** Steps from the start to the states being expanded. */
  readonly depth: number;
  /** How many times as many states have the depth reached last as the one before. */
  readonly growth: number;
  readonly bytes: number;
  /** The properties that have failed. */
  readonly failed: readonly PropertyId[];
}

/** A step of the space: a state, and the position of the step among those of that state. */
export interface Taken {
  readonly from: number;
  readonly position: number;
}

/** Nothing; quiet steps in other orders; accesses of hardware that may wait as well. */
export type LeavesOut = 0 | typeof at.QUIET_STEPS | typeof at.WAITING_TOO;

/** Actors are below this. */
export const MOST_ACTORS = 1 << ACTOR_BITS;

/** Steps between two reports of progress: a millisecond, a few at the very first. */
const STEPS_PER_REPORT = 2000;

/** Bytes that may come to be in use between two reports. */
const BYTES_PER_REPORT = 16 * 1024 * 1024;

const NONE: readonly PropertyId[] = [];

/** What has been found so far. States are numbered from 0, the start, in breadth-first order. */
export class Search {
  readonly product: Product;
  readonly #isReduced: boolean;
  readonly #loop: InnerLoop;
  /** Columns of a state in the inner loop. */
  readonly #columns: number;

  /**
   * @param most states to keep at the most
   * @param leavesOut orders that nobody can tell apart: ways are not always shortest then
   */
  constructor(product: Product, first: Int32Array, most = MOST_STATES, leavesOut: LeavesOut = 0) {
    this.product = product;
    this.#isReduced = leavesOut !== 0;
    this.#loop = product.loop;
    this.#columns = at.NODES + product.automata.scenario.actors.length;
    this.#lay(first);
    this.#loop.call.start(Math.min(most, MOST_STATES), leavesOut);
  }

  /** Distinct states. */
  get states(): number {
    return this.#loop.get(at.STATES);
  }

  /** Steps between them. */
  get transitions(): number {
    return this.#loop.get(at.DONE_EDGES);
  }

  /** The states before this number have all their steps in the space, the others none. */
  get expanded(): number {
    return this.#loop.get(at.EXPANDED);
  }

  /** Where the steps of a state begin: those of state n are `edges(n)` up to `edges(n + 1)`. */
  edges(number: number): number {
    return number < this.expanded ? this.#loop.get(this.#rowAt(number) + this.#columns + 1) : this.transitions;
  }

  /** The state that a step leads to. */
  target(edge: number): number {
    return this.#loop.get(this.#placeOf(at.EDGE_LIST, edge, 1)) >>> ACTOR_BITS;
  }

  /** Who makes a step. */
  actor(edge: number): number {
    return this.#loop.get(this.#placeOf(at.EDGE_LIST, edge, 1)) & (MOST_ACTORS - 1);
  }

  /** The row of a state, as the product has it. */
  row(number: number, into: Int32Array): void {
    const { automata, remembered } = this.product;
    const place = this.#rowAt(number);
    const context = this.#loop.call.contextAt(this.#loop.get(place + at.CONTEXT));
    into[at.TABLE] = this.#loop.get(context);
    into[at.SHARED] = this.#loop.get(context + SHARED_IN);
    for (let column = at.NODES; column < this.#columns; column++) into[at.ACTORS + column - at.NODES] = this.#loop.get(place + column);
    remembered.read(this.#loop.get(context + WATCH_IN), into, automata.width);
  }

  /** A way from the start to a state; a shortest one if no orders are left out. */
  wayTo(number: number): readonly Turn[] {
    const way: Turn[] = [];
    for (let state = number; state > 0; ) {
      const from = this.#loop.get(this.#rowAt(state) + this.#columns);
      let edge = this.edges(from);
      while (this.target(edge) !== state) edge++;
      way.push(this.#isReduced ? this.#turnTo(from, state) : turnFrom(this, from, edge));
      state = from;
    }
    return way.reverse();
  }

  /** Where steps are left out the others do not say which of their actor's they are: it is the first that leads there. */
  #turnTo(from: number, state: number): Turn {
    const [row, wanted] = [new Int32Array(this.product.width), new Int32Array(this.product.width)];
    this.row(from, row);
    this.row(state, wanted);
    const turns: Turn[] = [];
    const made = new Map<number, number>();
    this.product.expand(row, (after, actor) => {
      const nth = made.get(actor) ?? 0;
      made.set(actor, nth + 1);
      if (after.every((value, column) => value === wanted[column])) turns.push({ actor, nth });
    });
    this.product.takeSeen();
    const [turn] = turns;
    if (turn === undefined) throw new Error("a step of the search is none of the product's");
    return turn;
  }

  /** The properties that have failed. */
  get failed(): readonly PropertyId[] {
    const failed = this.#loop.get(at.FAILED);
    if (failed === 0) return NONE;
    return PROPERTIES.filter((_, n) => (failed & (1 << n)) !== 0);
  }

  /** The first step on which a property failed. */
  failureOf(property: PropertyId): Taken {
    const place = at.FAILED_AT + 2 * PROPERTIES.indexOf(property);
    return { from: this.#loop.get(place), position: this.#loop.get(place + 1) };
  }

  /** Bytes in use. */
  get bytes(): number {
    return this.#loop.bytes;
  }

  /** Bytes that it may need until it tells its progress again. */
  get bytesSoon(): number {
    return this.bytes + BYTES_PER_REPORT;
  }

  /** There is no memory for more. */
  get isOutOfMemory(): boolean {
    return this.bytesSoon >= InnerLoop.most;
  }

  /**
   * Searches on from wherever it stands, and yields now and then. Ends when everything
   * has been found, or as many states as it may have, or there is no more memory.
   */
  *run(): Generator<Progress, void> {
    while (!this.isOutOfMemory && this.#loop.call.run(STEPS_PER_REPORT)) yield this.progress();
  }

  progress(): Progress {
    const { states, transitions, bytes, expanded, failed } = this;
    const growth = this.#loop.get(at.WIDTH) / this.#loop.get(at.WIDTH_BEFORE);
    return { states, transitions, frontier: states - expanded, depth: this.#loop.get(at.DEPTH), growth, bytes, failed };
  }

  /** Lays a row of the product before the inner loop. */
  #lay(row: Int32Array): void {
    const { automata, remembered } = this.product;
    for (let column = 0; column < automata.width; column++) this.#loop.set(at.AFTER + column, row[column] as number);
    this.#loop.set(at.AFTER + automata.width, remembered.numberOf(row.subarray(automata.width)));
  }

  #rowAt(state: number): number {
    return this.#placeOf(at.STATE_LIST, state, this.#columns + 2);
  }

  #placeOf(list: number, position: number, words: number): number {
    return this.#loop.get(this.#loop.get(list) + (position >>> CHUNK_SHIFT)) + (position & (CHUNK - 1)) * words;
  }
}
