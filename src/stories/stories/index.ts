/** The stories that come with the page, by shelf, in the order in which they are to be read. */
import type { Story, StoryShelf } from "../../engine/protocol.ts";
import { breakBeforeMake } from "./basics/breakBeforeMake.ts";
import { contiguousBit } from "./basics/contiguousBit.ts";
import { foldByTheLast } from "./basics/foldByTheLast.ts";
import { gatheredMarks } from "./basics/gatheredMarks.ts";
import { granules } from "./basics/granules.ts";
import { locklessLook } from "./basics/locklessLook.ts";
import { mapAFolio } from "./basics/mapAFolio.ts";
import { smearedMarks } from "./basics/smearedMarks.ts";
import { foldTooMuch } from "./breakIt/foldTooMuch.ts";
import { inPlace } from "./breakIt/inPlace.ts";
import { kernelFolds } from "./breakIt/kernelFolds.ts";
import { leakedCont } from "./breakIt/leakedCont.ts";
import { lostWrite } from "./breakIt/lostWrite.ts";
import { misfits } from "./breakIt/misfits.ts";
import { missingFlush } from "./breakIt/missingFlush.ts";
import { onlyTheTarget } from "./breakIt/onlyTheTarget.ts";
import { partOfABlock } from "./breakIt/partOfABlock.ts";
import { strangers } from "./breakIt/strangers.ts";
import { weakFlush } from "./breakIt/weakFlush.ts";
import { wholeBlock } from "./breakIt/wholeBlock.ts";

export interface StoryShelfView {
  readonly id: StoryShelf;
  readonly title: string;
  readonly stories: readonly Story[];
}

export const SHELVES: readonly StoryShelfView[] = [
  {
    id: "basics",
    title: "Basics",
    stories: [contiguousBit, mapAFolio, foldByTheLast, breakBeforeMake, gatheredMarks, smearedMarks, locklessLook, granules],
  },
  { id: "thread", title: "The mail thread", stories: [] },
  { id: "history", title: "History", stories: [] },
  {
    id: "break-it",
    title: "Break it",
    stories: [
      missingFlush,
      weakFlush,
      inPlace,
      lostWrite,
      wholeBlock,
      foldTooMuch,
      leakedCont,
      partOfABlock,
      misfits,
      strangers,
      onlyTheTarget,
      kernelFolds,
    ],
  },
];

export const STORIES: readonly Story[] = SHELVES.flatMap(({ stories }) => stories);
