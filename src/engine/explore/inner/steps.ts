/**
 * The inner loop: every step that anybody can make in a state, over integers. It does what
 * `Product.expand` does, in the same order, and asks for every part of a step once
 * only: edges of automata, what hardware may do, what watches remember.
 */
import { edgeFrom, fact, known, nodeFacts, pair, sharedFacts, wordFacts } from "./asked.ts";
import { CALLS_IN, contextAt, contextOf, metIn, SHARED_IN, WATCH_IN } from "./contexts.ts";
import { get, resolve, set } from "./heap.ts";
import * as at from "./layout.ts";
import { recall } from "./memo.ts";
import { aboutAccess, hardwareWaits, mayLeaveOut, quietActor } from "./reduction.ts";
import { allocate } from "./space.ts";
import { keepAny, keepOwn, stateAt, sumOf } from "./states.ts";
import { changed, wordAt } from "./tables.ts";

/** Makes all steps of a state and keeps them until they are added. */
export function expand(from: i32): void {
  set(at.FROM, from);
  set(at.POSITION, 0);
  lay(stateAt(from));
  if (get(at.LEAVES_OUT) !== 0) {
    const quiet = quietActor();
    if (quiet >= 0) {
      steps(quiet);
      return;
    }
    hardwareWaits();
  }
  const actors = get(at.ACTOR_COUNT);
  for (let actor: i32 = 0; actor < actors; actor++) steps(actor);
  if (get(at.POSITION) === 0) note(resolve(at.ASK_END, 0, 0, 0));
}

/** Lays a state out as a row. */
function lay(state: i32): void {
  const actors = get(at.ACTOR_COUNT);
  const context = get(state + at.CONTEXT);
  const parts = contextAt(context);
  set(at.CONTEXT_NOW, context);
  set(at.PARTS_NOW, parts);
  set(at.CALLS_NOW, get(parts + CALLS_IN));
  set(at.SUM, sumOf(state));
  set(at.ROW + at.TABLE, get(parts));
  set(at.ROW + at.SHARED, get(parts + SHARED_IN));
  for (let actor: i32 = 0; actor < actors; actor++) set(at.ROW + at.ACTORS + actor, get(state + at.NODES + actor));
  set(at.ROW + at.ACTORS + actors, get(parts + WATCH_IN));
}

/** Every step of an actor: known from another state with its node and context, or made. */
function steps(actor: i32): void {
  const node = get(at.ROW + at.ACTORS + actor);
  const facts = nodeFacts(actor, node);
  if (get(facts) === at.THROUGH) return;
  const isMmu = get(at.IS_MMU + actor) !== 0;
  if (!isMmu && passes(actor, node, facts)) return;
  const met = metIn(get(at.PARTS_NOW), actor);
  if (get(met) === node + 1) {
    repeat(actor, get(met + 1));
    return;
  }
  const context = get(at.CONTEXT_NOW);
  const known = get(recall(at.STEP_MEMO, (at.STEPS << 24) | actor, node, context));
  if (known > 0) {
    set(met, node + 1);
    set(met + 1, known);
    repeat(actor, known);
    return;
  }
  const among =
    known === -at.TLBS_AS_THEY_ARE ? get(recall(at.STEP_MEMO, (at.STEPS_AMONG_TLBS << 24) | actor, node, amongTlbs(context))) : 0;
  if (among > 0) {
    repeat(actor, among);
    return;
  }
  set(at.WITH, at.NOBODY_ELSE);
  set(at.FOUND, 0);
  if (isMmu) mmuSteps(actor);
  else kernelSteps(actor);
  const others = get(at.WITH);
  const found = others === at.OTHERS ? 0 : remembered();
  if (known === 0) set(recall(at.STEP_MEMO, (at.STEPS << 24) | actor, node, context), others === at.NOBODY_ELSE ? found : -others);
  if (others === at.TLBS_AS_THEY_ARE) set(recall(at.STEP_MEMO, (at.STEPS_AMONG_TLBS << 24) | actor, node, amongTlbs(context)), found);
}

/** A context and all TLBs, as one number. */
function amongTlbs(context: i32): i32 {
  const actors = get(at.ACTOR_COUNT);
  let among = context;
  for (let mmu: i32 = 0; mmu < actors; mmu++) if (get(at.IS_MMU + mmu) !== 0) among = pair(among, get(at.ROW + at.ACTORS + mmu));
  return among;
}

function hasToDoWith(others: i32): void {
  if (get(at.WITH) < others) set(at.WITH, others);
}

/** @returns where the steps just found are from now on */
function remembered(): i32 {
  const words = 1 + get(at.FOUND) * at.FOUND_STEP;
  const place = allocate(words);
  for (let n: i32 = 0; n < words; n++) set(place + n, get(at.FOUND + n));
  return place;
}

function repeat(actor: i32, known: i32): void {
  const count = get(known);
  for (let n: i32 = 0, step = known + 1; n < count; n++, step += at.FOUND_STEP)
    if (!mayLeaveOut(get(step + 2), get(contextAt(get(step))))) keepOwn(actor, get(step), get(step + 1));
  set(at.POSITION, get(at.POSITION) + count);
}

/** Makes the one step of a kernel that leaves the context as it is, if its next one does: that is most of them. */
function passes(actor: i32, node: i32, facts: i32): boolean {
  const next = get(facts);
  if (next !== at.TOUCH && next !== at.QUIET) return false;
  if (get(sharedFacts(get(at.ROW + at.SHARED)) + 1) !== 0) return false;
  const observed = next === at.TOUCH ? wordAt(get(at.ROW + at.TABLE), get(facts + 1)) : 0;
  const edge = edgeFrom(actor, node, facts, observed);
  if (get(edge + 2) !== 0 || get(edge + at.STAYS_IN_CALL) === 0 || (next === at.TOUCH && get(edge + 1) !== observed)) return false;
  keepOwn(actor, get(at.CONTEXT_NOW), get(edge));
  set(at.POSITION, get(at.POSITION) + 1);
  return true;
}

/** The step in `AFTER` has been made. @param about what it has to do with, for those that may be left out */
function made(actor: i32, about: i32): void {
  const context = contextAfter(staysInCall(actor) ? get(at.CALLS_NOW) : callsAfter());
  const isFailing = get(at.IS_FAILING) !== 0;
  const own = isFailing ? at.NEVER_LEFT_OUT : about;
  set(at.POSITION, get(at.POSITION) + 1);
  if (!mayLeaveOut(own, get(at.AFTER + at.TABLE))) keepAny(actor, context);
  const found = get(at.FOUND);
  if (found === at.MOST_FOUND) hasToDoWith(at.OTHERS);
  if (get(at.WITH) === at.OTHERS) return;
  const step = at.FOUND + 1 + found * at.FOUND_STEP;
  set(step, context);
  set(step + 1, get(at.AFTER + at.ACTORS + actor));
  set(step + 2, own);
  set(at.FOUND, found + 1);
}

function staysInCall(actor: i32): boolean {
  const before = get(at.ROW + at.ACTORS + actor);
  const after = get(at.AFTER + at.ACTORS + actor);
  if (get(at.IS_MMU + actor) !== 0 || before === after) return true;
  return get(nodeFacts(actor, before) + at.CALL_OF) === get(nodeFacts(actor, after) + at.CALL_OF);
}

/** Who is in which call with the nodes in `AFTER`, as one number. */
export function callsAfter(): i32 {
  const actors = get(at.ACTOR_COUNT);
  let calls: i32 = 0;
  for (let actor: i32 = 0; actor < actors; actor++)
    if (get(at.IS_MMU + actor) === 0) calls = pair(calls, get(nodeFacts(actor, get(at.AFTER + at.ACTORS + actor)) + at.CALL_OF));
  return calls;
}

export function contextAfter(calls: i32): i32 {
  return contextOf(get(at.AFTER + at.TABLE), get(at.AFTER + at.SHARED), get(watchAfter()), calls);
}

function watchAfter(): i32 {
  return at.AFTER + at.ACTORS + get(at.ACTOR_COUNT);
}

/** A bit for each property that fails on the step being made. */
function note(failing: i32): void {
  set(at.IS_FAILING, failing);
  const fresh = failing & ~get(at.FAILED);
  if (fresh === 0) return;
  set(at.FAILED, get(at.FAILED) | fresh);
  for (let property: i32 = 0; property < 31; property++) {
    if ((fresh & (1 << property)) === 0) continue;
    set(at.FAILED_AT + 2 * property, get(at.FROM));
    set(at.FAILED_AT + 2 * property + 1, get(at.POSITION));
  }
}

function begin(): void {
  set(at.IS_FAILING, 0);
  const columns = at.ACTORS + get(at.ACTOR_COUNT) + 1;
  for (let column: i32 = 0; column < columns; column++) set(at.AFTER + column, get(at.ROW + column));
}

function kernelSteps(actor: i32): void {
  const node = get(at.ROW + at.ACTORS + actor);
  const facts = nodeFacts(actor, node);
  const next = get(facts);
  if (next === at.THROUGH) return;
  const shared = get(at.ROW + at.SHARED);
  const locks = sharedFacts(shared);
  if (next !== at.LOCK || get(locks) === at.NOBODY) {
    begin();
    perform(actor, node, facts, next);
    made(actor, at.NEVER_LEFT_OUT);
  }
  if (get(locks + 1) === 0) return;
  const landings = known(at.ASK_LANDINGS, actor, shared, 0);
  const count = get(landings);
  for (let n: i32 = 0; n < count; n++) {
    const landing = landings + 1 + 3 * n;
    begin();
    set(at.AFTER + at.SHARED, sharedAfter(at.LANDED, shared, get(landing), 0));
    broadcast(get(landing + 1));
    look(get(landing + 2), actor);
    made(actor, at.NEVER_LEFT_OUT);
  }
}

function perform(actor: i32, node: i32, facts: i32, next: i32): void {
  const shared = get(at.AFTER + at.SHARED);
  let observed: i32 = 0;
  if (next === at.TOUCH) observed = wordAt(get(at.AFTER + at.TABLE), get(facts + 1));
  else if (next === at.FLUSH) {
    landAll(actor);
    broadcast(get(facts + 2));
  } else if (next === at.FLUSH_LATER) set(at.AFTER + at.SHARED, sharedAfter(at.ISSUED, shared, actor, get(facts + 2)));
  else if (next === at.LOCK) set(at.AFTER + at.SHARED, sharedAfter(at.LOCKED, shared, actor, 0));
  else if (next === at.UNLOCK) set(at.AFTER + at.SHARED, sharedAfter(at.UNLOCKED, shared, actor, 0));
  // The node it leads to, what it stores, its program, and whether its actor is through then.
  const edge = known(at.ASK_EDGE, actor, node, observed);
  const stores = get(edge + 1);
  if (next === at.TOUCH && stores !== observed) set(at.AFTER + at.TABLE, changed(get(at.AFTER + at.TABLE), get(facts + 1), stores));
  set(at.AFTER + at.ACTORS + actor, get(edge));
  if (get(edge + 3) !== 0) landAll(actor);
  look(get(edge + 2), actor);
}

function landAll(actor: i32): void {
  const shared = get(at.AFTER + at.SHARED);
  if (get(sharedFacts(shared) + 1) === 0) return;
  const landings = known(at.ASK_LANDINGS, actor, shared, 0);
  const count = get(landings);
  for (let n: i32 = 0; n < count; n++) broadcast(get(landings + 1 + 3 * n + 1));
  set(at.AFTER + at.SHARED, sharedAfter(at.ALL_LANDED, shared, actor, 0));
}

/** Drops what a flush covers from every TLB. */
function broadcast(flush: i32): void {
  hasToDoWith(at.OTHERS);
  const actors = get(at.ACTOR_COUNT);
  for (let mmu: i32 = 0; mmu < actors; mmu++) {
    if (get(at.IS_MMU + mmu) === 0) continue;
    const column = at.AFTER + at.ACTORS + mmu;
    set(column, get(known(at.ASK_FLUSHED, mmu, get(column), flush)));
  }
}

function sharedAfter(happens: i32, shared: i32, a: i32, b: i32): i32 {
  return get(known(at.ASK_SHARED_AFTER, happens | (a << 3), shared, b));
}

function mmuSteps(actor: i32): void {
  const node = get(at.ROW + at.ACTORS + actor);
  const facts = nodeFacts(actor, node);
  const next = get(facts);
  if (next === at.THROUGH) return;
  const kinds = get(facts + 2);
  if (next === at.ACCESS) {
    accesses(actor, node, get(facts + 1), kinds);
    return;
  }
  const entries = get(at.ENTRIES);
  for (let index: i32 = 0; index < entries; index++) {
    const word = wordAt(get(at.ROW + at.TABLE), index);
    if ((wordFacts(word) & at.IS_VALID) !== 0) accesses(actor, node, index, kinds);
  }
}

function accesses(actor: i32, node: i32, index: i32, kinds: i32): void {
  const table = get(at.ROW + at.TABLE);
  const word = wordAt(table, index);
  const looked = (wordFacts(word) & at.LOOKS_AT_BLOCK) === 0 ? word : ~table;
  for (let kind: i32 = 0; kind < kinds; kind++) {
    const moves = known(at.ASK_MOVES, actor | ((4 * index + kind) << 4), node, looked);
    const count = get(moves);
    for (let n: i32 = 0; n < count; n++) {
      // The node it leads to, the entry that hardware updates, plus 1, what it leaves there, its program, the entry that it looks at, plus 1.
      const move = moves + 1 + 5 * n;
      begin();
      set(at.AFTER + at.ACTORS + actor, get(move));
      const updates = get(move + 1) - 1;
      if (updates >= 0) set(at.AFTER + at.TABLE, changed(table, updates, get(move + 2)));
      look(get(move + 3), actor);
      made(actor, aboutAccess(get(move + 4), get(move + 1)));
    }
  }
}

/** What watches do on a step: what they remember afterwards, and what they see fail. */
function look(program: i32, actor: i32): void {
  if (program === 0) return;
  const watch = watchAfter();
  const looked = get(watch);
  const seen = seenBy(known(at.ASK_PROGRAM, 0, program, 0));
  const before = get(recall(at.MEMO, (at.ASK_WATCHED << 24) | program, looked, seen));
  // What they remember is noted one higher, negative if something fails.
  const watched = before !== 0 ? before : learnWatched(program, actor, looked, seen);
  set(watch, (watched < 0 ? -watched : watched) - 1);
  if (watched < 0) note(get(recall(at.MEMO, (at.FAILING << 24) | program, looked, seen)));
}

function learnWatched(program: i32, actor: i32, looked: i32, seen: i32): i32 {
  resolve(at.ASK_WATCHED, actor, program, looked);
  const watched = get(at.OUT) + 1;
  const failing = get(at.OUT + 1);
  const noted = failing === 0 ? watched : -watched;
  set(recall(at.MEMO, (at.ASK_WATCHED << 24) | program, looked, seen), noted);
  if (failing !== 0) set(recall(at.MEMO, (at.FAILING << 24) | program, looked, seen), failing);
  return noted;
}

/** All that a program looks at, as one number: those of two programs have nothing to do with each other. */
function seenBy(program: i32): i32 {
  const looks = get(program);
  const facts = program + 3;
  const before = get(program + 1);
  const all = before + get(program + 2);
  let seen: i32 = 0;
  for (let n: i32 = 0; n < all; n++) seen = pair(seen, fact(get(facts + n), get((n < before ? at.ROW : at.AFTER) + at.TABLE)));
  if ((looks & at.LOOKS_SHARED) !== 0) seen = pair(seen, get(at.ROW + at.SHARED));
  if ((looks & at.LOOKS_CALLS) !== 0) seen = pair(seen, get(at.CALLS_NOW));
  if ((looks & at.LOOKS_TLBS) === 0) return seen;
  hasToDoWith(at.TLBS_AS_THEY_ARE);
  const actors = get(at.ACTOR_COUNT);
  for (let mmu: i32 = 0; mmu < actors; mmu++) if (get(at.IS_MMU + mmu) !== 0) seen = pair(seen, get(at.AFTER + at.ACTORS + mmu));
  return seen;
}
