/** How fast a story goes when it goes by itself. */
import type { Prediction } from "../../engine/protocol.ts";

/** Milliseconds between two steps that are to be followed, and for all on the way to a beat. */
const STEP_MS = 220;
const WAY_MS = 2200;
const FASTEST_MS = 40;

/** How long to stand, and where: no way takes much longer than another, so long ones leave out steps. */
export interface Way {
  readonly everyMs: number;
  /** The last is the place to get to. */
  readonly stops: readonly number[];
}

/** From one place of a run to another further along. */
export function wayTo(from: number, to: number): Way {
  const steps = to - from;
  const everyMs = Math.max(FASTEST_MS, Math.min(STEP_MS, WAY_MS / steps));
  const count = Math.min(steps, Math.floor(WAY_MS / everyMs));
  return { everyMs, stops: Array.from({ length: count }, (_, n) => from + Math.round(((n + 1) * steps) / count)) };
}

/** Two hundred words a minute, and a moment to look up. */
const WORD_MS = 300;
export const LOOK_MS = 1800;

/** @returns milliseconds to read a text beside a picture */
export const readingMs = (text: string): number => LOOK_MS + text.split(/\s+/).length * WORD_MS;

/** What there is to be read of a question before it is answered. */
export const askedText = ({ ask, answers }: Prediction): string => [ask, ...answers].join(" ");
