/**
 * What a reduced search leaves out: orders that nobody can tell apart. Outcomes and
 * verdicts stay what they are; numbers and shortest runs do not (docs/exploring.md).
 *
 * 1. A step may be made in the place of all others if no watch looks on, it neither begins
 *    nor ends a call, and it looks at a block to which nobody else will write any more, or
 *    writes to one that nobody else will access.
 * 2. The last access that hardware has left may wait while kernel steps can be made, unless
 *    one of those has to do with it: one of the two changes the entry that both are about,
 *    the step is a flush, or its watches look at TLBs or at something of the table that the
 *    access changes. Made after any other it comes out the same, and no property that fails
 *    is missed. One on which a property fails never waits.
 *
 * Round a circle nothing must wait for ever. A step of the first kind leads onward, to a
 * node first found more steps from the start, and no circle has only such steps. Hardware
 * waits while at least one step leads onward: wherever one stands, those come to an end.
 */
import { edgeFrom, fact, known, nodeFacts, sharedFacts } from "./asked.ts";
import { get, set } from "./heap.ts";
import * as at from "./layout.ts";
import { changed, wordAt } from "./tables.ts";

/** What a kernel's actor does next in the state being expanded: its edge, 0 if it can do nothing. */
function nextEdge(actor: i32, node: i32, facts: i32): i32 {
  const next = get(facts);
  if (next === at.THROUGH) return 0;
  if (next === at.LOCK && get(sharedFacts(get(at.ROW + at.SHARED))) !== at.NOBODY) return 0;
  return edgeFrom(actor, node, facts, next === at.TOUCH ? wordAt(get(at.ROW + at.TABLE), get(facts + 1)) : 0);
}

/** @returns whose step may be made in the place of all others, -1 if there is none */
export function quietActor(): i32 {
  if (get(sharedFacts(get(at.ROW + at.SHARED)) + 1) !== 0) return -1;
  const actors = get(at.ACTOR_COUNT);
  for (let actor: i32 = 0; actor < actors; actor++)
    if (get(at.IS_MMU + actor) === 0 && isQuiet(actor, get(at.ROW + at.ACTORS + actor))) return actor;
  return -1;
}

function isQuiet(actor: i32, node: i32): boolean {
  const facts = nodeFacts(actor, node);
  const next = get(facts);
  if (next !== at.TOUCH && next !== at.QUIET) return false;
  const entry = get(facts + 1);
  const block = next === at.TOUCH ? 1 << ((entry >> get(at.BLOCK_SHIFT)) & 31) : 0;
  if ((leftToOthers(actor, at.WRITES_LEFT) & block) !== 0) return false;
  const edge = nextEdge(actor, node, facts);
  if (get(edge + 2) !== 0 || get(edge + at.IS_ONWARD) === 0 || get(edge + at.STAYS_IN_CALL) === 0) return false;
  if (block === 0 || get(edge + 1) === wordAt(get(at.ROW + at.TABLE), entry)) return true;
  return (leftToOthers(actor, at.ACCESSES_LEFT) & block) === 0;
}

/** A bit for each block, of 32 that others share it with, to which somebody else may come. */
function leftToOthers(actor: i32, fact: i32): i32 {
  const actors = get(at.ACTOR_COUNT);
  let blocks: i32 = 0;
  for (let other: i32 = 0; other < actors; other++)
    if (other !== actor) blocks |= get(nodeFacts(other, get(at.ROW + at.ACTORS + other)) + fact);
  return blocks;
}

/** Finds out which kernel steps hardware's last access may wait for in the state being expanded. */
export function hardwareWaits(): void {
  set(at.MOVING, 0);
  if (get(at.LEAVES_OUT) === at.QUIET_STEPS || get(sharedFacts(get(at.ROW + at.SHARED)) + 1) !== 0) return;
  if (accessesLeft() !== 1) return;
  const actors = get(at.ACTOR_COUNT);
  let moving: i32 = 0;
  let onward: i32 = 0;
  for (let actor: i32 = 0; actor < actors; actor++) {
    if (get(at.IS_MMU + actor) !== 0) continue;
    const node = get(at.ROW + at.ACTORS + actor);
    const facts = nodeFacts(actor, node);
    const edge = nextEdge(actor, node, facts);
    if (edge === 0) continue;
    const next = get(facts);
    if (next === at.FLUSH || next === at.FLUSH_LATER) return;
    const program = get(edge + 2);
    const looks = program === 0 ? 0 : known(at.ASK_PROGRAM, 0, program, 0);
    if (looks !== 0 && (get(looks) & at.LOOKS_TLBS) !== 0) return;
    const step = at.MOVING + 1 + moving * at.MOVING_STEP;
    const stores = get(edge + 1);
    set(step, next === at.TOUCH ? get(facts + 1) + 1 : 0);
    set(step + 1, stores);
    set(step + 2, next === at.TOUCH && stores !== wordAt(get(at.ROW + at.TABLE), get(facts + 1)) ? 1 : 0);
    set(step + 3, looks);
    moving++;
    if (get(edge + at.IS_ONWARD) !== 0) onward++;
  }
  if (onward > 0) set(at.MOVING, moving);
}

/** How many all hardware together will still make. */
function accessesLeft(): i32 {
  const actors = get(at.ACTOR_COUNT);
  let left: i32 = 0;
  for (let actor: i32 = 0; actor < actors; actor++)
    if (get(at.IS_MMU + actor) !== 0) left += get(nodeFacts(actor, get(at.ROW + at.ACTORS + actor)) + at.CALL_OF);
  return left;
}

/** What an access has to do with: the entries that it looks at and that it updates, plus one, 0 for none. Whether it may update that one these two say. */
export function aboutAccess(looks: i32, updates: i32): i32 {
  return looks | (updates << ENTRY_BITS);
}

const ENTRY_BITS: i32 = 14;

/** @param table after the access */
export function mayLeaveOut(about: i32, table: i32): boolean {
  const moving = get(at.MOVING);
  if (moving === 0 || about === at.NEVER_LEFT_OUT) return false;
  const looks = about & ((1 << ENTRY_BITS) - 1);
  const updates = about >> ENTRY_BITS;
  for (let n: i32 = 0; n < moving; n++) {
    const step = at.MOVING + 1 + n * at.MOVING_STEP;
    const entry = get(step);
    if (entry !== 0 && (entry === updates || (entry === looks && get(step + 2) !== 0))) return false;
    if (updates !== 0 && isSeen(step, table)) return false;
  }
  return true;
}

/** Whether the watches of a kernel's step that can be made now see what an access changes that leaves this table. */
function isSeen(step: i32, table: i32): boolean {
  const looks = get(step + 3);
  if (looks === 0) return false;
  const facts = looks + 3;
  const before = get(looks + 1);
  const all = before + get(looks + 2);
  const without = get(at.ROW + at.TABLE);
  for (let n: i32 = 0; n < before; n++) if (fact(get(facts + n), without) !== fact(get(facts + n), table)) return true;
  if (all === before) return false;
  const onlyStep = tableAfter(step, without);
  const both = tableAfter(step, table);
  for (let n = before; n < all; n++) if (fact(get(facts + n), onlyStep) !== fact(get(facts + n), both)) return true;
  return false;
}

/** What a kernel's step makes of a table. */
function tableAfter(step: i32, table: i32): i32 {
  return get(step + 2) === 0 ? table : changed(table, get(step) - 1, get(step + 1));
}
