import { describe, expect, it } from "vitest";
import type { Cell, GridView, Listing, PlaceView } from "../../../engine/protocol.ts";
import {
  beginsCall,
  CELL,
  cellBeside,
  cellSentence,
  cellsAlong,
  gridGeometry,
  gridSentence,
  lookOf,
  nextVisit,
  placeLabel,
  scrolledTo,
  shortened,
  signOf,
} from "./grid.ts";

const cell = (at: Cell["at"], futures: Partial<Cell["futures"]> = { safe: 1 }, fails = false): Cell => ({
  at,
  futures: { safe: 0, open: 0, doomed: 0, unknown: 0, ...futures },
  fails,
});

const end: PlaceView = { call: "finished" };
const convert: PlaceView = { number: 1, call: "ptep_get_and_clear(4)", fn: "contpte_convert", line: 4, entry: 3 };
const write: PlaceView = { number: 0, call: "write page 3" };
const axes: GridView["axes"] = [
  [{ ...convert, entry: 2 }, convert, { number: 2, call: "ptl_unlock()", fn: "ptl_unlock", line: 1 }, end],
  [write, end],
];

describe("a cell of the grid", () => {
  it("looks doomed where all its states are, and as if something can fail where some are or some can", () => {
    expect(lookOf(cell([0, 0], { doomed: 2 }))).toBe("doomed");
    expect(lookOf(cell([0, 0], { doomed: 2, safe: 1 }))).toBe("open");
    expect(lookOf(cell([0, 0], { open: 1, unknown: 5 }))).toBe("open");
    expect(lookOf(cell([0, 0], { safe: 9, unknown: 1 }))).toBe("unknown");
    expect(lookOf(cell([0, 0]))).toBe("safe");
  });

  it("has a sign of its own for each look but the usual one, and another for a step that fails", () => {
    const signs = [{ doomed: 1 }, { open: 1 }, { unknown: 1 }].map((futures) => signOf(cell([0, 0], futures)));
    const failing = signOf(cell([0, 0], { doomed: 1 }, true));
    expect(new Set([...signs, failing, ""]).size).toBe(5);
    expect(signOf(cell([0, 0]))).toBe("");
  });

  it("says where both stand, what may come and that a step fails, in one sentence", () => {
    const listing = { fn: "contpte_convert", lines: [0, 1, 2, 3, 4].map((n) => ({ text: `  line ${n}` })) } as unknown as Listing;
    expect(cellSentence(cell([1, 0], { open: 2, safe: 1 }, true), axes, ["CPU0", "CPU2"], [listing])).toBe(
      "CPU0 is at ptep_get_and_clear(4), contpte_convert:5 “line 4”, entry 3; CPU2 is at write page 3; " +
        "2 states can still fail and 1 state safe; a step from here fails, or the run ends here in failure.",
    );
    expect(cellSentence(cell([3, 1], { doomed: 1 }), axes, ["CPU0", "CPU2"], [])).toBe(
      "CPU0 has finished; CPU2 has finished; 1 state doomed.",
    );
  });

  it("is reached by arrow keys: straight ahead first, over what is not reached, and nowhere at the edge", () => {
    const cells = [cell([0, 0]), cell([0, 3]), cell([2, 0]), cell([2, 2])];
    const beside = (from: Cell["at"], key: string) => cellBeside(cells, from, key)?.at;
    expect(beside([0, 0], "ArrowRight")).toEqual([0, 3]);
    expect(beside([0, 0], "ArrowDown")).toEqual([2, 0]);
    expect(beside([0, 3], "ArrowDown")).toEqual([2, 2]);
    expect(beside([2, 2], "ArrowLeft")).toEqual([2, 0]);
    expect(beside([2, 2], "ArrowUp")).toEqual([0, 3]);
    expect(beside([0, 0], "ArrowUp")).toBeUndefined();
    expect(beside([0, 0], "Enter")).toBeUndefined();
  });
});

describe("places", () => {
  it("are named by function, line from 1 and entry, as far as they are told apart", () => {
    expect(axes[0].map(placeLabel)).toEqual(["contpte_convert:5 [2]", "contpte_convert:5 [3]", "ptl_unlock:2", "finished"]);
    expect([write, { ...convert, line: undefined, entry: undefined } as never, { ...write, calls: 3 }].map(placeLabel)).toEqual([
      "write page 3",
      "contpte_convert",
      "write page 3 and 2 more",
    ]);
  });

  it("keep the end of a long name, which tells lines apart, and the beginning of a call", () => {
    expect(shortened("contpte_convert:5 [12]", 12)).toBe("…vert:5 [12]");
    expect(shortened("ptep_get_and_clear(4)", 12)).toBe("ptep_get_an…");
    expect(shortened("finished", 12)).toBe("finished");
  });

  it("are ruled off where another call begins", () => {
    expect(axes[0].map((_, n) => beginsCall(axes[0], n))).toEqual([false, false, true, true]);
  });
});

describe("the grid", () => {
  it("has the first actor going down and the second to the right", () => {
    const { width, height, corner, centre } = gridGeometry(axes);
    expect([width, height]).toEqual([2 * CELL, 4 * CELL]);
    expect(corner([3, 1])).toEqual([CELL, 3 * CELL]);
    expect(centre([0, 0])).toEqual([CELL / 2, CELL / 2]);
  });

  it("scrolls no further than it must to show a cell and one beside it", () => {
    const room = 10 * CELL;
    expect(scrolledTo(0, 3 * CELL, room)).toBe(0);
    expect(scrolledTo(0, 12 * CELL, room)).toBe(4 * CELL);
    expect(scrolledTo(9 * CELL, 12 * CELL, room)).toBe(9 * CELL);
    expect(scrolledTo(9 * CELL, 2 * CELL, room)).toBe(CELL);
    expect(scrolledTo(9 * CELL, 0, room)).toBe(0);
  });

  it("is told in words", () => {
    const cells = [cell([0, 0], { open: 1 }), cell([1, 0], { doomed: 1 }, true), cell([2, 0])];
    expect(gridSentence({ axes, cells })).toBe(
      "3 cells of 8 can be reached. In 1 every way on fails, in 1 something can; from 1 a step fails.",
    );
    expect(gridSentence({ axes, cells: [cell([0, 0])] })).toBe("1 cell of 8 can be reached. From none of them can anything fail.");
    expect(gridSentence({ axes, cells: [cell([0, 0], { unknown: 1 })] })).toBe("1 cell of 8 can be reached. Of 1 it is not known.");
  });

  it("has a run go through each cell once as long as it stays, and again when it comes back", () => {
    const path: GridView["path"] = [undefined, [0, 0], [0, 0], [1, 0], [1, 0], [0, 0], undefined];
    expect(cellsAlong(path)).toEqual([
      [0, 0],
      [1, 0],
      [0, 0],
    ]);
    expect([0, 1, 4, 5].map((position) => nextVisit(path, [0, 0], position))).toEqual([1, 5, 5, 1]);
    expect(nextVisit(path, [3, 1], 0)).toBeUndefined();
  });
});
