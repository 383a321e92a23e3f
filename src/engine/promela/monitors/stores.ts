/** What one access shows to be violated: known of an edge beforehand. */
import type { Subject } from "../../explore/explore.ts";
import { PROPERTIES, type PropertyId } from "../../explore/properties/property.ts";
import { checksOf } from "../../explore/properties/stores.ts";
import { isTouch } from "../../machine/operations.ts";
import type { Closure } from "../closure.ts";
import { mask, table } from "../cText.ts";
import type { Monitor } from "./monitor.ts";

export function stores({ scenario, provider }: Subject, { nodes }: Closure, wanted: readonly PropertyId[]): Monitor {
  const checks = Object.entries(checksOf(scenario, provider)).filter(([id]) => wanted.includes(id as PropertyId));
  const failing = nodes.flatMap(({ actor, node, edges }) =>
    edges.map(({ edge }) => {
      const { next } = node;
      if (next === undefined || !isTouch(next)) return 0;
      return mask(checks.flatMap(([id, fails]) => (fails(actor, edge, next) ? [PROPERTIES.indexOf(id as PropertyId)] : [])));
    }),
  );
  return { vector: [], constants: [table("STORE_FAILS", failing)], after: ["  bad |= STORE_FAILS[e];"] };
}
