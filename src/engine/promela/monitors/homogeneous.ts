/** `block-homogeneous`: between calls a block with CONT is one run (explore/properties/blockHomogeneous.ts). */

import { blocksOf } from "../../explore/automata/footprints.ts";
import type { Subject } from "../../explore/explore.ts";
import { NO_RUN_TEXT, runIn } from "../../explore/properties/blockHomogeneous.ts";
import { onlyReads } from "../../explore/properties/contracts.ts";
import { callOf, ends } from "../../explore/properties/places.ts";
import { GRANULES } from "../../hardware/granule.ts";
import type { Closure } from "../closure.ts";
import { table } from "../cText.ts";
import { kernelsOf } from "./calls.ts";
import { fails, type Monitor } from "./monitor.ts";

export function homogeneous(subject: Subject, { product, words, nodes, table: first }: Closure): Monitor {
  const { scenario } = subject;
  if (scenario.mm !== "user") return { vector: [], constants: [] };
  const granule = GRANULES[scenario.granule];
  const { contPtes } = granule;
  const blocks = scenario.ptes.length / contPtes;
  const wordCount = 1 + Math.max(...words.flat());
  const numbers = new Map<string, number>();
  const runs = Array.from({ length: wordCount * contPtes }, (_, at) => {
    const run = runIn(granule, product.automata.words.at(Math.floor(at / contPtes)), at % contPtes);
    if (run === undefined || run === NO_RUN_TEXT) return run === undefined ? 0 : -1;
    const number = numbers.get(run) ?? numbers.size + 1;
    numbers.set(run, number);
    return number;
  });
  const isTornAtStart = (block: number): boolean => {
    const own = Array.from({ length: contPtes }, (_, i) => runs[(first[block * contPtes + i] ?? 0) * contPtes + i] ?? 0);
    return own.some((run) => run !== 0) && !(own[0] !== -1 && own.every((run) => run === own[0]));
  };
  const looked = nodes.flatMap(({ actor, edges }) =>
    edges.flatMap(({ edge }) => {
      const call = callOf(scenario, actor, edge.from);
      const own = call === undefined || onlyReads(call) || !ends(edge) ? [] : blocksOf(granule, call);
      return Array.from({ length: blocks }, (_, block) => (own.includes(block) && !isTornAtStart(block) ? 1 : 0));
    }),
  );
  return {
    vector: [],
    constants: [table("RUN", runs), table("LOOKS_AT", looked)],
    helpers: `static int isTorn(int block) {
  int i, start = block * BLOCK, head = RUN[now.T[start] * BLOCK], cont = 0, run = head != -1;
  for (i = 0; i < BLOCK; i++) {
    int own = RUN[now.T[start + i] * BLOCK + i];
    cont |= own != 0;
    run &= own == head;
  }
  return cont && !run;
}
static int isWritten(int block) {
  return ${kernelsOf(subject)
    .map((actor) => `WRITES[now.n${actor} * BLOCKS + block]`)
    .join(" || ")};
}`,
    after: [
      `  if (ENDS[e]) {
    int block;
    for (block = 0; block < BLOCKS; block++)
      if (LOOKS_AT[e * BLOCKS + block] && isTorn(block) && !isWritten(block)) ${fails("block-homogeneous")};
  }`,
    ],
  };
}
