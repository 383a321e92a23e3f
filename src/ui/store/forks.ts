/**
 * Runs of the open scenario that others took the place of, kept to be gone back to and
 * compared. Nothing that was recorded is lost: what is no part of the current run is a
 * part of one of these, until there are too many. Data in, data out.
 */
import { type Choice, sharedChoices } from "../../engine/protocol.ts";

export interface Fork {
  /** Never used again, and the number it is called by. */
  readonly id: number;
  readonly choices: readonly Choice[];
}

export interface Forks {
  /** The latest last. None is a part of another, nor of the current run. */
  readonly kept: readonly Fork[];
  readonly lastId: number;
  /** How many were let go because there were too many. */
  readonly dropped: number;
}

export const MOST_FORKS = 20;

export const NO_FORKS: Forks = { kept: [], lastId: 0, dropped: 0 };

type Run = readonly Choice[];

/** A run goes along the whole of another, and maybe on. */
const contains = (run: Run, part: Run): boolean => part.length <= run.length && sharedChoices(run, part) === part.length;

/** @param left the run that was current, in the place of which `current` has come */
export function forksAfter(forks: Forks, left: Run, current: Run): Forks {
  if (left === current) return forks;
  const others = forks.kept.filter(({ choices }) => !contains(current, choices));
  const isKept = contains(current, left) || others.some(({ choices }) => contains(choices, left));
  if (isKept) return others.length === forks.kept.length ? forks : { ...forks, kept: others };
  const id = forks.lastId + 1;
  const all = [...others.filter(({ choices }) => !contains(left, choices)), { id, choices: left }];
  const kept = all.slice(-MOST_FORKS);
  return { kept, lastId: id, dropped: forks.dropped + all.length - kept.length };
}

export const withoutFork = (forks: Forks, id: number): Forks => ({ ...forks, kept: forks.kept.filter((fork) => fork.id !== id) });
