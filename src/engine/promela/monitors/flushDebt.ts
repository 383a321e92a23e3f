/** `tightening-complete`, `no-stale-tlb`: the entries that a flush is owed for (explore/properties/flushDebt.ts). */
import type { Subject } from "../../explore/explore.ts";
import { convertedBlock, grantsLess, refusedBy } from "../../explore/properties/flushDebt.ts";
import { storeOf } from "../../explore/properties/places.ts";
import type { PropertyId } from "../../explore/properties/property.ts";
import { isCont, isValid } from "../../hardware/descriptor.ts";
import { GRANULES, pfnOf } from "../../hardware/granule.ts";
import type { Closure } from "../closure.ts";
import { table } from "../cText.ts";
import { mmusOf } from "./calls.ts";
import { fails, type Monitor } from "./monitor.ts";

export function flushDebt(subject: Subject, { product, words, nodes }: Closure, wanted: readonly PropertyId[]): Monitor {
  const { scenario } = subject;
  const granule = GRANULES[scenario.granule];
  const { automata } = product;
  const columns = Math.ceil(scenario.ptes.length / 32);
  const ptes = Array.from({ length: 1 + Math.max(...words.flat()) }, (_, word) => automata.words.at(word));
  const edges = nodes.flatMap((node) => node.edges);
  const owes = edges.map(({ edge }) => {
    const store = storeOf(edge);
    return store !== undefined && grantsLess(granule, edge.old, edge.new) ? store.index : -1;
  });
  const converted = edges.map(({ edge }) => (scenario.features.bbm === 0 ? (convertedBlock(granule, edge) ?? -1) : -1));
  const settles = nodes.flatMap(({ node: { next }, edges: own }) =>
    own.map(() => (next?.op === "tlbi" && next.sync && !next.local ? 1 : 0)),
  );
  const through = edges.map(({ edge }) => (edge.to.next === undefined ? 1 : 0));
  const hasLater = nodes.some(({ node: { next } }) => next?.op === "tlbi" && !next.sync && !next.local);
  const check = (id: PropertyId): string => (wanted.includes(id) ? fails(id) : "(void)0");
  // Its own flushes land on the step: what they cover is noted before.
  const noteOwn = `  ownCount = 0;
  if (SETTLES[e] || THROUGH[e]) {
    int k;
    for (k = 0; k < MOST_PENDING && now.pendingActor[k]; k++)
      if (now.pendingActor[k] == a + 1) { ownFrom[ownCount] = now.pendingFrom[k]; ownTo[ownCount++] = now.pendingTo[k]; }
  }`;
  const settleOwn = "  { int k; for (k = 0; k < ownCount; k++) settled(ownFrom[k], ownTo[k]); }";
  return {
    vector: [`int debt[${columns}];`],
    constants: [
      table(
        "REFUSED",
        ptes.map((pte) => refusedBy(pte)),
      ),
      table("OWES", owes),
      table("SETTLES", settles),
      table("THROUGH", through),
      table("CONVERTS", converted),
      table(
        "TRANSLATES",
        ptes.map((pte) => (isValid(pte) ? 1 : 0)),
      ),
      table(
        "HAS_CONT",
        ptes.map((pte) => (isCont(pte) ? 1 : 0)),
      ),
      frameNumbers(ptes.map((pte) => pfnOf(granule, pte))),
    ],
    helpers: `static void settled(int from, int to) {
  int i;
  for (i = from; i < to && i < ENTRIES; i++) now.debt[i >> 5] &= ~(1 << (i & 31));
}
${hasLater ? "static int ownCount, ownFrom[MOST_PENDING], ownTo[MOST_PENDING];" : ""}
#define IS_OWED(i) (now.debt[(i) >> 5] & 1 << ((i) & 31))`,
    ...(hasLater && { before: [noteOwn] }),
    after: [
      `  if (OWES[e] >= 0) now.debt[OWES[e] >> 5] |= 1 << (OWES[e] & 31);
  if (SETTLES[e]) settled(FLUSH_FROM[n], FLUSH_TO[n]);
${hasLater ? settleOwn : ""}
  if (CONVERTS[e] >= 0) {
${mmusOf(subject)
  .map(
    (mmu) => `    {
      int p, j;
      for (p = 0; p < accesses(${mmu}) && now.tlb${mmu}[p]; p++)
        if (BIG(now.tlb${mmu}[p]) && START(now.tlb${mmu}[p]) == CONVERTS[e])
          for (j = CONVERTS[e]; j < CONVERTS[e] + BLOCK; j++) if (!HAS_CONT[now.T[j]]) { ${check("no-stale-tlb")}; break; }
    }`,
  )
  .join("\n")}
  }`,
    ],
    accessed: [
      `  if (filled && BIG(filled) && isNew) {
    int j, granted = (MAY_WRITE(filled) ? 1 : 0) | (MAY_USE(filled) ? 2 : 0);
    for (j = START(filled); j < START(filled) + BLOCK; j++)
      if ((granted & REFUSED[now.T[j]]) && !IS_OWED(j)) { ${check("tightening-complete")}; break; }
  }`,
    ],
    landed: ["  settled(from, to);"],
    ended: mmusOf(subject).map(
      (mmu) => `    {
      int p, j;
      for (p = 0; p < accesses(${mmu}) && now.tlb${mmu}[p]; p++)
        for (j = START(now.tlb${mmu}[p]); j < START(now.tlb${mmu}[p]) + COUNT(now.tlb${mmu}[p]); j++)
          if (!IS_OWED(j) && !(TRANSLATES[now.T[j]] && PAGE_NUMBER[now.T[j]] - (j - START(now.tlb${mmu}[p])) == FRAME_NUMBER[FRAME(now.tlb${mmu}[p])]))
            { ${check("no-stale-tlb")}; break; }
    }`,
    ),
  };
}

function frameNumbers(frames: readonly bigint[]): string {
  return `static const long long PAGE_NUMBER[] = {${frames.join("LL,")}LL};`;
}
