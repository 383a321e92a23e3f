/**
 * States by number, in the order of arrival: what waits to be expanded is the numbers
 * themselves. A state is its context and its actors' nodes; behind them stand the state
 * it was first reached from and where its edges begin.
 */
import { get, mul, set } from "./heap.ts";
import * as at from "./layout.ts";
import { fill, firstSlot, hashIn, makeRoom, nextSlot, numberIn, placeOf, segmentOf } from "./space.ts";
import { alike } from "./tables.ts";

/** Columns of a state. */
export function width(): i32 {
  return at.NODES + get(at.ACTOR_COUNT);
}

/** Where a state is. */
export function stateAt(state: i32): i32 {
  return placeOf(at.STATE_LIST, state, width() + 2);
}

/** Behind a state to which a step has been made: who makes it, from which state, the hash, and the state that its first slot may lead to. */
const ACTOR: i32 = 24;
const SOURCE: i32 = 25;
const HASH: i32 = 26;
const HELD: i32 = 27;

/** Keeps the step to the state with the nodes in `AFTER` until `addSteps`. */
export function keepAny(actor: i32, context: i32): void {
  const made = roomForStep();
  const actors = get(at.ACTOR_COUNT);
  set(made + at.CONTEXT, context);
  for (let other: i32 = 0; other < actors; other++) set(made + at.NODES + other, get(at.AFTER + at.ACTORS + other));
  keep(made, actor, sumOf(made));
}

/** The same of a step that only changes the context and its actor's node. */
export function keepOwn(actor: i32, context: i32, node: i32): void {
  const made = roomForStep();
  const actors = get(at.ACTOR_COUNT);
  set(made + at.CONTEXT, context);
  for (let other: i32 = 0; other < actors; other++) set(made + at.NODES + other, get(at.ROW + at.ACTORS + other));
  set(made + at.NODES + actor, node);
  const fromContext = mul(context - get(at.CONTEXT_NOW), get(at.KEYS + at.CONTEXT));
  const fromNode = mul(node - get(at.ROW + at.ACTORS + actor), get(at.KEYS + at.NODES + actor));
  keep(made, actor, get(at.SUM) + fromContext + fromNode);
}

function roomForStep(): i32 {
  if (get(at.MADE) === at.MOST_MADE) addSteps();
  return at.MADE_ROWS + get(at.MADE) * at.MADE_WORDS;
}

function keep(made: i32, actor: i32, sum: i32): void {
  set(made + ACTOR, actor);
  set(made + SOURCE, get(at.FROM));
  set(made + HASH, hashOf(sum));
  set(at.MADE, get(at.MADE) + 1);
}

/**
 * Adds the steps that have been kept, in their order, until there is no room. Memory far
 * away is what a search waits for: the slots of all of them are asked for before the
 * first is needed, and so are the rows that these lead to.
 */
export function addSteps(): void {
  const end = at.MADE_ROWS + get(at.MADE) * at.MADE_WORDS;
  for (let row = at.MADE_ROWS; row < end; row += at.MADE_WORDS) {
    const hash = get(row + HASH);
    let slot = recentSlot(hash);
    if (hashIn(slot) !== hash) slot = firstSlot(segmentOf(at.STATE_SLOTS, hash), hash);
    set(row + HELD, hashIn(slot) === hash ? numberIn(slot) : -1);
  }
  let near: i32 = 0;
  for (let row = at.MADE_ROWS; row < end; row += at.MADE_WORDS) {
    const held = get(row + HELD);
    if (held >= 0) near ^= get(stateAt(held));
  }
  set(at.NEAR, near);
  for (let row = at.MADE_ROWS; row < end && get(at.IS_FULL) === 0; row += at.MADE_WORDS) {
    finishUpTo(get(row + SOURCE));
    addStep(get(row + ACTOR), numberOf(row, get(row + HASH)));
  }
  set(at.MADE, 0);
}

/** The states below this number have all their steps. */
export function finishUpTo(state: i32): void {
  for (let done = get(at.EXPANDED); done < state; done++) {
    set(stateAt(done) + width() + 1, get(at.DONE_EDGES));
    set(at.DONE_EDGES, get(at.EDGES));
    set(at.EXPANDED, done + 1);
    if (done + 1 !== get(at.DEEPER)) continue;
    set(at.DEPTH, get(at.DEPTH) + 1);
    set(at.WIDTH_BEFORE, get(at.WIDTH));
    set(at.WIDTH, get(at.STATES) - get(at.DEEPER));
    set(at.DEEPER, get(at.STATES));
  }
}

/** Most steps lead to where another did a short while ago: there it is looked first. */
function recentSlot(hash: i32): i32 {
  return at.RECENT_STATES + 2 * (hash & (at.RECENT - 1));
}

/** The number of a state, -1 if it is new and there is no room. */
function numberOf(row: i32, hash: i32): i32 {
  const recent = recentSlot(hash);
  const held = numberIn(recent);
  if (hashIn(recent) === hash && held >= 0 && alike(stateAt(held), row, width())) return held;
  const number = numberAmongAll(row, hash);
  set(recent, hash);
  set(recent + 1, number + 1);
  return number;
}

function numberAmongAll(row: i32, hash: i32): i32 {
  const columns = width();
  const segment = segmentOf(at.STATE_SLOTS, hash);
  let slot = firstSlot(segment, hash);
  for (; numberIn(slot) >= 0; slot = nextSlot(segment, slot))
    if (hashIn(slot) === hash && alike(stateAt(numberIn(slot)), row, columns)) return numberIn(slot);
  const state = get(at.STATES);
  if (state >= get(at.MOST_STATES)) return -1;
  makeRoom(at.STATE_LIST, state, columns + 2);
  const place = stateAt(state);
  for (let column: i32 = 0; column < columns; column++) set(place + column, get(row + column));
  set(place + columns, get(at.EXPANDED));
  set(at.STATES, state + 1);
  fill(segment, slot, hash, state);
  return state;
}

/** The number of the state in a context with the nodes in `AFTER`, -1 if it is new and there is no room. */
export function numberAfter(context: i32): i32 {
  const row = at.MADE_ROWS;
  const actors = get(at.ACTOR_COUNT);
  set(row + at.CONTEXT, context);
  for (let other: i32 = 0; other < actors; other++) set(row + at.NODES + other, get(at.AFTER + at.ACTORS + other));
  return numberOf(row, hashOf(sumOf(row)));
}

/** A target and the actor that steps there share an integer. */
export const ACTOR_BITS: i32 = 5;
export const MOST_STATES: i32 = (1 << (31 - ACTOR_BITS)) - 1;

/** @param to the state that it leads to, -1 if there was no room */
function addStep(actor: i32, to: i32): void {
  if (to < 0) {
    set(at.IS_FULL, 1);
    return;
  }
  const edge = get(at.EDGES);
  makeRoom(at.EDGE_LIST, edge, 1);
  set(placeOf(at.EDGE_LIST, edge, 1), (to << ACTOR_BITS) | actor);
  set(at.EDGES, edge + 1);
}

/**
 * The hash of a state is that of the sum of its columns, each times a key of its own: a
 * step that changes two of them says by how much the sum changes.
 */
export function sumOf(state: i32): i32 {
  const columns = width();
  let sum: i32 = 0;
  for (let column: i32 = 0; column < columns; column++) sum += mul(get(state + column), get(at.KEYS + column));
  return sum | 0;
}

export function beginKeys(): void {
  for (let column: i32 = 0; column <= at.MOST_ACTORS; column++) set(at.KEYS + column, hashOf(column + 1) | 1);
}

function hashOf(sum: i32): i32 {
  let hash = mul(sum ^ (sum >>> 16), 0x45d9f3b);
  hash = mul(hash ^ (hash >>> 15), -0x7a143595);
  return hash ^ (hash >>> 16);
}
