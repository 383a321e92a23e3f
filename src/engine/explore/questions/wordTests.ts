/** What may be asked of one page-table word: a predicate, a value, or the frame. */
import { type EntryIndex, hex } from "../../hardware/descriptor.ts";
import type { Granule } from "../../hardware/granule.ts";
import type { Scenario } from "../../scenario/scenario.ts";
import { mapsFrame, PREDICATES, type Returning, type WordTest } from "./atoms.ts";
import { type Reader, refuse } from "./reader.ts";

export interface ReadTest {
  readonly test: WordTest;
  /** Whether it makes sense of a pte only, or of any value. */
  readonly of: Returning;
}

const NAMES = [...PREDICATES.keys()];

/** `[is] [not] dirty`, `[is] [not] 0x…`, `= 0x…`, `!= 0x…`, `pfn = 0x…`, `pfn != 0x…` */
export function readWordTest(granule: Granule, reader: Reader): ReadTest {
  reader.accept("is");
  const negated = reader.accept("not") !== undefined;
  const { test, of } = readPositive(granule, reader);
  return { test: negated ? opposite(test) : test, of };
}

function readPositive(granule: Granule, reader: Reader): ReadTest {
  if (reader.accept("pfn") !== undefined) {
    const comparison = reader.expect(["=", "!="]);
    const frames = 1n << BigInt(50 - granule.pageShift);
    const frame = mapsFrame(granule, readValue(reader, frames, `a frame's number, such as 0x1009, below ${hex(frames)}`));
    return { test: comparison === "=" ? frame : opposite(frame), of: "pte" };
  }
  const comparison = reader.accept("=", "!=");
  if (comparison !== undefined || reader.next.kind === "number") {
    const value = readValue(reader, 1n << 64n, "a word of at most 64 bits, such as 0x68000001000bc3");
    return { test: comparison === "!=" ? (pte) => pte !== value : (pte) => pte === value, of: "value" };
  }
  const name = reader.expect(NAMES, `one of ${NAMES.join(", ")}, pfn, or a word such as = 0x68000001000bc3`);
  const test = PREDICATES.get(name);
  if (test === undefined) throw new Error(`${name} is listed and has no meaning`);
  return { test, of: "pte" };
}

const opposite =
  (test: WordTest): WordTest =>
  (pte) =>
    !test(pte);

/** @param below more than the greatest value that makes sense */
function readValue(reader: Reader, below: bigint, expected: string): bigint {
  const { kind, text } = reader.next;
  const value = kind === "number" ? BigInt(text) : undefined;
  if (value === undefined || value >= below) return refuse(reader.next, expected);
  reader.take();
  return value;
}

export function readWholeNumber(reader: Reader, least: number, most: number, expected: string): number {
  const { next } = reader;
  const value = Number(readValue(reader, BigInt(most + 1), expected));
  return value < least ? refuse(next, expected) : value;
}

export function readIndex({ ptes }: Scenario, reader: Reader): EntryIndex {
  const last = ptes.length - 1;
  return readWholeNumber(reader, 0, last, `an entry of the table, 0 to ${last}`);
}
