/** The challenges that come with the page, from easy to hard. */
import type { Challenge } from "../../engine/protocol.ts";
import { mappedAndFaulting, nothingThere, threeRetries } from "./easy.ts";
import { allAtOnce, inAndOut, staleWrite, thrownBack } from "./hard.ts";
import { foreignMark, givenUp, halfABlock, lostMark, nothingToDo, pinnedAndGone, twoSizes, youngButClean } from "./medium.ts";

export const CHALLENGES: readonly [Challenge, ...Challenge[]] = [
  mappedAndFaulting,
  nothingThere,
  threeRetries,
  halfABlock,
  givenUp,
  lostMark,
  twoSizes,
  nothingToDo,
  pinnedAndGone,
  youngButClean,
  foreignMark,
  thrownBack,
  staleWrite,
  inAndOut,
  allAtOnce,
];
