/** `fault-progress`: after ptep_set_access_flags() nobody faults again (explore/properties/faultProgress.ts). */
import type { Subject } from "../../explore/explore.ts";
import { askedFor } from "../../explore/properties/faultProgress.ts";
import { isValid } from "../../hardware/descriptor.ts";
import { isDirty, isReadOnly, isValidCont, isWrite, isYoung } from "../../kernel/pte.ts";
import type { Closure } from "../closure.ts";
import { table } from "../cText.ts";
import { mmusOf } from "./calls.ts";
import { fails, type Monitor } from "./monitor.ts";

export function faultProgress(subject: Subject, { product, words, nodes }: Closure): Monitor {
  const { scenario, provider } = subject;
  const ptes = Array.from({ length: 1 + Math.max(...words.flat()) }, (_, word) => product.automata.words.at(word));
  const asked = nodes.flatMap(({ actor, edges }) =>
    edges.map(({ edge }) => {
      const own = askedFor(scenario, provider, actor, edge);
      if (own === undefined || !isYoung(own.entry)) return { index: -1, toWrite: 0, dirty: 0 };
      return { index: own.index, toWrite: isWrite(own.entry) && isDirty(own.entry) ? 1 : 0, dirty: own.dirty ? 1 : 0 };
    }),
  );
  const faults = (toWrite: boolean): readonly number[] =>
    ptes.map((pte) => (isValid(pte) && (!isYoung(pte) || (toWrite && isReadOnly(pte))) ? 1 : 0));
  const forbidden = mmusOf(subject).map(
    (mmu) => `        for (p = 0; p < accesses(${mmu}) && now.tlb${mmu}[p]; p++)
          if (START(now.tlb${mmu}[p]) <= at && at < START(now.tlb${mmu}[p]) + COUNT(now.tlb${mmu}[p]) && !MAY_WRITE(now.tlb${mmu}[p])) faulting = 1;`,
  );
  return {
    vector: [],
    constants: [
      table(
        "ASKED_AT",
        asked.map(({ index }) => index),
      ),
      table(
        "ASKED_TO_WRITE",
        asked.map(({ toWrite }) => toWrite),
      ),
      table(
        "ASKED_DIRTY",
        asked.map(({ dirty }) => dirty),
      ),
      table("FAULTS", [...faults(false), ...faults(true)]),
      table(
        "IN_BLOCK",
        ptes.map((pte) => (isValidCont(pte) ? 1 : 0)),
      ),
    ],
    after: [
      `  if (ASKED_AT[e] >= 0) {
    int at = ASKED_AT[e], toWrite = ASKED_TO_WRITE[e], faulting = FAULTS[toWrite * WORDS + now.T[at]], j, p;
    if (IN_BLOCK[now.T[at]]) for (j = at - at % BLOCK; j < at - at % BLOCK + BLOCK; j++) faulting |= FAULTS[toWrite * WORDS + now.T[j]];
    if (!faulting && ASKED_DIRTY[e] && toWrite) {
${forbidden.join("\n")}
    }
    if (faulting) ${fails("fault-progress")};
    (void)p;
  }`,
    ],
  };
}
