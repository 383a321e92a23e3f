/**
 * Finds numbers again by a hash of what they stand for: open addressing in many small
 * segments, each of which grows on its own. Growing is never more than a few
 * milliseconds of work then, however much a search has found.
 *
 * Whoever searches goes from `homeOf` its hash to the next slot of the segment until it
 * meets what it wants or a free slot, and may add a number there. Half of the slots are
 * always free.
 */

/** A slot holds a number plus one, 0 when free, and above it some bits of the hash, which spare most looks at other things. */
const NUMBER_BITS = 25;
const NUMBER_MASK = (1 << NUMBER_BITS) - 1;

/** Numbers are below this. */
export const MOST_NUMBERS = NUMBER_MASK - 1;

export const numberIn = (held: number): number => (held & NUMBER_MASK) - 1;
export const tagOf = (hash: number): number => hash & ~NUMBER_MASK;

/** The bits of a hash that choose a segment: between those that choose a slot and those that are its tag. */
const SEGMENT_SHIFT = 17;
const SEGMENTS = 1 << (NUMBER_BITS - SEGMENT_SHIFT);
const FIRST_SLOTS = 8;

export class Slots {
  readonly #segments = Array.from({ length: SEGMENTS }, () => new Int32Array(FIRST_SLOTS));
  readonly #held = new Int32Array(SEGMENTS);
  readonly #hashOf: (number: number) => number;
  #slots = SEGMENTS * FIRST_SLOTS;

  /** @param hashOf the hash under which a number was added */
  constructor(hashOf: (number: number) => number) {
    this.#hashOf = hashOf;
  }

  get bytes(): number {
    return this.#slots * Int32Array.BYTES_PER_ELEMENT;
  }

  /** Bytes in use when there are so many numbers. Segments grow at about the same time. */
  bytesWith(numbers: number): number {
    return this.bytes * (numbers * 2 > this.#slots * 0.9 ? 2 : 1);
  }

  segmentOf(hash: number): Int32Array {
    return this.#segments[segmentAt(hash)] as Int32Array;
  }

  /** @param slot a free one of the hash's segment, where the search for it ended */
  add(hash: number, slot: number, number: number): void {
    const at = segmentAt(hash);
    const segment = this.#segments[at] as Int32Array;
    segment[slot] = tagOf(hash) | (number + 1);
    const held = (this.#held[at] as number) + 1;
    this.#held[at] = held;
    if (held * 2 > segment.length) this.#grow(at, segment);
  }

  #grow(at: number, segment: Int32Array): void {
    const grown = new Int32Array(2 * segment.length);
    const mask = grown.length - 1;
    for (const held of segment) {
      if (held === 0) continue;
      let slot = this.#hashOf(numberIn(held)) & mask;
      while (grown[slot] !== 0) slot = (slot + 1) & mask;
      grown[slot] = held;
    }
    this.#segments[at] = grown;
    this.#slots += segment.length;
  }
}

const segmentAt = (hash: number): number => (hash >>> SEGMENT_SHIFT) & (SEGMENTS - 1);
