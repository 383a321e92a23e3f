/**
 * What a reduced search leaves out: orders that nobody can tell apart. Outcomes and
 * verdicts stay what they are; numbers and shortest runs do not (docs/exploring.md).
 *
 * 1. A step may be made in the place of all others if no watch looks on, it neither begins
 *    nor ends a call, and it looks at a block to which nobody else will write any more, or
 *    writes to one that nobody else will access.
 * 2. The last access that hardware has left may wait while every kernel step that can be
 *    made next has to do with other entries, with no flush, and with no watch that looks
 *    at tables or TLBs: made after any of them it comes out the same, and no property that
 *    fails is missed. One on which a property fails never waits.
 *
 * Round a circle nothing must wait for ever: both rules ask of a kernel's next step that
 * it leads onward, to a node first found more steps from the start, and no circle has
 * only such steps.
 */
import { edgeFrom, known, nodeFacts, sharedFacts } from "./asked.ts";
import { get, set } from "./heap.ts";
import * as at from "./layout.ts";
import { wordAt } from "./tables.ts";

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

/** Finds out whether hardware may wait in the state being expanded, and at which entries it may not. */
export function hardwareWaits(): void {
  set(at.WAITS, 0);
  set(at.URGENT, 0);
  if (get(at.LEAVES_OUT) === at.QUIET_STEPS || get(sharedFacts(get(at.ROW + at.SHARED)) + 1) !== 0) return;
  if (accessesLeft() !== 1) return;
  const actors = get(at.ACTOR_COUNT);
  let moving: i32 = 0;
  for (let actor: i32 = 0; actor < actors; actor++) {
    if (get(at.IS_MMU + actor) !== 0) continue;
    const node = get(at.ROW + at.ACTORS + actor);
    const facts = nodeFacts(actor, node);
    const edge = nextEdge(actor, node, facts);
    if (edge === 0) continue;
    if (!isBlind(get(facts), edge)) return;
    moving++;
    if (get(facts) !== at.TOUCH) continue;
    set(at.URGENT + 1 + get(at.URGENT), get(facts + 1));
    set(at.URGENT, get(at.URGENT) + 1);
  }
  if (moving > 0) set(at.WAITS, 1);
}

/** How many all hardware together will still make. */
function accessesLeft(): i32 {
  const actors = get(at.ACTOR_COUNT);
  let left: i32 = 0;
  for (let actor: i32 = 0; actor < actors; actor++)
    if (get(at.IS_MMU + actor) !== 0) left += get(nodeFacts(actor, get(at.ROW + at.ACTORS + actor)) + at.CALL_OF);
  return left;
}

/** Whether a kernel's step has nothing to do with hardware, unless they meet at an entry. */
function isBlind(next: i32, edge: i32): boolean {
  if (next === at.FLUSH || next === at.FLUSH_LATER || get(edge + at.IS_ONWARD) === 0) return false;
  const program = get(edge + 2);
  if (program === 0) return true;
  const looks = known(at.ASK_PROGRAM, 0, program, 0);
  return get(looks + 1) + get(looks + 2) === 0 && (get(looks) & at.LOOKS_TLBS) === 0;
}

/** What an access has to do with: the entries that it looks at and that it updates, plus one, 0 for none. Whether it may update that one these two say. */
export function aboutAccess(looks: i32, updates: i32): i32 {
  return looks | (updates << ENTRY_BITS);
}

const ENTRY_BITS: i32 = 14;

export function mayLeaveOut(about: i32): boolean {
  if (get(at.WAITS) === 0 || about === at.NEVER_LEFT_OUT) return false;
  const looks = (about & ((1 << ENTRY_BITS) - 1)) - 1;
  const updates = (about >> ENTRY_BITS) - 1;
  const urgent = get(at.URGENT);
  for (let n: i32 = 1; n <= urgent; n++) {
    const entry = get(at.URGENT + n);
    if (entry === looks || entry === updates) return false;
  }
  return true;
}
