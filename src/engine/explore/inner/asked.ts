/** What those outside have been asked, each thing once: about words, nodes, edges, tables, whatever a step is made of. */
import { get, resolve, set } from "./heap.ts";
import * as at from "./layout.ts";
import { recall } from "./memo.ts";
import { allocate, hasRoom, makeRoom, placeOf } from "./space.ts";

/** Where the answer begins to what has been asked of those outside, now or before. */
export function known(kind: i32, about: i32, a: i32, b: i32): i32 {
  const question = (kind << 24) | about;
  const memo = kind === at.ASK_EDGE ? at.EDGE_MEMO : at.MEMO;
  const place = get(recall(memo, question, a, b));
  return place !== 0 ? place : learn(memo, question, kind, about, a, b);
}

function learn(memo: i32, question: i32, kind: i32, about: i32, a: i32, b: i32): i32 {
  const words = resolve(kind, about, a, b);
  const place = allocate(words);
  for (let n: i32 = 0; n < words; n++) set(place + n, get(at.OUT + n));
  set(recall(memo, question, a, b), place);
  return place;
}

export function nodeFacts(actor: i32, node: i32): i32 {
  const list = at.NODE_LISTS + actor * at.LIST;
  if (!hasRoom(list, node)) makeRoom(list, node, at.NODE_WORDS);
  const facts = placeOf(list, node, at.NODE_WORDS);
  if (get(facts) === 0) {
    resolve(at.ASK_NODE, actor, node, 0);
    for (let n: i32 = 0; n < at.NODE_FACTS; n++) set(facts + n, get(at.OUT + n));
  }
  return facts;
}

export function sharedFacts(shared: i32): i32 {
  if (!hasRoom(at.SHARED_LIST, shared)) makeRoom(at.SHARED_LIST, shared, at.SHARED_WORDS);
  const facts = placeOf(at.SHARED_LIST, shared, at.SHARED_WORDS);
  if (get(facts) === 0) {
    resolve(at.ASK_SHARED, shared, 0, 0);
    for (let n: i32 = 0; n < at.SHARED_WORDS; n++) set(facts + n, get(at.OUT + n));
  }
  return facts;
}

export function wordFacts(word: i32): i32 {
  return oneFact(at.WORD_LIST, at.ASK_WORD, word);
}

function oneFact(list: i32, kind: i32, number: i32): i32 {
  if (!hasRoom(list, number)) makeRoom(list, number, 1);
  const place = placeOf(list, number, 1);
  if (get(place) === 0) set(place, resolve(kind, number, 0, 0));
  return get(place);
}
/** The edge of a kernel's node where it observes a word. Most nodes observe one or two. */
export function edgeFrom(actor: i32, node: i32, facts: i32, observed: i32): i32 {
  const latest = facts + at.NODE_FACTS;
  if (get(latest) === observed + 1) return get(latest + 1);
  const other = latest + 2;
  if (get(other) === observed + 1) return get(other + 1);
  set(other, get(latest));
  set(other + 1, get(latest + 1));
  const edge = known(at.ASK_EDGE, actor, node, observed);
  set(latest, observed + 1);
  set(latest + 1, edge);
  return edge;
}

export function fact(number: i32, table: i32): i32 {
  const question = (at.ASK_FACT << 24) | number;
  // Noted one higher.
  const known = get(recall(at.MEMO, question, table, 0));
  if (known !== 0) return known - 1;
  const found = resolve(at.ASK_FACT, number, table, 0);
  set(recall(at.MEMO, question, table, 0), found + 1);
  return found;
}

/** The number of two numbers, from 1 on. */
export function pair(a: i32, b: i32): i32 {
  const place = recall(at.MEMO, at.PAIR << 24, a, b);
  if (get(place) === 0) {
    set(at.PAIRS, get(at.PAIRS) + 1);
    set(place, get(at.PAIRS));
  }
  return get(place);
}
