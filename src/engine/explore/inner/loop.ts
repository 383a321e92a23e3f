/** What those outside call: the functions that a compiled inner loop exports. */
import { contextAt } from "./contexts.ts";
import { get, set } from "./heap.ts";
import * as at from "./layout.ts";
import { beginMemo } from "./memo.ts";
import { beginSlots } from "./space.ts";
import { addSteps, beginKeys, finishUpTo, numberAfter, stateAt, width } from "./states.ts";
import { callsAfter, contextAfter, expand } from "./steps.ts";
import { cellsOf, changed, newTable, putWord, settle } from "./tables.ts";

export { cellsOf, changed, contextAt, newTable, putWord, settle };

/** To be called first. @param mmus a bit for each actor that is an MMU */
export function prepare(actors: i32, mmus: i32, entries: i32, blockShift: i32): void {
  set(at.BLOCK_SHIFT, blockShift);
  set(at.TOP, at.HEAP);
  set(at.ACTOR_COUNT, actors);
  for (let actor: i32 = 0; actor < actors; actor++) set(at.IS_MMU + actor, (mmus >> actor) & 1);
  set(at.ENTRIES, entries);
  beginSlots(at.STATE_SLOTS);
  beginSlots(at.TABLE_SLOTS);
  beginMemo(at.EDGE_MEMO);
  beginMemo(at.STEP_MEMO);
  beginMemo(at.MEMO);
  beginKeys();
}

/** Begins a search at the state in `AFTER`. @param leavesOut what a reduced one leaves out */
export function start(most: i32, leavesOut: i32): void {
  set(at.LEAVES_OUT, leavesOut);
  set(at.MOST_STATES, most);
  stateAfter();
  set(stateAt(0) + width(), -1);
  set(at.DEEPER, 1);
  set(at.WIDTH, 1);
  set(at.WIDTH_BEFORE, 1);
}

/** Searches on until about so many steps have been made, or there is nothing left, or no room. @returns whether to go on */
export function run(steps: i32): boolean {
  again();
  const until = get(at.DONE_EDGES) + steps;
  while (get(at.EXPANDED) < get(at.STATES)) {
    let from = get(at.EXPANDED);
    const known = get(at.STATES);
    for (; from < known && 2 * get(at.MADE) < at.MOST_MADE; from++) expand(from);
    addSteps();
    if (get(at.IS_FULL) !== 0) return false;
    finishUpTo(from);
    if (get(at.DONE_EDGES) >= until) return true;
  }
  return false;
}

/** The number of the state in `AFTER`. */
function stateAfter(): i32 {
  return numberAfter(contextAfter(callsAfter()));
}

/** Begins where the last state ended all of whose steps were added. */
function again(): void {
  set(at.EDGES, get(at.DONE_EDGES));
  set(at.MADE, 0);
  set(at.IS_FULL, 0);
}
