/** `break-before-make`: a bit for each actor that has broken the block it converts (explore/properties/breakBeforeMake.ts). */
import type { Subject } from "../../explore/explore.ts";
import { isIn, storeOf } from "../../explore/properties/places.ts";
import { isValid } from "../../hardware/descriptor.ts";
import { blockStart, GRANULES } from "../../hardware/granule.ts";
import type { Closure } from "../closure.ts";
import { table } from "../cText.ts";
import { fails, type Monitor } from "./monitor.ts";

export function brokenBeforeMade({ scenario }: Subject, { nodes }: Closure): Monitor {
  const granule = GRANULES[scenario.granule];
  const facts = nodes.flatMap(({ node: { next }, edges }) =>
    edges.map(({ edge }) => {
      if (next === undefined || !isIn(edge.from, "contpte_convert")) return { makes: 0, breaks: -1, isOver: 0 };
      const isWhole =
        next.op === "tlbi" && next.sync && !next.local && next.index === blockStart(granule, next.index) && next.nr >= granule.contPtes;
      return {
        makes: storeOf(edge) !== undefined && isValid(edge.new) ? 1 : 0,
        breaks: isWhole && "index" in next ? next.index : -1,
        isOver: isIn(edge.to, "contpte_convert") ? 0 : 1,
      };
    }),
  );
  return {
    vector: [`unsigned broken : ${scenario.actors.length};`],
    constants: [
      table(
        "MAKES",
        facts.map(({ makes }) => makes),
      ),
      table(
        "BREAKS",
        facts.map(({ breaks }) => breaks),
      ),
      table(
        "CONVERTED",
        facts.map(({ isOver }) => isOver),
      ),
    ],
    before: [
      `  if (MAKES[e] && !(now.broken & 1 << a)) ${fails("break-before-make")};
  if (BREAKS[e] >= 0) {
    int j, empty = 1;
    for (j = BREAKS[e]; j < BREAKS[e] + BLOCK; j++) if (VALID(now.T[j])) empty = 0;
    if (empty) now.broken |= 1 << a;
  }
  if (CONVERTED[e]) now.broken &= ~(1 << a);`,
    ],
  };
}
