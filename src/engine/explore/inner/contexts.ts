/**
 * Contexts: what a state has beside its actors, as one number. Most steps change the
 * context and their own actor and look at nothing else, so each is made once for an
 * actor's node in a context, however many states have both.
 */
import { pair } from "./asked.ts";
import { get, set } from "./heap.ts";
import { ACTOR_COUNT, CONTEXT_LIST, CONTEXT_OF, CONTEXTS, MEMO } from "./layout.ts";
import { recall } from "./memo.ts";
import { makeRoom, placeOf } from "./space.ts";

/**
 * Its table, the lock with the pending flushes, what watches remember, and who is in which call: that follows from the
 * nodes, but with it here a step that asks for it has to do with nobody's node but its actor's. Then for each actor the
 * node that it was met with last, plus one, and its steps.
 */
export const SHARED_IN: i32 = 1;
export const WATCH_IN: i32 = 2;
export const CALLS_IN: i32 = 3;
const MET_IN: i32 = 4;

function contextWords(): i32 {
  return MET_IN + 2 * get(ACTOR_COUNT);
}

/** Where a context says which node of an actor it was met with last. */
export function metIn(parts: i32, actor: i32): i32 {
  return parts + MET_IN + 2 * actor;
}

export function contextOf(table: i32, shared: i32, watch: i32, calls: i32): i32 {
  const place = recall(MEMO, (CONTEXT_OF << 24) | shared, table, pair(watch, calls));
  // Noted one higher.
  if (get(place) !== 0) return get(place) - 1;
  const context = get(CONTEXTS);
  set(CONTEXTS, context + 1);
  set(place, context + 1);
  makeRoom(CONTEXT_LIST, context, contextWords());
  const parts = contextAt(context);
  set(parts, table);
  set(parts + SHARED_IN, shared);
  set(parts + WATCH_IN, watch);
  set(parts + CALLS_IN, calls);
  return context;
}

/** Where its parts are. */
export function contextAt(context: i32): i32 {
  return placeOf(CONTEXT_LIST, context, contextWords());
}
