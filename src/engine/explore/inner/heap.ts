/**
 * The memory of the inner loop, and its one way out, in TypeScript. What `compiled/heap.ts`
 * is to the loop compiled to WebAssembly this file is to the same loop run as it stands:
 * the build exchanges the two, and nothing else differs.
 *
 * Addresses count 32-bit words (`half`: 16-bit ones). Everything that a search keeps is
 * in one such memory, so several searches take turns: each enters with its own.
 */

/** What the loop cannot know by itself is asked of whoever owns the automata. Answers that are more than a number come in `OUT`. */
export type Resolve = (kind: i32, a: i32, b: i32, c: i32) => i32;

export interface Heap {
  readonly memory: WebAssembly.Memory;
  readonly resolve: Resolve;
}

let current: Heap | undefined;
let words = new Int32Array(0);
let halves = new Uint16Array(0);

/** To be called before any function of the loop. */
export function enter(heap: Heap): void {
  if (heap === current && words.length > 0) return;
  current = heap;
  words = new Int32Array(heap.memory.buffer);
  halves = new Uint16Array(heap.memory.buffer);
}

export function get(at: i32): i32 {
  return words[at] as i32;
}

export function set(at: i32, value: i32): void {
  words[at] = value;
}

export function half(at: i32): i32 {
  return halves[at] as i32;
}

export function setHalf(at: i32, value: i32): void {
  halves[at] = value;
}

/** The lower 32 bits of a product. */
export function mul(a: i32, b: i32): i32 {
  return Math.imul(a, b);
}

/** The logarithm of a power of two. */
export function log2(power: i32): i32 {
  return 31 - Math.clz32(power);
}

/** How many words there are. */
export function size(): i32 {
  return words.length;
}

/** @throws RangeError if there is no more memory */
export function grow(pages: i32): void {
  const { memory } = current as Heap;
  memory.grow(pages);
  words = new Int32Array(memory.buffer);
  halves = new Uint16Array(memory.buffer);
}

/** The logarithm of the words in a page of memory. */
export const PAGE_SHIFT: i32 = 14;

export function resolve(kind: i32, a: i32, b: i32, c: i32): i32 {
  const heap = current as Heap;
  const answer = heap.resolve(kind, a, b, c);
  enter(heap);
  return answer;
}
