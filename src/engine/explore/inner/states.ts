/**
 * States by number, in the order of arrival: what waits to be expanded is the numbers
 * themselves. Behind the row of a state stand the state it was first reached from and
 * where its edges begin.
 */
import { get, mul, set } from "./heap.ts";
import {
  ACTOR_COUNT,
  ACTORS,
  AFTER,
  EDGE_LIST,
  EDGES,
  EXPANDED,
  IS_FULL,
  MADE,
  MADE_ROWS,
  MADE_WORDS,
  MOST_STATES,
  NEAR,
  STATE_LIST,
  STATE_SLOTS,
  STATES,
} from "./layout.ts";
import { discard, fill, makeRoom, mayBe, numberIn, placeOf, refill, renew, segmentOf } from "./space.ts";
import { alike } from "./tables.ts";

/** Columns of a row. */
export function width(): i32 {
  return ACTORS + get(ACTOR_COUNT) + 1;
}

/** Where the row of a state is. */
export function rowOf(state: i32): i32 {
  return placeOf(STATE_LIST, state, width() + 2);
}

/** A word of a step that has been made, behind its row: who makes it, the row's hash, and the slot where its search begins. */
const ACTOR: i32 = 24;
const HASH: i32 = 25;
const HELD: i32 = 26;

/** Keeps the step to the state in `AFTER` until `addSteps`. */
export function keep(actor: i32): void {
  const made = get(MADE);
  const row = MADE_ROWS + made * MADE_WORDS;
  const columns = width();
  for (let column: i32 = 0; column < columns; column++) set(row + column, get(AFTER + column));
  set(row + ACTOR, actor);
  set(MADE, made + 1);
}

/**
 * Adds the steps that have been kept, in their order, unless there is no room. Memory far
 * away is what a search waits for: the slots of all of them are asked for before the
 * first is needed, and so are the rows that these lead to.
 */
export function addSteps(): void {
  const made = get(MADE);
  const columns = width();
  for (let n: i32 = 0; n < made; n++) {
    const row = MADE_ROWS + n * MADE_WORDS;
    const hash = hashOf(row, columns);
    const segment = segmentOf(STATE_SLOTS, hash);
    set(row + HASH, hash);
    set(row + HELD, get(get(segment) + (hash & (get(segment + 2) - 1))));
  }
  let near: i32 = 0;
  for (let n: i32 = 0; n < made; n++) {
    const held = get(MADE_ROWS + n * MADE_WORDS + HELD);
    if (held !== 0) near ^= get(rowOf(numberIn(held)));
  }
  set(NEAR, near);
  for (let n: i32 = 0; n < made; n++) {
    const row = MADE_ROWS + n * MADE_WORDS;
    addStep(get(row + ACTOR), stateAt(row, get(row + HASH)));
  }
  set(MADE, 0);
}

/** The number of a state, -1 if it is new and there is no room. */
export function stateAt(row: i32, hash: i32): i32 {
  const columns = width();
  const segment = segmentOf(STATE_SLOTS, hash);
  const slots = get(segment);
  const mask = get(segment + 2) - 1;
  let slot = hash & mask;
  for (let held = get(slots + slot); held !== 0; held = get(slots + slot)) {
    if (mayBe(held, hash) && alike(placeOf(STATE_LIST, numberIn(held), columns + 2), row, columns)) return numberIn(held);
    slot = (slot + 1) & mask;
  }
  const state = get(STATES);
  if (state >= get(MOST_STATES)) return -1;
  makeRoom(STATE_LIST, state, columns + 2);
  const place = placeOf(STATE_LIST, state, columns + 2);
  for (let column: i32 = 0; column < columns; column++) set(place + column, get(row + column));
  set(place + columns, get(EXPANDED));
  set(STATES, state + 1);
  if (fill(segment, slot, hash, state)) spreadOut(segment);
  return state;
}

/** The number of the state in `AFTER`. */
export function stateAfter(): i32 {
  return stateAt(AFTER, hashOf(AFTER, width()));
}

function spreadOut(segment: i32): void {
  const slots = get(segment + 2);
  const old = renew(segment);
  for (let slot: i32 = 0; slot < slots; slot++) {
    const held = get(old + slot);
    if (held !== 0) refill(segment, hashOf(rowOf(numberIn(held)), width()), held);
  }
  discard(old, slots);
}

/** A target and the actor that steps there share an integer. */
export const ACTOR_BITS: i32 = 5;

/** @param to the state that it leads to, -1 if there was no room */
export function addStep(actor: i32, to: i32): void {
  if (to < 0) set(IS_FULL, 1);
  if (get(IS_FULL) !== 0) return;
  const edge = get(EDGES);
  makeRoom(EDGE_LIST, edge, 1);
  set(placeOf(EDGE_LIST, edge, 1), (to << ACTOR_BITS) | actor);
  set(EDGES, edge + 1);
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
