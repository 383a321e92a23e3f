/** What those outside call: the functions that a compiled inner loop exports. */
import { get, set } from "./heap.ts";
import * as at from "./layout.ts";
import { beginMemo } from "./memo.ts";
import { beginSlots } from "./space.ts";
import { addStep, rowOf, stateAfter, width } from "./states.ts";
import { expandNext } from "./steps.ts";
import { changed, newTable, putWord, settle, wordAt } from "./tables.ts";

export { changed, newTable, putWord, settle, wordAt };

/** To be called first. @param mmus a bit for each actor that is an MMU */
export function prepare(actors: i32, mmus: i32, entries: i32): void {
  set(at.TOP, at.HEAP);
  set(at.ACTOR_COUNT, actors);
  for (let actor: i32 = 0; actor < actors; actor++) set(at.IS_MMU + actor, (mmus >> actor) & 1);
  set(at.ENTRIES, entries);
  beginSlots(at.STATE_SLOTS);
  beginSlots(at.TABLE_SLOTS);
  beginMemo();
}

/** Begins a search at the state in `AFTER`. */
export function start(most: i32): void {
  set(at.MOST_STATES, most);
  stateAfter();
  set(rowOf(0) + width(), -1);
  set(at.DEEPER, 1);
  set(at.WIDTH, 1);
  set(at.WIDTH_BEFORE, 1);
}

/** Searches on until about so many steps have been made, or there is nothing left, or no room. @returns whether to go on */
export function run(steps: i32): boolean {
  set(at.EDGES, get(at.DONE_EDGES));
  set(at.IS_FULL, 0);
  const until = get(at.DONE_EDGES) + steps;
  while (get(at.EXPANDED) < get(at.STATES)) {
    if (!expandNext()) return false;
    expanded();
    if (get(at.EDGES) >= until) return true;
  }
  return false;
}

/** Makes the one step that `AFTER` says in the place of all. @returns false if it leads nowhere new */
export function runOne(actor: i32): boolean {
  const known = get(at.STATES);
  set(at.EDGES, get(at.DONE_EDGES));
  set(at.IS_FULL, 0);
  const row = rowOf(get(at.EXPANDED));
  const to = stateAfter();
  if (to !== known) return false;
  set(row + width() + 1, get(at.EDGES));
  addStep(actor, to);
  expanded();
  return true;
}

function expanded(): void {
  set(at.DONE_EDGES, get(at.EDGES));
  const done = get(at.EXPANDED) + 1;
  set(at.EXPANDED, done);
  if (done !== get(at.DEEPER)) return;
  set(at.DEPTH, get(at.DEPTH) + 1);
  set(at.WIDTH_BEFORE, get(at.WIDTH));
  set(at.WIDTH, get(at.STATES) - done);
  set(at.DEEPER, get(at.STATES));
}
