/**
 * `fault-progress`: when ptep_set_access_flags() returns, to its caller or to handle_pte_fault(), that was given a young pte, the entry is
 * young, and if that pte was writable and dirty, RDONLY is clear; so is every entry of
 * its block while it has CONT. Otherwise whoever looks at one descriptor only, a
 * SMMU or a CPU without hardware dirty, faults again for ever.
 *
 * And if it was told that the access is a write, no TLB holds an entry over the page that still
 * forbids it: arm64 flushes nothing on a spurious fault (flush_tlb_fix_spurious_fault()
 * is empty in 6.12), because this call has done so.
 */
import { asPte, isValid, type Pte } from "../../hardware/descriptor.ts";
import { blockStart, GRANULES } from "../../hardware/granule.ts";
import { covers } from "../../hardware/tlb.ts";
import { isDirty, isReadOnly, isValidCont, isWrite, isYoung } from "../../kernel/pte.ts";
import type { Frame, RoutineProvider } from "../../routine.ts";
import type { Scenario } from "../../scenario/scenario.ts";
import { ACTORS, type Automata, TABLE } from "../automata/automata.ts";
import { handler } from "../automata/handler.ts";
import type { KernelEdge, KernelNode } from "../automata/kernelAutomaton.ts";
import type { Watch } from "../automata/watch.ts";
import { TableFact } from "../states/tableFact.ts";
import { callOf, pteArgument, returnOf } from "./places.ts";
import type { Report } from "./property.ts";

export interface Asked {
  readonly index: number;
  readonly entry: Pte;
  /** The access is a write. */
  readonly dirty: boolean;
}

/** Where handle_pte_fault() waits for ptep_set_access_flags(), if it does. */
const faultsFrame = ({ own }: KernelNode): Frame | undefined => own.at?.state.stack.find(({ label }) => label === "handle_pte_fault.flags");

export function faultProgressWatch(scenario: Scenario, provider: RoutineProvider, report: Report): Watch {
  const granule = GRANULES[scenario.granule];
  let automata: Automata;
  const pteAt = (table: number, index: number): Pte => automata.words.at(automata.tables.word(table, index));

  return {
    columns: 0,
    begin(its) {
      automata = its;
    },
    onKernel(actor, edge) {
      const asked = askedFor(scenario, provider, actor, edge);
      if (asked === undefined || !isYoung(asked.entry)) return undefined;
      const { index, entry, dirty } = asked;
      const toWrite = isWrite(entry) && isDirty(entry);
      const faults = (pte: Pte): boolean => isValid(pte) && (!isYoung(pte) || (toWrite && isReadOnly(pte)));
      const start = blockStart(granule, index);
      const siblings = Array.from({ length: granule.contPtes }, (_, i) => start + i);
      /** The entry that faults again, plus one. */
      const faulting = new TableFact((table) => {
        const looked = isValidCont(pteAt(table, index)) ? [index, ...siblings] : [index];
        return (looked.find((i) => faults(pteAt(table, i))) ?? -1) + 1;
      });
      return handler({ after: [faulting], tlbs: true }, ({ after }) => {
        const entry = faulting.of(after[TABLE] as number) - 1;
        if (entry >= 0) report("fault-progress", entry);
        else if (dirty && toWrite && isForbidden(after, index)) report("fault-progress", index);
      });
    },
  };

  /** Whether a TLB still answers that the page must not be written. */
  function isForbidden(row: Int32Array, index: number): boolean {
    return automata.mmus.some((mmu, actor) =>
      mmu?.node(row[ACTORS + actor] as number).own.tlb.some((e) => covers(e, index) && !e.writable),
    );
  }
}

/** What ptep_set_access_flags() was asked for that returns on this edge, to a call of its own or to a fault. */
export function askedFor(scenario: Scenario, provider: RoutineProvider, actor: number, edge: KernelEdge): Asked | undefined {
  const call = callOf(scenario, actor, edge.from);
  if (call?.index === undefined) return undefined;
  if (call.fn === "ptep_set_access_flags" && returnOf(edge) !== undefined) {
    const entry = pteArgument(provider, scenario, actor, edge.from);
    return entry && { index: call.index, entry, dirty: call.dirty ?? false };
  }
  const [before, after] = [faultsFrame(edge.from), faultsFrame(edge.to)];
  const entry = before?.locals.find(({ name }) => name === "entry")?.value;
  if (typeof entry !== "bigint" || after !== undefined) return undefined;
  return { index: call.index, entry: asPte(entry), dirty: call.write ?? false };
}
