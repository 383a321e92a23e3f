/** How far each story has been read, kept across visits. */
import { keepNumbers, type Numbers, readNumbers } from "../shared/rememberedNumbers.ts";

/** The furthest beat that was seen, from 0, by story. */
export type Progress = Numbers;

const KEY = "stories";

export const readProgress = (): Progress => readNumbers(KEY);

/** @returns the same, if that beat had been seen before */
export function withBeat(progress: Progress, story: string, beat: number): Progress {
  const furthest = progress[story];
  return furthest !== undefined && furthest >= beat ? progress : { ...progress, [story]: beat };
}

export const keepProgress = (progress: Progress): void => keepNumbers(KEY, progress);
