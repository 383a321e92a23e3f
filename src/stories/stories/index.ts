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
import { deviceLoop } from "./history/deviceLoop.ts";
import { dirtyAtOnce } from "./history/dirtyAtOnce.ts";
import { earlyExit } from "./history/earlyExit.ts";
import { everySixteenth } from "./history/everySixteenth.ts";
import { firstVersion } from "./history/firstVersion.ts";
import { notForgotten } from "./history/notForgotten.ts";
import { notToBeTouched } from "./history/notToBeTouched.ts";
import { oneByOne } from "./history/oneByOne.ts";
import { overrun } from "./history/overrun.ts";
import { thereAndBack } from "./history/thereAndBack.ts";
import { withoutFlush } from "./history/withoutFlush.ts";
import { letThrough } from "./thread/letThrough.ts";
import { lookThenLock } from "./thread/lookThenLock.ts";
import { neverTogether } from "./thread/neverTogether.ts";
import { noAddress } from "./thread/noAddress.ts";
import { olderRelative } from "./thread/olderRelative.ts";
import { onlyEmpty } from "./thread/onlyEmpty.ts";
import { pinWithoutLock } from "./thread/pinWithoutLock.ts";
import { roundAndRound } from "./thread/roundAndRound.ts";
import { tableAsItIs } from "./thread/tableAsItIs.ts";
import { whoseMappings } from "./thread/whoseMappings.ts";
import { withoutMarks } from "./thread/withoutMarks.ts";

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
  {
    id: "thread",
    title: "The mail thread",
    stories: [
      noAddress,
      letThrough,
      whoseMappings,
      olderRelative,
      neverTogether,
      roundAndRound,
      pinWithoutLock,
      lookThenLock,
      onlyEmpty,
      tableAsItIs,
      withoutMarks,
    ],
  },
  {
    id: "history",
    title: "History",
    stories: [
      firstVersion,
      oneByOne,
      overrun,
      everySixteenth,
      notForgotten,
      withoutFlush,
      earlyExit,
      thereAndBack,
      dirtyAtOnce,
      deviceLoop,
      notToBeTouched,
    ],
  },
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
