/**
 * States by number, in the order of arrival: what waits to be expanded is the numbers
 * themselves. Behind the row of a state stand the state it was first reached from and
 * where its edges begin.
 */
import { get, mul, set } from "./heap.ts";
import * as at from "./layout.ts";
import { fill, firstSlot, hashIn, makeRoom, nextSlot, numberIn, placeOf, segmentOf } from "./space.ts";
import { alike } from "./tables.ts";

/** Columns of a row. */
export function width(): i32 {
  return at.ACTORS + get(at.ACTOR_COUNT) + 1;
}

/** Where the row of a state is. */
export function rowOf(state: i32): i32 {
  return placeOf(at.STATE_LIST, state, width() + 2);
}

/** Behind the row of a step that has been made: who makes it, in which state, the row's hash, and the state that its first slot may lead to. */
const ACTOR: i32 = 24;
const SOURCE: i32 = 25;
const HASH: i32 = 26;
const HELD: i32 = 27;

/** Keeps the step to the state in `AFTER` until `addSteps`. */
export function keep(actor: i32): void {
  const made = get(at.MADE);
  const row = at.MADE_ROWS + made * at.MADE_WORDS;
  const columns = width();
  for (let column: i32 = 0; column < columns; column++) set(row + column, get(at.AFTER + column));
  set(row + ACTOR, actor);
  set(row + SOURCE, get(at.FROM));
  set(row + HASH, hashOf(row, columns));
  set(at.MADE, made + 1);
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
    const slot = firstSlot(segmentOf(at.STATE_SLOTS, hash), hash);
    set(row + HELD, hashIn(slot) === hash ? numberIn(slot) : -1);
  }
  let near: i32 = 0;
  for (let row = at.MADE_ROWS; row < end; row += at.MADE_WORDS) {
    const held = get(row + HELD);
    if (held >= 0) near ^= get(rowOf(held));
  }
  set(at.NEAR, near);
  for (let row = at.MADE_ROWS; row < end && get(at.IS_FULL) === 0; row += at.MADE_WORDS) {
    finishUpTo(get(row + SOURCE));
    addStep(get(row + ACTOR), stateAt(row, get(row + HASH)));
  }
  set(at.MADE, 0);
}

/** The states below this number have all their steps. */
export function finishUpTo(state: i32): void {
  for (let done = get(at.EXPANDED); done < state; done++) {
    set(rowOf(done) + width() + 1, get(at.DONE_EDGES));
    set(at.DONE_EDGES, get(at.EDGES));
    set(at.EXPANDED, done + 1);
    if (done + 1 !== get(at.DEEPER)) continue;
    set(at.DEPTH, get(at.DEPTH) + 1);
    set(at.WIDTH_BEFORE, get(at.WIDTH));
    set(at.WIDTH, get(at.STATES) - get(at.DEEPER));
    set(at.DEEPER, get(at.STATES));
  }
}

/** The number of a state, -1 if it is new and there is no room. */
function stateAt(row: i32, hash: i32): i32 {
  const columns = width();
  const segment = segmentOf(at.STATE_SLOTS, hash);
  let slot = firstSlot(segment, hash);
  for (; numberIn(slot) >= 0; slot = nextSlot(segment, slot))
    if (hashIn(slot) === hash && alike(rowOf(numberIn(slot)), row, columns)) return numberIn(slot);
  const state = get(at.STATES);
  if (state >= get(at.MOST_STATES)) return -1;
  makeRoom(at.STATE_LIST, state, columns + 2);
  const place = rowOf(state);
  for (let column: i32 = 0; column < columns; column++) set(place + column, get(row + column));
  set(place + columns, get(at.EXPANDED));
  set(at.STATES, state + 1);
  fill(segment, slot, hash, state);
  return state;
}

/** The number of the state in `AFTER`. */
export function stateAfter(): i32 {
  return stateAt(at.AFTER, hashOf(at.AFTER, width()));
}

/** A target and the actor that steps there share an integer. */
export const ACTOR_BITS: i32 = 5;
export const MOST_STATES: i32 = (1 << (31 - ACTOR_BITS)) - 1;

/** @param to the state that it leads to, -1 if there was no room */
export function addStep(actor: i32, to: i32): void {
  if (to < 0) {
    set(at.IS_FULL, 1);
    return;
  }
  const edge = get(at.EDGES);
  makeRoom(at.EDGE_LIST, edge, 1);
  set(placeOf(at.EDGE_LIST, edge, 1), (to << ACTOR_BITS) | actor);
  set(at.EDGES, edge + 1);
}

function hashOf(row: i32, columns: i32): i32 {
  let hash: i32 = 0;
  for (let column: i32 = 0; column < columns; column++) {
    hash = mul(hash ^ get(row + column), -0x61c8864f);
    hash ^= hash >>> 15;
  }
  hash = mul(hash, -0x7a143595);
  return hash ^ (hash >>> 13);
}
