/** Which call each kernel actor is in: what several monitors ask. It remembers nothing, the nodes say it. */

import { blocksOf } from "../../explore/automata/footprints.ts";
import type { Subject } from "../../explore/explore.ts";
import { onlyReads } from "../../explore/properties/contracts.ts";
import { callOf, ends } from "../../explore/properties/places.ts";
import { GRANULES } from "../../hardware/granule.ts";
import type { Closure } from "../closure.ts";
import { table } from "../cText.ts";
import type { Monitor } from "./monitor.ts";

/** `IN_CALL`, `WRITES(node, block)`, `FROM_CALL(edge)`, `ENDS`, `BEGINS`. */
export function calls({ scenario }: Subject, { nodes }: Closure): Monitor {
  const granule = GRANULES[scenario.granule];
  const blocks = scenario.ptes.length / granule.contPtes;
  const written = nodes.flatMap(({ node, actor }) => {
    const call = node.inCall ? callOf(scenario, actor, node) : undefined;
    const own = call === undefined || onlyReads(call) ? [] : blocksOf(granule, call);
    return Array.from({ length: blocks }, (_, block) => (own.includes(block) ? 1 : 0));
  });
  return {
    vector: [],
    constants: [
      `#define BLOCKS ${blocks}`,
      table(
        "IN_CALL",
        nodes.map(({ node }) => (node.inCall ? 1 : 0)),
      ),
      table("WRITES", written),
      table(
        "ENDS",
        nodes.flatMap(({ actor, edges }) =>
          edges.map(({ edge }) => (callOf(scenario, actor, edge.from) !== undefined && ends(edge) ? 1 : 0)),
        ),
      ),
    ],
  };
}

/** The kernel actors of a scenario. */
export const kernelsOf = ({ scenario }: Subject): readonly number[] =>
  scenario.actors.flatMap(({ kind }, actor) => (kind === "kernel" ? [actor] : []));

export const mmusOf = ({ scenario }: Subject): readonly number[] =>
  scenario.actors.flatMap(({ kind }, actor) => (kind === "mmu" ? [actor] : []));
