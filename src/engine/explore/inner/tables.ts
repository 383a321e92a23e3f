/**
 * Page tables by number. They differ from each other in few entries, and there are many
 * fewer of them than states: a state of 128 entries is no longer than one of 16.
 *
 * A table is the numbers of its words, in 16 bits each, behind the exclusive or of a
 * hash of each entry, so that the hash of a table with one entry changed is found
 * without looking at the others.
 */
import { get, half, mul, set, setHalf } from "./heap.ts";
import { ENTRIES, RECENT, RECENT_CHANGES, TABLE_LIST, TABLE_SLOTS, TABLES } from "./layout.ts";
import { fill, firstSlot, hashIn, makeRoom, nextSlot, numberIn, placeOf, segmentOf } from "./space.ts";

export function tableWords(): i32 {
  return 1 + ((get(ENTRIES) + 1) >> 1);
}

/** Where the numbers of its words are, in halves. A table that has been settled stays there. */
export function cellsOf(table: i32): i32 {
  return 2 * (placeOf(TABLE_LIST, table, tableWords()) + 1);
}

/** The number of a word in a table. */
export function wordAt(table: i32, index: i32): i32 {
  return half(cellsOf(table) + index);
}

/** Room for one more table, behind the others: filled in entry by entry, then settled. */
export function newTable(): i32 {
  const table = get(TABLES);
  makeRoom(TABLE_LIST, table, tableWords());
  set(placeOf(TABLE_LIST, table, tableWords()), 0);
  return table;
}

export function putWord(index: i32, word: i32): void {
  const place = placeOf(TABLE_LIST, get(TABLES), tableWords());
  setHalf(2 * (place + 1) + index, word);
  set(place, get(place) ^ entryHash(index, word));
}

/** The table that `from` becomes when one entry changes. */
export function changed(from: i32, index: i32, word: i32): i32 {
  const change = (index << 16) | word;
  const hash = mul(mul(from, -0x61c8864f) ^ change, -0x7a143595);
  const recent = RECENT_CHANGES + ((hash >>> 15) & (RECENT - 1)) * 4;
  // Turned round, so that a place never used holds no table.
  if (get(recent) === ~from && get(recent + 1) === change) return get(recent + 2);
  const table = makeChange(from, index, word);
  set(recent, ~from);
  set(recent + 1, change);
  set(recent + 2, table);
  return table;
}

function makeChange(from: i32, index: i32, word: i32): i32 {
  const table = get(TABLES);
  const words = tableWords();
  makeRoom(TABLE_LIST, table, words);
  const source = placeOf(TABLE_LIST, from, words);
  const place = placeOf(TABLE_LIST, table, words);
  for (let n: i32 = 1; n < words; n++) set(place + n, get(source + n));
  const cell = 2 * (place + 1) + index;
  set(place, get(source) ^ entryHash(index, half(cell)) ^ entryHash(index, word));
  setHalf(cell, word);
  return settle();
}

/** The number of the table just filled in: its own if it is new. */
export function settle(): i32 {
  const words = tableWords();
  const table = get(TABLES);
  const place = placeOf(TABLE_LIST, table, words);
  const hash = spread(get(place));
  const segment = segmentOf(TABLE_SLOTS, hash);
  let slot = firstSlot(segment, hash);
  for (; numberIn(slot) >= 0; slot = nextSlot(segment, slot))
    if (hashIn(slot) === hash && alike(placeOf(TABLE_LIST, numberIn(slot), words), place, words)) return numberIn(slot);
  set(TABLES, table + 1);
  fill(segment, slot, hash, table);
  return table;
}

export function alike(a: i32, b: i32, words: i32): boolean {
  for (let n: i32 = 0; n < words; n++) if (get(a + n) !== get(b + n)) return false;
  return true;
}

function entryHash(index: i32, word: i32): i32 {
  let hash = mul(index + 1, -0x61c8864f) ^ mul(word + 1, -0x7a143595);
  hash = mul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}

function spread(hash: i32): i32 {
  return mul(hash ^ (hash >>> 16), 0x45d9f3b);
}
