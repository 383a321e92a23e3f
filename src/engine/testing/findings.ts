/**
 * What random histories of page-table code find: entries that belong together, mostly, as
 * the code goes furthest then, and that differ in everything it may have to remember:
 * protection, CONT, access and dirty by software or hardware, uffd-wp, frame.
 */
import type { EntryIndex } from "../hardware/descriptor.ts";
import { pick } from "../machine/random.ts";
import { FIRST_PFN, word } from "./drawing.ts";
import type { Finding } from "./keySoundness.ts";

const KINDS = ["CW", "CW", "CWu", "CR", "CRu", "CN", "W", "W", "Wu", "R", "Ru", "N", "Ws"];
const MARKS = ["", "y", "d", "dy", "h", "hy"];
/** Of swap area 0, offset 5: mapped once only, or more often. */
const SWAPPED = [0x5004n, 0x5000n];
/** Pages that the frames of a history are away from where they would fold. */
const SHIFTS = [0n, 0n, 0n, 16n, 1n];
/** One entry of so many is of no kind the others are; 0: none is. */
const ODD_ONE_IN = [0, 0, 50, 8, 2];

/** @param entries of the table: an access beyond it ends the actor */
export const findings = (histories: number, entries: number): readonly Finding[] =>
  Array.from({ length: histories }, (_, seed) => findingOf(seed, entries));

function findingOf(seed: number, entries: number): Finding {
  const draws = drawing(seed, 0);
  const usual = { kind: draws(KINDS), marks: draws(MARKS), shift: draws(SHIFTS) };
  const other = draws(MARKS);
  const oddOneIn = draws(ODD_ONE_IN);
  return ({ next }, n) => {
    if (!("index" in next) || next.op === "tlbi") return 0n;
    if (next.index >= entries) return undefined;
    const now = drawing(seed, n + 1);
    if (next.op === "cmpxchg" && now(EXCHANGED)) return next.expected;
    if (oddOneIn > 0 && now(upTo(oddOneIn)) === 0) return oddWord(now, next.index);
    return entryOf({ ...usual, marks: now(upTo(6)) === 0 ? other : usual.marks }, next.index);
  };
}

/** A cmpxchg mostly finds what it expects. */
const EXCHANGED = [true, true, true, false];

type Draw = <T>(from: readonly T[]) => T;

/** Chance at one place of one history. */
function drawing(seed: number, place: number): Draw {
  let n = 0;
  return (from) => from[pick(pick(seed, place, 0xffffffff), n++, from.length)] as (typeof from)[number];
}

const upTo = (below: number): readonly number[] => Array.from({ length: below }, (_, n) => n);

function oddWord(draw: Draw, index: EntryIndex): bigint {
  return draw([
    () => 0n,
    () => draw(SWAPPED),
    () => entryOf({ kind: draw(KINDS), marks: draw(MARKS), shift: draw(SHIFTS) }, index),
    () => entryOf({ kind: draw(KINDS), marks: draw(MARKS), shift: 0n }, index),
  ])();
}

interface Entry {
  readonly kind: string;
  readonly marks: string;
  readonly shift: bigint;
}

/** Only what is writable can be dirty by hardware. */
const entryOf = ({ kind, marks, shift }: Entry, index: EntryIndex): bigint =>
  word(kind + (kind.includes("W") ? marks : marks.replace("h", "")), FIRST_PFN + BigInt(index) + shift);
