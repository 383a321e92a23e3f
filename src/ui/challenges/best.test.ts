import { afterEach, expect, it } from "vitest";
import { remembered } from "../shared/remembered.ts";
import { keepBest, readBest, withSwitches } from "./best.ts";

afterEach(() => remembered.setItem("challenges", "{}"));

it("is what was kept, apart from the stories", () => {
  keepBest({ "in-and-out": 5 });
  expect(readBest()).toEqual({ "in-and-out": 5 });
  expect(remembered.getItem("stories") ?? "").not.toContain("in-and-out");
});

it("only ever gets less", () => {
  const best = withSwitches({}, "in-and-out", 7);
  expect(best).toEqual({ "in-and-out": 7 });
  expect(withSwitches(best, "in-and-out", 7)).toBe(best);
  expect(withSwitches(best, "in-and-out", 9)).toBe(best);
  expect(withSwitches(best, "in-and-out", 5)).toEqual({ "in-and-out": 5 });
});
