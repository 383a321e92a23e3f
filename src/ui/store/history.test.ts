import fc from "fast-check";
import { expect, it } from "vitest";
import { type History, NO_HISTORY, redone, replaced, undone } from "./history.ts";

it("undo gives back everything that was replaced, in reverse, and redo what was undone", () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { minLength: 1, maxLength: 100 }), (values) => {
      let history: History<number> = NO_HISTORY;
      for (const lost of values.slice(0, -1)) history = replaced(history, lost);
      let now = values.at(-1) ?? 0;
      const walk = (step: typeof undone<number>): readonly number[] => {
        const seen = [now];
        for (let next = step(history, now); next !== undefined; next = step(history, now)) {
          [now, history] = next;
          seen.push(now);
        }
        return seen;
      };
      expect(walk(undone)).toEqual(values.toReversed());
      expect(walk(redone)).toEqual(values);
    }),
  );
});

it("what had been undone is gone once something else was replaced", () => {
  const [back, history] = undone(replaced(replaced<string>(NO_HISTORY, "a"), "b"), "c") ?? [];
  expect(back).toBe("b");
  if (history === undefined) throw new Error("nothing was undone");
  expect(replaced(history, "b")).toEqual({ undo: ["a", "b"], redo: [] });
});

it("the oldest is forgotten first", () => {
  let history: History<number> = NO_HISTORY;
  for (let n = 0; n < 150; n++) history = replaced(history, n);
  expect(history.undo).toHaveLength(100);
  expect(history.undo.at(0)).toBe(50);
});
