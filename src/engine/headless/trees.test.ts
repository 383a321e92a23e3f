import { describe, expect, it } from "vitest";
import { treesWished } from "./trees.ts";

describe("the trees that the words name", () => {
  it("are none, one with its patches in order, or two", () => {
    expect(treesWished("run", [], [])).toEqual([]);
    expect(treesWished("explore", ["a"], ["2", "1"])).toEqual([{ folder: "a", patches: ["2", "1"] }]);
    expect(treesWished("compare", ["a"], ["p"])).toEqual([
      { folder: "a", patches: [] },
      { folder: "a", patches: ["p"] },
    ]);
    expect(treesWished("compare", ["a", "b"], [])).toEqual([
      { folder: "a", patches: [] },
      { folder: "b", patches: [] },
    ]);
  });

  it.each<[string, string, readonly string[], readonly string[], RegExp]>([
    ["a patch of no tree", "explore", [], ["p"], /name it with --linux/],
    ["two trees to explore", "explore", ["a", "b"], [], /one --linux at a time: b is/],
    ["three to compare", "compare", ["a", "b", "c"], [], /two trees: c is/],
    ["one to compare", "compare", ["a"], [], /a second --linux, or --patch/],
    ["two to compare and a patch", "compare", ["a", "b"], ["p"], /--patch goes with one --linux/],
  ])("cannot be %s", (_, command, folders, patches, sentence) => {
    expect(treesWished(command, folders, patches)).toMatch(sentence);
  });
});
