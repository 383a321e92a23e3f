/**
 * Every interleaving: a breadth-first search over the product of a scenario's automata.
 * States, not paths; exact, so nothing is left out and nothing is merged that could
 * differ later. Numbers are given in the order of arrival, so the queue is the numbers
 * themselves and the first way found to a state is a shortest one.
 */
import type { Footprints } from "./automata/footprints.ts";
import type { Product } from "./automata/product.ts";
import { type Turn, turnFrom } from "./graph/graph.ts";
import { Ints } from "./states/ints.ts";
import { MOST_ROWS, Rows } from "./states/rows.ts";

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
}

/** A step of the space: a state, and the position of the step among those of that state. */
export interface Taken {
  readonly from: number;
  readonly position: number;
}

/** Steps between two reports of progress: a millisecond, a few at the very first. */
const STEPS_PER_REPORT = 2000;

/** A target and the actor that steps there share an integer. */
const ACTOR_BITS = 5;
export const MOST_ACTORS = 1 << ACTOR_BITS;

/** What has been found so far. States are numbered from 0, the start, in breadth-first order. */
export class Search {
  readonly product: Product;
  readonly #most: number;
  readonly #footprints: Footprints | undefined;
  readonly #rows: Rows;
  readonly #parents = new Ints();
  readonly #offsets = new Ints();
  readonly #edges = new Ints();
  #expanded = 0;
  /** Of the step being made among those of its state. */
  #position = 0;
  #quiet: Int32Array | undefined;
  #depth = 0;
  /** The first state of the next depth, and how many this depth and the one before have. */
  #deeper = 1;
  #width = 1;
  #widthBefore = 1;

  /**
   * @param most states to keep at the most
   * @param footprints given, the search leaves out orders that nobody can tell apart: ways are not always shortest then
   */
  constructor(product: Product, first: Int32Array, most = MOST_ROWS, footprints?: Footprints) {
    this.product = product;
    this.#footprints = footprints;
    this.#most = Math.min(most, MOST_ROWS);
    this.#rows = new Rows(product.width);
    this.#rows.numberOf(first);
    this.#parents.push(-1);
    this.#offsets.push(0);
  }

  /** Distinct states. */
  get states(): number {
    return this.#rows.size;
  }

  /** Steps between them. */
  get transitions(): number {
    return this.#offsets.at(this.#expanded);
  }

  /** The states before this number have all their steps in the space, the others none. */
  get expanded(): number {
    return this.#expanded;
  }

  /** Where the steps of a state begin: those of state n are `edges(n)` up to `edges(n + 1)`. */
  edges(number: number): number {
    return this.#offsets.at(Math.min(number, this.#expanded));
  }

  /** The state that a step leads to. */
  target(edge: number): number {
    return this.#edges.at(edge) >>> ACTOR_BITS;
  }

  /** Who makes a step. */
  actor(edge: number): number {
    return this.#edges.at(edge) & (MOST_ACTORS - 1);
  }

  /** One column of a state's row. */
  column(number: number, column: number): number {
    return this.#rows.at(number, column);
  }

  row(number: number, into: Int32Array): void {
    this.#rows.read(number, into);
  }

  /** A way from the start to a state; a shortest one if no orders are left out. */
  wayTo(number: number): readonly Turn[] {
    const way: Turn[] = [];
    for (let at = number; at > 0; at = this.#parents.at(at)) {
      const from = this.#parents.at(at);
      let edge = this.edges(from);
      while (this.target(edge) !== at) edge++;
      way.push(turnFrom(this, from, edge));
    }
    return way.reverse();
  }

  /** The step that is being made while `run` is under way: whoever looks on may ask for it. */
  get making(): Taken {
    return { from: this.#expanded, position: this.#position };
  }

  /** Bytes in use. */
  get bytes(): number {
    const { tables } = this.product.automata;
    return this.#rows.bytes + this.#parents.bytes + this.#offsets.bytes + this.#edges.bytes + tables.bytes;
  }

  /** Bytes that it may need until it tells its progress again. */
  get bytesSoon(): number {
    const lists = this.#parents.bytes + this.#offsets.bytes + this.#edges.bytes;
    return this.#rows.bytesWith(2 * STEPS_PER_REPORT) + this.product.automata.tables.bytesWith(2 * STEPS_PER_REPORT) + lists;
  }

  /**
   * Searches on from wherever it stands, and yields now and then. Ends when everything
   * has been found, or as many states as it may have.
   */
  *run(): Generator<Progress, void> {
    const row = new Int32Array(this.product.width);
    this.#edges.cutTo(this.transitions);
    let reported = this.transitions;
    while (this.#expanded < this.#rows.size) {
      if (!this.#expand(row)) return;
      this.#expanded += 1;
      if (this.#expanded === this.#deeper) {
        this.#depth += 1;
        this.#widthBefore = this.#width;
        this.#width = this.#rows.size - this.#deeper;
        this.#deeper = this.#rows.size;
      }
      if (this.transitions - reported < STEPS_PER_REPORT) continue;
      reported = this.transitions;
      yield this.progress();
    }
  }

  progress(): Progress {
    const { states, transitions, bytes } = this;
    return { states, transitions, frontier: states - this.#expanded, depth: this.#depth, growth: this.#width / this.#widthBefore, bytes };
  }

  /** @returns false if there was no room for all it leads to: then it counts as not expanded */
  #expand(row: Int32Array): boolean {
    const from = this.#expanded;
    const rows = this.#rows;
    let full = false;
    rows.read(from, row);
    this.#position = 0;
    if (this.#takesQuietStep(row)) return true;
    this.product.expand(row, (after, actor) => {
      this.#position += 1;
      if (full) return;
      const known = rows.size;
      const to = rows.numberOf(after, this.#most);
      if (to < 0) {
        full = true;
        return;
      }
      this.#edges.push((to << ACTOR_BITS) | actor);
      if (to === known) this.#parents.push(from);
    });
    // Steps for which there was room stay behind the others: the states they lead to have a way.
    if (!full) this.#offsets.push(this.#edges.length);
    return !full;
  }

  /**
   * Makes one step in the place of all, if there is one that nobody can tell, and only if
   * it leads somewhere new: round a circle of such steps the others would never come.
   */
  #takesQuietStep(row: Int32Array): boolean {
    if (this.#footprints === undefined) return false;
    this.#quiet ??= new Int32Array(row.length);
    const actor = this.product.quietStep(row, this.#footprints, this.#quiet);
    if (actor === undefined) return false;
    const known = this.#rows.size;
    const to = this.#rows.numberOf(this.#quiet, this.#most);
    if (to !== known) return false;
    this.#edges.push((to << ACTOR_BITS) | actor);
    this.#parents.push(this.#expanded);
    this.#offsets.push(this.#edges.length);
    return true;
  }
}
