/**
 * What has been asked once is not asked again. A question is a few words, its answer a
 * few more; both stay in memory for good, the question first, and a slot leads to them.
 */
import { get, mul, resolve, set } from "./heap.ts";
import { KEY, MEMO_LIST, MEMO_SLOTS, MEMOS, OUT } from "./layout.ts";
import { alike } from "./tables.ts";
import { allocate, discard, fill, freeSlot, makeRoom, mayBe, numberIn, placeOf, refill, renew, segmentOf } from "./space.ts";

/** The answer to a question of three numbers, which outside is asked as they stand. @returns where its first word is */
export function recall(kind: i32, about: i32, a: i32, b: i32): i32 {
  set(KEY, (kind << 24) | about);
  set(KEY + 1, a);
  set(KEY + 2, b);
  return recallKey(3, kind, about, a, b);
}

/**
 * The answer to the question in `KEY`.
 * @returns where its first word is
 * @param words of the question; the other numbers are what outside is asked if it has not been asked before
 */
export function recallKey(words: i32, kind: i32, about: i32, a: i32, b: i32): i32 {
  const hash = hashOf(KEY, words);
  const segment = segmentOf(MEMO_SLOTS, hash);
  const slots = get(segment);
  const mask = get(segment + 2) - 1;
  let slot = hash & mask;
  for (let held = get(slots + slot); held !== 0; held = get(slots + slot)) {
    const at = mayBe(held, hash) ? get(placeOf(MEMO_LIST, numberIn(held), 1)) : 0;
    if (at !== 0 && get(at) === words && alike(at + 1, KEY, words)) return at + words + 1;
    slot = (slot + 1) & mask;
  }
  return learn(words, hash, kind, about, a, b);
}

/** Asks outside, and writes down the question with the answer behind it. */
function learn(words: i32, hash: i32, kind: i32, about: i32, a: i32, b: i32): i32 {
  const answer = resolve(kind, about, a, b);
  const place = allocate(1 + words + answer);
  set(place, words);
  for (let n: i32 = 0; n < words; n++) set(place + 1 + n, get(KEY + n));
  for (let n: i32 = 0; n < answer; n++) set(place + 1 + words + n, get(OUT + n));
  const number = get(MEMOS);
  set(MEMOS, number + 1);
  makeRoom(MEMO_LIST, number, 1);
  set(placeOf(MEMO_LIST, number, 1), place);
  const segment = segmentOf(MEMO_SLOTS, hash);
  if (fill(segment, freeSlot(segment, hash), hash, number)) spreadOut(segment);
  return place + words + 1;
}

function spreadOut(segment: i32): void {
  const slots = get(segment + 2);
  const old = renew(segment);
  for (let slot: i32 = 0; slot < slots; slot++) {
    const held = get(old + slot);
    if (held === 0) continue;
    const at = get(placeOf(MEMO_LIST, numberIn(held), 1));
    refill(segment, hashOf(at + 1, get(at)), held);
  }
  discard(old, slots);
}

export function hashOf(at: i32, words: i32): i32 {
  let hash: i32 = 0;
  for (let n: i32 = 0; n < words; n++) {
    hash = mul(hash ^ get(at + n), -0x61c8864f);
    hash ^= hash >>> 15;
  }
  hash = mul(hash, -0x7a143595);
  return hash ^ (hash >>> 13);
}
