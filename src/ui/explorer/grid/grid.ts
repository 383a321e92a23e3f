/** The interleaving grid as it is drawn and told: places, looks of cells, sentences. Data in, data out. */
import { scaleBand } from "d3";
import type { Cell, Future, GridView, Listing, PlaceView } from "../../../engine/protocol.ts";
import { FUTURE } from "../../timeline/futures.ts";
import { count, listed } from "../format.ts";

export const CELL = 20;

/** Room for the names of places. */
export const LABELS = { left: 132, top: 112 } as const;

/** Characters of a name that have room. */
export const MOST_LETTERS = { left: 20, top: 16 } as const;

const BESIDE = 4;

type At = Cell["at"];
export type Point = readonly [x: number, y: number];

export interface GridGeometry {
  readonly width: number;
  readonly height: number;
  /** Left and top edge of a cell. */
  corner(at: At): Point;
  centre(at: At): Point;
  /** Where a run goes through a cell: beside its sign. */
  crossing(at: At): Point;
}

/** The first actor goes down, the second to the right. */
export function gridGeometry([down, right]: GridView["axes"]): GridGeometry {
  const band = (places: number) =>
    scaleBand(
      Array.from({ length: places }, (_, n) => n),
      [0, places * CELL],
    );
  const [x, y] = [band(right.length), band(down.length)];
  const corner = ([a, b]: At): Point => [x(b) ?? 0, y(a) ?? 0];
  return {
    width: right.length * CELL,
    height: down.length * CELL,
    corner,
    centre(at) {
      const [left, top] = corner(at);
      return [left + CELL / 2, top + CELL / 2];
    },
    crossing(at) {
      const [left, top] = corner(at);
      return [left + BESIDE, top + BESIDE];
    },
  };
}

/**
 * How far to scroll so that a cell can be seen, and one beside it.
 * @param edge of the cell
 * @param room for cells
 */
export const scrolledTo = (now: number, edge: number, room: number): number =>
  Math.max(0, Math.min(edge - CELL, Math.max(now, edge + 2 * CELL - room)));

export const isSameCell = (one: At | undefined, other: At | undefined): boolean => one?.[0] === other?.[0] && one?.[1] === other?.[1];

/** Of all that the future holds in a cell, what is to be seen first: that all is lost, or that something may be. */
export function lookOf({ futures: { safe, open, doomed, unknown } }: Pick<Cell, "futures">): Future {
  if (doomed > 0 && safe + open + unknown === 0) return "doomed";
  if (doomed + open > 0) return "open";
  return unknown > 0 ? "unknown" : "safe";
}

/** The sign of a cell from which a step fails, which comes before that of its look. */
export const FAILING_SIGN = "!";

/** Safe cells, mostly the many, go without one. */
export function signOf(cell: Pick<Cell, "futures" | "fails">): string {
  const look = lookOf(cell);
  if (cell.fails) return FAILING_SIGN;
  return look === "safe" ? "" : FUTURE[look].sign;
}

/** Short enough for an axis: the function, the line, counted from 1, and the entry. */
export function placeLabel({ call, calls, fn, line, entry }: PlaceView): string {
  if (calls !== undefined) return `${call} and ${calls - 1} more`;
  if (fn === undefined) return call;
  return `${fn}${line === undefined ? "" : `:${line + 1}`}${entry === undefined ? "" : ` [${entry}]`}`;
}

/** The end of a name says which line it is, the beginning of a call which call. */
export function shortened(label: string, most: number): string {
  if (label.length <= most) return label;
  return label.includes("(") ? `${label.slice(0, most - 1)}…` : `…${label.slice(1 - most)}`;
}

/** Other calls than the place before. */
export const beginsCall = (axis: readonly PlaceView[], place: number): boolean =>
  place > 0 && axis[place]?.number !== axis[place - 1]?.number;

function placeSentence(place: PlaceView, listings: readonly Listing[]): string {
  const { number, call, calls, fn, line, entry } = place;
  if (number === undefined) return "has finished";
  const begun = calls === undefined ? `is at ${call}` : `is at ${call} or one of the ${calls - 1} after it`;
  if (fn === undefined) return begun;
  const next = entry === undefined ? "" : `, entry ${entry}`;
  if (line === undefined) return `${begun}, in ${fn}${next}`;
  const text = listings.find((listing) => listing.fn === fn)?.lines[line]?.text.trim();
  return `${begun}, ${fn}:${line + 1}${text === undefined ? "" : ` “${text}”`}${next}`;
}

/** Everything there is to be said of a cell, in one sentence. */
export function cellSentence(cell: Cell, axes: GridView["axes"], names: readonly [string, string], listings: readonly Listing[]): string {
  const stands = (axis: 0 | 1): string => {
    const place = axes[axis][cell.at[axis]];
    return place === undefined ? "" : `${names[axis]} ${placeSentence(place, listings)}`;
  };
  const states = (["doomed", "open", "safe", "unknown"] as const).flatMap((future) =>
    cell.futures[future] > 0 ? [`${count(cell.futures[future], "state")} ${FUTURE[future].word}`] : [],
  );
  const told = [stands(0), stands(1), listed(states), ...(cell.fails ? ["a step from here fails, or the run ends here in failure"] : [])];
  return `${told.join("; ")}.`;
}

/** In words, for those who do not see it. */
export function gridSentence({ cells, axes }: Pick<GridView, "cells" | "axes">): string {
  const looking = (look: Future): number => cells.filter((cell) => lookOf(cell) === look).length;
  const [doomed, open, unknown] = [looking("doomed"), looking("open"), looking("unknown")];
  const failing = cells.filter(({ fails }) => fails).length;
  const told = [`${count(cells.length, "cell")} of ${axes[0].length * axes[1].length} can be reached.`];
  if (doomed + open > 0) told.push(`In ${doomed} every way on fails, in ${open} something can; from ${failing} a step fails.`);
  else if (unknown === 0) told.push("From none of them can anything fail.");
  if (unknown > 0) told.push(`Of ${unknown} it is not known.`);
  return told.join(" ");
}

const DIRECTIONS: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Further than anything straight ahead. */
const ASIDE = 1000;

/** The nearest cell that an arrow key leads to; those straight ahead come before those aside. Undefined if it leads nowhere. */
export function cellBeside(cells: readonly Cell[], [a, b]: At, key: string): Cell | undefined {
  const direction = DIRECTIONS[key];
  if (direction === undefined) return undefined;
  const [down, right] = direction;
  let best: Cell | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const cell of cells) {
    const [da, db] = [cell.at[0] - a, cell.at[1] - b];
    const ahead = da * down + db * right;
    const far = ahead + ASIDE * Math.abs(da * right - db * down);
    if (ahead <= 0 || far >= least) continue;
    [best, least] = [cell, far];
  }
  return best;
}

/** The cells that a run goes through, one after another; where it stays in one, that one once. */
export function cellsAlong(path: GridView["path"]): readonly At[] {
  const known = path.filter((at) => at !== undefined);
  return known.filter((at, n) => n === 0 || !isSameCell(at, known[n - 1]));
}

/** The next position at which a run comes to a cell, or else the first. Undefined if it never does. */
export function nextVisit(path: GridView["path"], cell: At, position: number): number | undefined {
  const entered = path.flatMap((at, n) => (isSameCell(at, cell) && !isSameCell(path[n - 1], cell) ? [n] : []));
  return entered.find((own) => own > position) ?? entered[0];
}
