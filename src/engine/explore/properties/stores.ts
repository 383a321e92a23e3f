/**
 * Properties that one access shows to be violated, whatever happened before:
 *
 * - `scope`: a call accesses no entry but those of the blocks that its range overlaps, and none outside
 *   the table (domain: the 6.10-rc1 overrun of contpte_clear_young_dirty_ptes).
 * - `cont-confined`: CONT enters a present entry only through contpte_set_ptes() or contpte_convert().
 * - `cont-implies-valid`: a present entry with CONT is valid, and CONT is never given to a value
 *   that was not: pte_mkcont() of 6.12 would make it valid.
 * - `one-folio-aligned`: CONT enters a valid entry only in a process's mapping, at the place in its
 *   block that its frame has, not special, and only if one folio covers the block.
 * - `legal-dirty-encoding`: WRITE and DIRTY imply not RDONLY (asm/pgtable-prot.h), if it was so at the start.
 */
import { isCont, isValid, type Pte } from "../../hardware/descriptor.ts";
import { blockPfn, blockStart, GRANULES, pfnOf } from "../../hardware/granule.ts";
import { folioOf } from "../../kernel/kernel.ts";
import { isPresent, isReadOnly, isSpecial, isSwDirty, isWrite } from "../../kernel/pte.ts";
import { isTouch, type Touch } from "../../machine/operations.ts";
import type { RoutineProvider } from "../../routine.ts";
import type { Scenario } from "../../scenario/scenario.ts";
import { handler, NOTHING } from "../automata/handler.ts";
import type { KernelEdge } from "../automata/kernelAutomaton.ts";
import type { Watch } from "../automata/watch.ts";
import { callOf, isIn, pteArgument, storeOf } from "./places.ts";
import type { PropertyId, Report } from "./property.ts";

type Check = (actor: number, edge: KernelEdge, touch: Touch) => boolean;

export function storeWatch(scenario: Scenario, provider: RoutineProvider, report: Report): Watch {
  const checks = Object.entries(checksOf(scenario, provider)) as [PropertyId, Check][];
  return {
    columns: 0,
    onKernel(actor, edge) {
      const { next } = edge.from;
      if (next === undefined || !isTouch(next)) return undefined;
      const failing = checks.flatMap(([id, fails]) => (fails(actor, edge, next) ? [id] : []));
      return failing.length === 0
        ? undefined
        : handler(NOTHING, () => {
            for (const id of failing) report(id, next.index);
          });
    },
  };
}

/** @returns for each property whether an access violates it */
export function checksOf(scenario: Scenario, provider: RoutineProvider): Partial<Record<PropertyId, Check>> {
  const granule = GRANULES[scenario.granule];
  const { contPtes } = granule;
  const startsLegal = literalWords(scenario).every(isLegal);

  const isBesideItsFolio = (index: number, pte: Pte): boolean => {
    const first = blockPfn(granule, pfnOf(granule, pte));
    const folio = folioOf(scenario, first);
    const covers = folio.pfn <= first && first + BigInt(contPtes) <= folio.pfn + BigInt(folio.pages);
    return !covers || pfnOf(granule, pte) - first !== BigInt(index % contPtes);
  };

  return {
    scope(actor, edge, { index }) {
      if (index < 0 || index >= scenario.ptes.length) return true;
      const call = callOf(scenario, actor, edge.from);
      if (call?.index === undefined) return false;
      const end = call.index + (call.nr ?? 1);
      return index < blockStart(granule, call.index) || index >= blockStart(granule, end - 1) + contPtes;
    },
    "cont-confined": (_, edge) => entersCont(edge) && !isIn(edge.from, "contpte_set_ptes") && !isIn(edge.from, "contpte_convert"),
    "cont-implies-valid"(actor, edge) {
      if (!entersCont(edge)) return false;
      const asked = pteArgument(provider, scenario, actor, edge.from);
      return !isValid(edge.new) || (asked !== undefined && !isValid(asked));
    },
    "one-folio-aligned"(_, edge, { index }) {
      if (!entersCont(edge) || !isValid(edge.new)) return false;
      return scenario.mm !== "user" || isSpecial(edge.new) || isBesideItsFolio(index, edge.new);
    },
    "legal-dirty-encoding": (_, edge) => startsLegal && storeOf(edge) !== undefined && !isLegal(edge.new),
  };
}

/** A present entry has CONT that had not, or had it for another frame. */
const entersCont = (edge: KernelEdge): boolean =>
  storeOf(edge) !== undefined &&
  isPresent(edge.new) &&
  isCont(edge.new) &&
  !(isPresent(edge.old) && isCont(edge.old) && ((edge.old ^ edge.new) & ADDRESS) === 0n);

/** The output address of every granule. */
const ADDRESS = GRANULES["4K"].addressMask;

const isLegal = (pte: Pte): boolean => !(isPresent(pte) && isWrite(pte) && isSwDirty(pte) && isReadOnly(pte));

/** Every word that the document itself holds. */
const literalWords = ({ ptes, actors }: Scenario): readonly Pte[] => [
  ...ptes,
  ...actors.flatMap((spec) => (spec.kind === "kernel" ? spec.calls : [])).flatMap(({ pte }) => (typeof pte === "bigint" ? [pte] : [])),
];
