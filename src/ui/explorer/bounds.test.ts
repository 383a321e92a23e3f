import { expect, it } from "vitest";
import { boundsOf, boundsText, USUAL_BOUNDS } from "./bounds.ts";

it("an empty field is no bound, except for states", () => {
  expect(boundsOf(USUAL_BOUNDS)).toEqual({ states: 10_000_000, memory: 600 });
  expect(boundsOf({ ...USUAL_BOUNDS, seconds: "30", memory: "" })).toEqual({ states: 10_000_000, seconds: 30 });
  expect(boundsOf({ ...USUAL_BOUNDS, states: "" })).toBeUndefined();
});

it("what is no whole number above nothing is refused", () => {
  for (const text of ["0", "-1", "1.5", "many", "1e99"]) expect(boundsOf({ ...USUAL_BOUNDS, memory: text }), text).toBeUndefined();
});

it("bounds are told in one line", () => {
  expect(boundsText({ states: 10_000_000, seconds: 5, memory: 600 })).toBe("10,000,000 states, 5 s, 600 MB");
});
