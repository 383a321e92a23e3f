/**
 * `break-before-make` (`bbm: 0`): contpte_convert() makes a valid entry only after all slots
 * of the block were invalid at once and a flush of the whole block, issued then, had
 * completed (Arm ARM D8.7, break-before-make).
 *
 * Remembered for each actor: the block that it is converting has been broken so.
 */
import { isValid } from "../../hardware/descriptor.ts";
import { blockStart, GRANULES } from "../../hardware/granule.ts";
import type { Scenario } from "../../scenario/scenario.ts";
import { type Automata, TABLE } from "../automata/automata.ts";
import { handler } from "../automata/handler.ts";
import type { Watch } from "../automata/watch.ts";
import { TableFact } from "../states/tableFact.ts";
import { isIn, storeOf } from "./places.ts";
import type { Report } from "./property.ts";

export function breakBeforeMakeWatch(scenario: Scenario, report: Report): Watch {
  const granule = GRANULES[scenario.granule];
  const { contPtes } = granule;
  let automata: Automata;
  let column: number;

  /** By block: 1 if none of its entries is valid. */
  const empty = Array.from(
    { length: scenario.ptes.length / contPtes },
    (_, block) => new TableFact((table) => (isEmpty(table, block * contPtes) ? 1 : 0)),
  );
  function isEmpty(table: number, start: number): boolean {
    for (let i = start; i < start + contPtes; i++) if (automata.words.isValid(automata.tables.word(table, i))) return false;
    return true;
  }

  return {
    columns: 1,
    begin(its, itsColumn) {
      automata = its;
      column = itsColumn;
    },
    onKernel(actor, edge) {
      const { next } = edge.from;
      if (next === undefined || !isIn(edge.from, "contpte_convert")) return undefined;
      const bit = 1 << actor;
      const isOver = !isIn(edge.to, "contpte_convert");
      const makes = storeOf(edge) !== undefined && isValid(edge.new) ? storeOf(edge)?.index : undefined;
      const breaks =
        next.op === "tlbi" && next.sync && !next.local && covers(next.index, next.nr) ? blockStart(granule, next.index) : undefined;
      if (!isOver && makes === undefined && breaks === undefined) return undefined;
      const broken = breaks === undefined ? undefined : empty[breaks / contPtes];
      return handler({ before: broken === undefined ? [] : [broken] }, ({ before, after }) => {
        if (makes !== undefined && ((before[column] as number) & bit) === 0) report("break-before-make", makes);
        if (broken?.of(before[TABLE] as number) === 1) after[column] = (after[column] as number) | bit;
        if (isOver) after[column] = (after[column] as number) & ~bit;
      });
    },
  };

  /** Whether the range holds the whole block that it begins in. */
  function covers(index: number, nr: number): boolean {
    const start = blockStart(granule, index);
    return index === start && nr >= contPtes;
  }
}
