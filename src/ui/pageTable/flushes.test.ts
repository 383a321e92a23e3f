import { expect, it } from "vitest";
import { flushesOf, flushText } from "./flushes.ts";

const actors = [{ name: "CPU0" }, { name: "CPU1" }] as never;
const step = { actor: 0, op: "tlbi", index: 0, count: 16, text: "", events: [] };
const textsOf = (snapshot: Partial<Parameters<typeof flushesOf>[0]>): readonly string[] =>
  flushesOf({ actors, pending: [], ...snapshot } as never).map(flushText);

it("a flush that has landed is told of the step that did it, one on its way as long as it is", () => {
  expect(textsOf({ last: { ...step, lands: true } })).toEqual(["CPU0 has flushed pages 0–15"]);
  expect(textsOf({ last: step, pending: [{ actor: 0, index: 0, count: 16 }] })).toEqual(["CPU0's flush of pages 0–15 is pending"]);
  expect(textsOf({ last: { ...step, op: "read" }, pending: [{ actor: 1, index: 4, count: 1 }] })).toEqual([
    "CPU1's flush of page 4 is pending",
  ]);
  expect(textsOf({})).toEqual([]);
});
