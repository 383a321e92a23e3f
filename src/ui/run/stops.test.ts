import { expect, it } from "vitest";
import { KINDS, sameStop, stopOf, stopText } from "./stops.ts";

const LISTINGS = [{ fn: "contpte_convert", file: "f.c", lines: [{ text: "a" }, { text: "b", place: "clear" }] }];

it("every kind is a stop of its own, told in words", () => {
  const told = KINDS.flatMap(({ kind }) => [stopText(stopOf(kind, 1), ["CPU0", "CPU1"], []), stopText(stopOf(kind, undefined), [], [])]);
  expect(new Set(told).size).toBe(told.length);
  expect(told).toContain("entry 1 changes");
  expect(told).toContain("hardware marks any entry");
  expect(told).toContain("CPU1 starts again");
});

it("a line is told by its number, and one that this kernel does not have by its name", () => {
  expect(stopText({ on: "line", label: "contpte_convert.clear" }, [], LISTINGS)).toBe("somebody comes to line 2 of contpte_convert");
  expect(stopText({ on: "line", label: "contpte_other.clear" }, [], LISTINGS)).toBe("somebody comes to contpte_other.clear");
});

it("two stops are the same if they say the same", () => {
  expect(sameStop(stopOf("change", 3), stopOf("change", 3))).toBe(true);
  expect(sameStop(stopOf("change", 3), stopOf("change", undefined))).toBe(false);
});
