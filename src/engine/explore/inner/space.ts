/** Memory of the inner loop: handing it out, lists that grow without being moved, and tables of slots that grow in segments. */
import { get, grow, log2, PAGE_SHIFT, set, size } from "./heap.ts";
import { FREE, SEGMENT, SEGMENTS, TOP } from "./layout.ts";

/** Two gigabytes: addresses stay positive. */
export const MOST_PAGES: i32 = 32767;

/** @returns where so many words are free, all 0 */
export function allocate(words: i32): i32 {
  const at = get(TOP);
  const missing = at + words - size();
  if (missing > 0) growBy((missing >> PAGE_SHIFT) + 1);
  set(TOP, at + words);
  return at;
}

/** Takes more pages than are missing, half as many again or half of those that are left: growing costs time, but a page not written to costs nothing. */
function growBy(missing: i32): void {
  const pages = size() >> PAGE_SHIFT;
  const left = MOST_PAGES - pages - missing;
  const more = left < pages ? left : pages;
  grow(more > 0 ? missing + (more >> 1) : missing);
}

/** Things in a chunk of a list. */
export const CHUNK_SHIFT: i32 = 10;
export const CHUNK: i32 = 1 << CHUNK_SHIFT;
const FIRST_CHUNKS: i32 = 16;

/** @param words of each thing @returns where the thing at a position of a list is; it must have room */
export function placeOf(list: i32, position: i32, words: i32): i32 {
  return get(get(list) + (position >> CHUNK_SHIFT)) + (position & (CHUNK - 1)) * words;
}

/** Makes room for positions up to this one. */
export function makeRoom(list: i32, position: i32, words: i32): void {
  while (!hasRoom(list, position)) {
    const chunks = get(list + 2);
    if (chunks === get(list + 1)) lengthen(list);
    const chunk = words === 1 ? reuse(CHUNK) : allocate(CHUNK * words);
    set(get(list) + chunks, chunk);
    set(list + 2, chunks + 1);
  }
}

export function hasRoom(list: i32, position: i32): boolean {
  return position >> CHUNK_SHIFT < get(list + 2);
}

function lengthen(list: i32): void {
  const chunks = get(list + 1);
  const wider = chunks === 0 ? FIRST_CHUNKS : 2 * chunks;
  const directory = allocate(wider);
  for (let n: i32 = 0; n < chunks; n++) set(directory + n, get(get(list) + n));
  set(list, directory);
  set(list + 1, wider);
}

/**
 * Slots find numbers again by a hash of what they stand for: open addressing in segments
 * that grow on their own, so that growing never takes long. A slot is two words, the
 * hash and the number plus one, 0 when free: growing looks at nothing else, and hardly
 * ever is anything looked at whose hash only happens to be the same.
 */
const SLOT: i32 = 2;
const SEGMENT_SHIFT: i32 = 24;
const FIRST_SLOTS: i32 = 16;

export function beginSlots(slots: i32): void {
  for (let n: i32 = 0; n < SEGMENTS; n++) {
    const segment = slots + n * SEGMENT;
    set(segment, allocate(FIRST_SLOTS * SLOT));
    set(segment + 2, FIRST_SLOTS * SLOT);
  }
}

/** The segment that a hash belongs to: where its words are, how many numbers it holds, how many words it has. */
export function segmentOf(slots: i32, hash: i32): i32 {
  return slots + ((hash >>> SEGMENT_SHIFT) & (SEGMENTS - 1)) * SEGMENT;
}

/** Where the search for a hash begins. */
export function firstSlot(segment: i32, hash: i32): i32 {
  return get(segment) + ((hash * SLOT) & (get(segment + 2) - SLOT));
}

export function nextSlot(segment: i32, slot: i32): i32 {
  const begin = get(segment);
  return begin + ((slot - begin + SLOT) & (get(segment + 2) - SLOT));
}

export function hashIn(slot: i32): i32 {
  return get(slot);
}

/** -1 if the slot is free. */
export function numberIn(slot: i32): i32 {
  return get(slot + 1) - 1;
}

/** Puts a number into the free slot where the search for its hash ended. */
export function fill(segment: i32, slot: i32, hash: i32, number: i32): void {
  set(slot, hash);
  set(slot + 1, number + 1);
  const held = get(segment + 1) + 1;
  set(segment + 1, held);
  // Three quarters full.
  if (4 * SLOT * held > 3 * get(segment + 2)) widen(segment);
}

function widen(segment: i32): void {
  const old = get(segment);
  const words = get(segment + 2);
  set(segment, reuse(2 * words));
  set(segment + 2, 2 * words);
  for (let from = old; from < old + words; from += SLOT) {
    if (numberIn(from) < 0) continue;
    let slot = firstSlot(segment, hashIn(from));
    while (numberIn(slot) >= 0) slot = nextSlot(segment, slot);
    set(slot, get(from));
    set(slot + 1, get(from + 1));
  }
  discard(old, words);
}

/** The logarithm of the most words that are given back at a time. */
const MOST_GIVEN_BACK: i32 = 28;

/** Words that were given back, a part of more if need be, or new ones; all 0. @param words a power of two */
export function reuse(words: i32): i32 {
  const wanted = log2(words);
  let size = wanted;
  while (size <= MOST_GIVEN_BACK && get(FREE + size) === 0) size++;
  if (size > MOST_GIVEN_BACK) return allocate(words);
  const at = get(FREE + size);
  set(FREE + size, get(at));
  while (size > wanted) {
    size--;
    discard(at + (1 << size), 1 << size);
  }
  for (let n: i32 = 0; n < words; n++) set(at + n, 0);
  return at;
}

/** Gives words back that nobody needs any more. @param words a power of two */
export function discard(at: i32, words: i32): void {
  const free = FREE + log2(words);
  set(at, get(free));
  set(free, at);
}
