/** Memory of the inner loop: handing it out, lists that grow without being moved, and tables of slots that grow in segments. */
import { get, grow, log2, PAGE_SHIFT, set, size } from "./heap.ts";
import { FREE, SEGMENT, SEGMENTS, TOP } from "./layout.ts";

/** Pages taken at a time: a megabyte, and an eighth of what there is. */
const PAGES: i32 = 16;

/** @returns where so many words are free, all 0 */
export function allocate(words: i32): i32 {
  const at = get(TOP);
  const missing = at + words - size();
  if (missing > 0) grow((missing >> PAGE_SHIFT) + PAGES + (size() >> (PAGE_SHIFT + 3)));
  set(TOP, at + words);
  return at;
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
    if (chunks === get(list + 1)) widen(list);
    const chunk = allocate(CHUNK * words);
    set(get(list) + chunks, chunk);
    set(list + 2, chunks + 1);
  }
}

export function hasRoom(list: i32, position: i32): boolean {
  return position >> CHUNK_SHIFT < get(list + 2);
}

function widen(list: i32): void {
  const chunks = get(list + 1);
  const wider = chunks === 0 ? FIRST_CHUNKS : 2 * chunks;
  const directory = allocate(wider);
  for (let n: i32 = 0; n < chunks; n++) set(directory + n, get(get(list) + n));
  set(list, directory);
  set(list + 1, wider);
}

/**
 * Slots find numbers again by a hash of what they stand for: open addressing, half of
 * them always free. A slot holds a number plus one, 0 when free, and above it some bits
 * of the hash, which spare most looks at other things.
 */
const NUMBER_BITS: i32 = 25;
const NUMBER_MASK: i32 = (1 << NUMBER_BITS) - 1;
const SEGMENT_SHIFT: i32 = 17;
const FIRST_SLOTS: i32 = 16;

/** Numbers are below this. */
export const MOST_NUMBERS: i32 = NUMBER_MASK - 1;

export function numberIn(held: i32): i32 {
  return (held & NUMBER_MASK) - 1;
}

/** @returns whether a slot may hold what has this hash */
export function mayBe(held: i32, hash: i32): boolean {
  return (held & ~NUMBER_MASK) === (hash & ~NUMBER_MASK);
}

/** The segment that a hash belongs to. */
export function segmentOf(slots: i32, hash: i32): i32 {
  return slots + ((hash >>> SEGMENT_SHIFT) & (SEGMENTS - 1)) * SEGMENT;
}

export function beginSlots(slots: i32): void {
  for (let n: i32 = 0; n < SEGMENTS; n++) {
    const segment = slots + n * SEGMENT;
    set(segment, allocate(FIRST_SLOTS));
    set(segment + 2, FIRST_SLOTS);
  }
}

/** Notes one more number in a free slot of a segment. @returns whether it must grow */
export function fill(segment: i32, slot: i32, hash: i32, number: i32): boolean {
  set(get(segment) + slot, (hash & ~NUMBER_MASK) | (number + 1));
  const held = get(segment + 1) + 1;
  set(segment + 1, held);
  return 2 * held > get(segment + 2);
}

/** Twice as many slots, all free. @returns where the old ones are */
export function renew(segment: i32): i32 {
  const old = get(segment);
  const slots = 2 * get(segment + 2);
  set(segment, reuse(slots));
  set(segment + 2, slots);
  return old;
}

/** The first free slot of a segment for this hash. */
export function freeSlot(segment: i32, hash: i32): i32 {
  const at = get(segment);
  const mask = get(segment + 2) - 1;
  let slot = hash & mask;
  while (get(at + slot) !== 0) slot = (slot + 1) & mask;
  return slot;
}

/** Puts what an old slot held where it belongs now. */
export function refill(segment: i32, hash: i32, held: i32): void {
  set(get(segment) + freeSlot(segment, hash), held);
}

/** Words that were given back, or new ones, all 0. @param words a power of two */
export function reuse(words: i32): i32 {
  const free = FREE + log2(words);
  const at = get(free);
  if (at === 0) return allocate(words);
  set(free, get(at));
  for (let n: i32 = 0; n < words; n++) set(at + n, 0);
  return at;
}

/** Gives words back that nobody needs any more. @param words a power of two */
export function discard(at: i32, words: i32): void {
  const free = FREE + log2(words);
  set(at, get(free));
  set(free, at);
}
