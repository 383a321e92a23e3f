/**
 * What has been asked once is not asked again. A question is three words, the first of
 * them never 0, and its answer one; both stand in the slot that the question's hash
 * leads to: open addressing in segments that grow on their own, half of the slots free.
 */
import { get, mul, set } from "./heap.ts";
import { SEGMENT, SEGMENTS } from "./layout.ts";
import { allocate, discard, reuse } from "./space.ts";

const SLOT: i32 = 4;
const ANSWER: i32 = 3;
const FIRST_SLOTS: i32 = 16;
const SEGMENT_SHIFT: i32 = 22;

export function beginMemo(memo: i32): void {
  for (let n: i32 = 0; n < SEGMENTS; n++) {
    const segment = memo + n * SEGMENT;
    set(segment, allocate(FIRST_SLOTS * SLOT));
    set(segment + 2, FIRST_SLOTS);
  }
}

/** @param memo where its segments are @returns where the answer to a question is, or belongs: 0 stands there until it is known */
export function recall(memo: i32, question: i32, a: i32, b: i32): i32 {
  const hash = hashOf(question, a, b);
  const segment = memo + ((hash >>> SEGMENT_SHIFT) & (SEGMENTS - 1)) * SEGMENT;
  const slots = get(segment);
  const last = (get(segment + 2) - 1) * SLOT;
  let slot = (hash * SLOT) & last;
  for (;;) {
    const at = slots + slot;
    const held = get(at);
    if (held === question && get(at + 1) === a && get(at + 2) === b) return at + ANSWER;
    if (held === 0) break;
    slot = (slot + SLOT) & last;
  }
  if (2 * get(segment + 1) >= get(segment + 2)) {
    widen(segment);
    slot = freeSlot(segment, hash);
  }
  const at = get(segment) + slot;
  set(at, question);
  set(at + 1, a);
  set(at + 2, b);
  set(segment + 1, get(segment + 1) + 1);
  return at + ANSWER;
}

function freeSlot(segment: i32, hash: i32): i32 {
  const last = (get(segment + 2) - 1) * SLOT;
  let slot = (hash * SLOT) & last;
  while (get(get(segment) + slot) !== 0) slot = (slot + SLOT) & last;
  return slot;
}

function widen(segment: i32): void {
  const old = get(segment);
  const words = get(segment + 2) * SLOT;
  set(segment, reuse(2 * words));
  set(segment + 2, 2 * get(segment + 2));
  for (let at = old; at < old + words; at += SLOT) {
    if (get(at) === 0) continue;
    const to = get(segment) + freeSlot(segment, hashOf(get(at), get(at + 1), get(at + 2)));
    for (let n: i32 = 0; n < SLOT; n++) set(to + n, get(at + n));
  }
  discard(old, words);
}

function hashOf(question: i32, a: i32, b: i32): i32 {
  let hash = mul(question, -0x61c8864f) ^ a;
  hash = mul(hash ^ (hash >>> 15), -0x7a143595) ^ b;
  hash = mul(hash ^ (hash >>> 13), 0x2c1b3c6d);
  return hash ^ (hash >>> 16);
}
