/** `tlb-unique` (`bbm: 0`): no TLB holds two entries over one page that differ in size or translation. */
import type { Tlb, TlbEntry } from "../../hardware/tlb.ts";
import type { Watch } from "../automata/watch.ts";
import type { Report } from "./property.ts";

export function tlbUniqueWatch(report: Report): Watch {
  return {
    columns: 0,
    onMmu(_, { to, index }) {
      return isUnique(to.own.tlb) ? undefined : () => report("tlb-unique", index);
    },
  };
}

/** An entry fills the place of one of the same range, so two that overlap differ in size. */
const isUnique = (tlb: Tlb): boolean => tlb.every((a) => tlb.every((b) => a === b || !overlap(a, b)));

const overlap = (a: TlbEntry, b: TlbEntry): boolean => a.start < b.start + b.count && b.start < a.start + a.count;
