/**
 * A run in a few bytes a step, and what of it is drawn where steps are too narrow for marks of their own: bars of one
 * lane and one kind. There are never more than the pixels they stand on, however long the run is. Data in, data out.
 */
import type { StepView } from "../../engine/protocol.ts";
import { KINDS, type Kind, lookOf, NOTE_NAMES, type Note, notesOf } from "./looks.ts";

export interface Digest {
  readonly steps: number;
  /** Actor of each step. */
  readonly lane: Uint8Array;
  /** Number in KINDS. */
  readonly kind: Uint8Array;
  /** A bit for each of NOTE_NAMES. */
  readonly notes: Uint8Array;
}

export function digestOf(steps: readonly StepView[]): Digest {
  const [lane, kind, notes] = [new Uint8Array(steps.length), new Uint8Array(steps.length), new Uint8Array(steps.length)];
  steps.forEach((step, n) => {
    lane[n] = step.actor;
    kind[n] = KINDS.indexOf(lookOf(step.op).kind);
    notes[n] = notesOf(step).reduce((bits, note) => bits | (1 << NOTE_NAMES.indexOf(note)), 0);
  });
  return { steps: steps.length, lane, kind, notes };
}

/** The same run as if one actor had made it. */
export const inOneLane = (digest: Digest): Digest => ({ ...digest, lane: new Uint8Array(digest.steps) });

/** Steps from one to before another, in a lane. */
export interface Bar {
  readonly lane: number;
  readonly kind: Kind;
  readonly from: number;
  readonly to: number;
}

export interface Tick {
  readonly lane: number;
  readonly note: Note;
  readonly from: number;
  readonly to: number;
}

export interface Density {
  readonly bars: readonly Bar[];
  readonly ticks: readonly Tick[];
}

/** Narrower, bars would melt together. */
const LEAST_PX = 2;

/** So many steps share a bar: a power of two, so that bars stay the same while the run moves under them. */
export const stepsPerBar = (px: number): number => 2 ** Math.max(0, Math.ceil(Math.log2(LEAST_PX / px)));

/** What is drawn of the steps from `from` to before `to`, so many to a bar; a bar goes on as long as the next would look the same. */
export function densityOf(digest: Digest, from: number, to: number, perBar: number): Density {
  const [bars, ticks]: [Open<Kind>[], Open<Note>[]] = [[], []];
  const [lastBar, lastTick] = [new Map<number, Open<Kind>>(), new Map<number, Open<Note>>()];
  const end = Math.min(to, digest.steps);
  for (let first = Math.floor(from / perBar) * perBar; first < end; first += perBar) {
    const next = Math.min(first + perBar, digest.steps);
    for (const [lane, { kind, note }] of mostTelling(digest, first, next)) {
      draw(bars, lastBar, lane, KINDS[kind], first, next, perBar > 1);
      if (note >= 0) draw(ticks, lastTick, lane, NOTE_NAMES[note], first, next, perBar > 1);
    }
  }
  return {
    bars: bars.map(({ what, ...bar }) => ({ ...bar, kind: what })),
    ticks: ticks.map(({ what, ...tick }) => ({ ...tick, note: what })),
  };
}

interface Open<T> {
  readonly lane: number;
  readonly what: T;
  readonly from: number;
  to: number;
}

function draw<T>(
  all: Open<T>[],
  last: Map<number, Open<T>>,
  lane: number,
  what: T | undefined,
  from: number,
  to: number,
  melts: boolean,
): void {
  if (what === undefined) return;
  const before = last.get(lane);
  if (melts && before !== undefined && before.to === from && before.what === what) {
    before.to = to;
    return;
  }
  const bar = { lane, what, from, to };
  all.push(bar);
  last.set(lane, bar);
}

/** Of each lane in these steps: the most telling kind, and the most telling note, or -1. */
function mostTelling({ lane, kind, notes }: Digest, from: number, to: number): ReadonlyMap<number, { kind: number; note: number }> {
  const found = new Map<number, { kind: number; note: number }>();
  for (let n = from; n < to; n++) {
    const note = 31 - Math.clz32(notes[n] ?? 0);
    const own = found.get(lane[n] ?? 0);
    if (own === undefined) found.set(lane[n] ?? 0, { kind: kind[n] ?? 0, note });
    else {
      own.kind = Math.max(own.kind, kind[n] ?? 0);
      own.note = Math.max(own.note, note);
    }
  }
  return found;
}
