/** How far each story has been read, kept across visits. */
import { remembered } from "../shared/remembered.ts";

/** The furthest beat that was seen, from 0, by story. */
export type Progress = Readonly<Record<string, number>>;

const KEY = "stories";

export function readProgress(): Progress {
  try {
    const kept: unknown = JSON.parse(remembered.getItem(KEY) ?? "{}");
    if (typeof kept !== "object" || kept === null) return {};
    return Object.fromEntries(Object.entries(kept).filter(([, beat]) => Number.isInteger(beat)));
  } catch {
    return {}; // what somebody else wrote there is no progress
  }
}

/** @returns the same, if that beat had been seen before */
export function withBeat(progress: Progress, story: string, beat: number): Progress {
  const furthest = progress[story];
  return furthest !== undefined && furthest >= beat ? progress : { ...progress, [story]: beat };
}

export function keepProgress(progress: Progress): void {
  try {
    remembered.setItem(KEY, JSON.stringify(progress));
  } catch {
    // The browser's store is full: the story is told all the same, and the next visit begins at what was kept before.
  }
}
