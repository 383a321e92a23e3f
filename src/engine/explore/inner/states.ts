/**
 * States by number, in the order of arrival: what waits to be expanded is the numbers
 * themselves. Behind the row of a state stand the state it was first reached from and
 * where its edges begin.
 */
import { get, set } from "./heap.ts";
import { ACTOR_COUNT, ACTORS, AFTER, EDGE_LIST, EDGES, EXPANDED, IS_FULL, MOST_STATES, STATE_LIST, STATE_SLOTS, STATES } from "./layout.ts";
import { hashOf } from "./memo.ts";
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

/** The number of the state in `AFTER`, -1 if it is new and there is no room. */
export function stateAfter(): i32 {
  const columns = width();
  const hash = hashOf(AFTER, columns);
  const segment = segmentOf(STATE_SLOTS, hash);
  const slots = get(segment);
  const mask = get(segment + 2) - 1;
  let slot = hash & mask;
  for (let held = get(slots + slot); held !== 0; held = get(slots + slot)) {
    if (mayBe(held, hash) && alike(placeOf(STATE_LIST, numberIn(held), columns + 2), AFTER, columns)) return numberIn(held);
    slot = (slot + 1) & mask;
  }
  const state = get(STATES);
  if (state >= get(MOST_STATES)) return -1;
  makeRoom(STATE_LIST, state, columns + 2);
  const place = placeOf(STATE_LIST, state, columns + 2);
  for (let column: i32 = 0; column < columns; column++) set(place + column, get(AFTER + column));
  set(place + columns, get(EXPANDED));
  set(STATES, state + 1);
  if (fill(segment, slot, hash, state)) spreadOut(segment);
  return state;
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

/** Adds the step to the state in `AFTER`, unless there is no room. */
export function addStep(actor: i32): void {
  const to = stateAfter();
  if (to < 0) set(IS_FULL, 1);
  if (get(IS_FULL) !== 0) return;
  const edge = get(EDGES);
  makeRoom(EDGE_LIST, edge, 1);
  set(placeOf(EDGE_LIST, edge, 1), (to << ACTOR_BITS) | actor);
  set(EDGES, edge + 1);
}
