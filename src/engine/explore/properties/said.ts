/** What words and calls say of a lockless read, whatever state they are met in (`lockless.ts`). */
import type { EntryIndex, Pte } from "../../hardware/descriptor.ts";
import { GRANULES, pfnOf } from "../../hardware/granule.ts";
import type { Kernel } from "../../kernel/kernel.ts";
import { isDirty, isPresent, isValidCont, isYoung, protIgnoringAD } from "../../kernel/pte.ts";
import type { Call, Scenario } from "../../scenario/scenario.ts";
import { blocksOf } from "../automata/footprints.ts";
import { letGoBy, onlyReads, returnsMarks } from "./contracts.ts";

export const DIRTY = 1;
export const YOUNG = 2;

/** @param kernel decides how a getter returns what it read */
export function saidOf(scenario: Scenario, kernel: Kernel) {
  const granule = GRANULES[scenario.granule];
  const { contPtes } = granule;

  const marksOf = (pte: Pte): number => (isPresent(pte) ? (isDirty(pte) ? DIRTY : 0) | (isYoung(pte) ? YOUNG : 0) : 0);
  /** The run that a member of a block belongs to: its first frame and its protection. */
  const runOf = (pte: Pte, index: EntryIndex): string =>
    `${pfnOf(granule, pte) - BigInt(index % contPtes)}/${protIgnoringAD(granule, pte)}`;
  const heldAs = (pte: Pte, index: EntryIndex): string => (isValidCont(pte) ? runOf(kernel.code.getterValue.run(pte), index) : `${pte}`);
  const seenIn = (pte: Pte, index: EntryIndex): readonly string[] => {
    if (!isValidCont(pte)) return [];
    const run = runOf(kernel.code.getterValue.run(pte), index);
    return [...(isDirty(pte) ? [`${run} dirty`] : []), ...(isYoung(pte) ? [`${run} young`] : [])];
  };

  const writesTo =
    (target: EntryIndex) =>
    (call: Call): boolean =>
      !onlyReads(call) && blocksOf(granule, call).includes(Math.floor(target / contPtes));
  /** Marks of an entry that a call is there to take. */
  const takenBy = (call: Call, target: EntryIndex): number => {
    const letGo = letGoBy(call);
    const marks = returnsMarks(call) ? DIRTY | YOUNG : (letGo.dirty ? DIRTY : 0) | (letGo.young ? YOUNG : 0);
    const { index = 0, nr = 1 } = call;
    const itself = index <= target && target < index + nr;
    // Those that age or clean a block take the marks of all of it.
    const wholeBlocks = letGo.young !== letGo.dirty || call.fn === "clear_young_dirty_ptes" || call.fn === "madvise_free_pte_range";
    return itself || (wholeBlocks && writesTo(target)(call)) ? marks : 0;
  };

  return { marksOf, runOf, heldAs, seenIn, writesTo, takenBy };
}
