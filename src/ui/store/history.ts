/** Undo and redo of what was replaced. Data in, data out. */

export interface History<T> {
  /** What can be brought back, the latest last. */
  readonly undo: readonly T[];
  /** What an undo took away, the latest last. */
  readonly redo: readonly T[];
}

export const NO_HISTORY: History<never> = { undo: [], redo: [] };

const LONGEST = 100;

/** `lost` was replaced by something new: what had been undone cannot be redone any more. */
export const replaced = <T>({ undo }: History<T>, lost: T): History<T> => ({ undo: [...undo, lost].slice(-LONGEST), redo: [] });

/** @returns what to go back to, and the history then; undefined if there is nothing */
export function undone<T>({ undo, redo }: History<T>, now: T): readonly [back: T, history: History<T>] | undefined {
  const back = undo.at(-1);
  return back === undefined ? undefined : [back, { undo: undo.slice(0, -1), redo: [...redo, now] }];
}

export function redone<T>({ undo, redo }: History<T>, now: T): readonly [again: T, history: History<T>] | undefined {
  const again = redo.at(-1);
  return again === undefined ? undefined : [again, { undo: [...undo, now], redo: redo.slice(0, -1) }];
}
