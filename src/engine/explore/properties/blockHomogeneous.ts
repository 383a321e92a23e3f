/**
 * `block-homogeneous`: at points where no call is in flight that writes to a block, if any valid
 * entry of it has CONT then all are valid with CONT, their frames follow each other from an
 * aligned one, and their protection is the same but for access, dirty and RDONLY, which
 * hardware changes one by one. Only in a process's mapping; a block that is not so at the
 * start is not looked at.
 */
import { BIT, clear, type Pte } from "../../hardware/descriptor.ts";
import { GRANULES, type Granule, pfnOf, withPfn } from "../../hardware/granule.ts";
import { isValidCont } from "../../kernel/pte.ts";
import type { Scenario } from "../../scenario/scenario.ts";
import { ACTORS, type Automata, TABLE } from "../automata/automata.ts";
import { blocksOf } from "../automata/footprints.ts";
import { handler } from "../automata/handler.ts";
import type { Watch } from "../automata/watch.ts";
import { TableFact } from "../states/tableFact.ts";
import { onlyReads } from "./contracts.ts";
import { callOf, ends } from "./places.ts";
import type { Report } from "./property.ts";

const NOT_CONT = 0;
/** Of no aligned run. */
const NO_RUN = -1;

export const NO_RUN_TEXT = "none";

/** Which aligned run with which protection a word would be part of at this place in its block; undefined if it is not valid with CONT. */
export function runIn(granule: Granule, pte: Pte, place: number): string | undefined {
  if (!isValidCont(pte)) return undefined;
  const first = pfnOf(granule, pte) - BigInt(place);
  if (first % BigInt(granule.contPtes) !== 0n) return NO_RUN_TEXT;
  return `${first} ${withPfn(granule, clear(pte, BIT.AF | BIT.DIRTY | BIT.RDONLY), 0n)}`;
}

export function blockHomogeneousWatch(scenario: Scenario, report: Report): Watch {
  const granule = GRANULES[scenario.granule];
  const { contPtes } = granule;
  const blocks = scenario.ptes.length / contPtes;
  let automata: Automata;
  /** By block: 1 if it is torn. */
  const torn = Array.from({ length: blocks }, (_, block) => new TableFact((table) => (isTorn(table, block) ? 1 : 0)));
  const tornIn = (row: Int32Array, block: number): boolean => torn[block]?.of(row[TABLE] as number) === 1;
  const tornAtStart = new Set<number>();

  function isTorn(table: number, block: number): boolean {
    const start = block * contPtes;
    const head = runOf(automata.tables.word(table, start), 0);
    let [hasCont, isRun] = [false, head !== NO_RUN];
    for (let i = 0; i < contPtes; i++) {
      const run = runOf(automata.tables.word(table, start + i), i);
      hasCont ||= run !== NOT_CONT;
      isRun &&= run === head;
    }
    return hasCont && !isRun;
  }

  /** By word and place in the block: which aligned run with which protection it would be part of. */
  const runs: number[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (run: string | undefined): number => {
    if (run === undefined) return NOT_CONT;
    const number = numbers.get(run) ?? (run === NO_RUN_TEXT ? NO_RUN : numbers.size + 1);
    numbers.set(run, number);
    return number;
  };
  function runOf(word: number, place: number): number {
    const at = word * contPtes + place;
    runs[at] ??= numberOf(runIn(granule, automata.words.at(word), place));
    return runs[at];
  }

  const isBeingWritten = (row: Int32Array, block: number): boolean =>
    automata.kernels.some((kernel, actor) => {
      const node = kernel?.node(row[ACTORS + actor] as number);
      const call = node?.inCall ? callOf(scenario, actor, node) : undefined;
      return call !== undefined && !onlyReads(call) && blocksOf(granule, call).includes(block);
    });

  return {
    columns: 0,
    begin(its, _, row) {
      automata = its;
      for (let block = 0; block < blocks; block++) if (tornIn(row, block)) tornAtStart.add(block);
    },
    onKernel(actor, edge) {
      const call = callOf(scenario, actor, edge.from);
      if (scenario.mm !== "user" || call === undefined || onlyReads(call) || !ends(edge)) return undefined;
      const looked = blocksOf(granule, call).filter((block) => block < blocks && !tornAtStart.has(block));
      return handler({ after: looked.flatMap((block) => torn[block] ?? []), calls: true }, ({ after }) => {
        for (const block of looked)
          if (tornIn(after, block) && !isBeingWritten(after, block)) report("block-homogeneous", block * contPtes);
      });
    },
  };
}
