/**
 * `fault-progress`: when ptep_set_access_flags() returns that was given a young pte, the entry is
 * young, and if that pte was writable and dirty, RDONLY is clear; so is every entry of
 * its block while it has CONT. Otherwise whoever looks at one descriptor only, a
 * SMMU or a CPU without hardware dirty, faults again for ever.
 *
 * And if it was told that the access is a write, no TLB holds an entry over the page that still
 * forbids it: arm64 flushes nothing on a spurious fault (flush_tlb_fix_spurious_fault()
 * is empty in 6.12), because this call has done so.
 */
import { isValid, type Pte } from "../../hardware/descriptor.ts";
import { blockStart, GRANULES } from "../../hardware/granule.ts";
import { covers } from "../../hardware/tlb.ts";
import { isDirty, isReadOnly, isValidCont, isWrite, isYoung } from "../../kernel/pte.ts";
import type { RoutineProvider } from "../../routine.ts";
import type { Scenario } from "../../scenario/scenario.ts";
import { ACTORS, type Automata, TABLE } from "../automata/automata.ts";
import type { Watch } from "../automata/watch.ts";
import { callOf, pteArgument, returnOf } from "./places.ts";
import type { Report } from "./property.ts";

export function faultProgressWatch(scenario: Scenario, provider: RoutineProvider, report: Report): Watch {
  const granule = GRANULES[scenario.granule];
  let automata: Automata;
  const pteAt = (row: Int32Array, index: number): Pte => automata.words.at(automata.tables.word(row[TABLE] as number, index));

  return {
    columns: 0,
    begin(its) {
      automata = its;
    },
    onKernel(actor, edge) {
      const call = callOf(scenario, actor, edge.from);
      const index = call?.index;
      if (call?.fn !== "ptep_set_access_flags" || index === undefined || returnOf(edge) === undefined) return undefined;
      const entry = pteArgument(provider, scenario, actor, edge.from);
      if (entry === undefined || !isYoung(entry)) return undefined;
      const toWrite = isWrite(entry) && isDirty(entry);
      const faults = (pte: Pte): boolean => isValid(pte) && (!isYoung(pte) || (toWrite && isReadOnly(pte)));
      const start = blockStart(granule, index);
      const siblings = Array.from({ length: granule.contPtes }, (_, i) => start + i);
      return ({ after }) => {
        const looked = isValidCont(pteAt(after, index)) ? [index, ...siblings] : [index];
        const faulting = looked.find((i) => faults(pteAt(after, i)));
        if (faulting !== undefined) report("fault-progress", faulting);
        else if (call.dirty && toWrite && isForbidden(after, index)) report("fault-progress", index);
      };
    },
  };

  /** Whether a TLB still answers that the page must not be written. */
  function isForbidden(row: Int32Array, index: number): boolean {
    return automata.mmus.some((mmu, actor) =>
      mmu?.node(row[ACTORS + actor] as number).own.tlb.some((e) => covers(e, index) && !e.writable),
    );
  }
}
