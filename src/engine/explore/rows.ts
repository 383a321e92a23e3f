/**
 * Numbers rows of integers, all of one width: equal rows have equal numbers, counted
 * from 0 in order of arrival, and a number gives its row back. Exact: the hash only
 * says where to look first, what decides is the row itself.
 */
import { Ints } from "./ints.ts";

export interface Rows {
  readonly size: number;
  /** @returns undefined if the row is new and there are `most` already */
  numberOf(row: readonly number[], most?: number): number | undefined;
  at(row: number, column: number): number;
}

const FIRST_SLOTS = 1024;

export function createRows(width: number): Rows {
  const cells = new Ints();
  let size = 0;
  /** Open addressing; a slot holds a row's number plus one, 0 when free. Never more than half full. */
  let slots = new Int32Array(FIRST_SLOTS);

  const isAt = (number: number, row: readonly number[]): boolean => {
    for (let column = 0; column < width; column++) if (cells.at(number * width + column) !== row[column]) return false;
    return true;
  };

  /** The slot that holds the row, or the free one where it belongs. */
  function slotOf(row: readonly number[]): number {
    const mask = slots.length - 1;
    for (let slot = hashOf(row) & mask; ; slot = (slot + 1) & mask) {
      const held = slots[slot];
      if (!held || isAt(held - 1, row)) return slot;
    }
  }

  function grow(): void {
    slots = new Int32Array(slots.length * 2);
    for (let number = 0; number < size; number++) slots[slotOf(rowAt(number))] = number + 1;
  }

  const rowAt = (number: number): readonly number[] => Array.from({ length: width }, (_, column) => cells.at(number * width + column));

  return {
    get size() {
      return size;
    },
    numberOf(row, most = Number.POSITIVE_INFINITY) {
      const slot = slotOf(row);
      const held = slots[slot];
      if (held) return held - 1;
      if (size >= most) return undefined;
      for (let column = 0; column < width; column++) cells.push(row[column] ?? 0);
      slots[slot] = ++size;
      if (size * 2 > slots.length) grow();
      return size - 1;
    },
    at: (row, column) => cells.at(row * width + column),
  };
}

function hashOf(row: readonly number[]): number {
  let hash = 0;
  for (const cell of row) {
    hash = Math.imul(hash ^ cell, 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash >>> 0;
}
