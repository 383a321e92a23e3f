import { afterEach, expect, it } from "vitest";
import { remembered } from "../shared/remembered.ts";
import { keepProgress, readProgress, withBeat } from "./progress.ts";

afterEach(() => remembered.setItem("stories", "{}"));

it("is what was kept", () => {
  keepProgress({ "map-a-folio": 3, granules: 0 });
  expect(readProgress()).toEqual({ "map-a-folio": 3, granules: 0 });
});

it.each(["", "nonsense", "null", "7", '{"map-a-folio":"far"}'])("is none where %j is kept", (kept) => {
  remembered.setItem("stories", kept);
  expect(readProgress()).toEqual({});
});

it("only ever grows", () => {
  const progress = withBeat({}, "granules", 2);
  expect(progress).toEqual({ granules: 2 });
  expect(withBeat(progress, "granules", 1)).toBe(progress);
  expect(withBeat(progress, "granules", 3)).toEqual({ granules: 3 });
});
