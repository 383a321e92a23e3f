/** `tlb-unique` (`bbm: 0`): no TLB holds two entries over one page that differ in size or translation. */
import type { Tlb, TlbEntry } from "../../hardware/tlb.ts";
import { Handlers, handler, NOTHING } from "../automata/handler.ts";
import type { Watch } from "../automata/watch.ts";
import type { Report } from "./property.ts";

export function tlbUniqueWatch(report: Report): Watch {
  const handlers = new Handlers();
  return {
    columns: 0,
    onMmu(_, { to }) {
      const page = contested(to.own.tlb);
      return page === undefined ? undefined : handlers.get(`${page}`, () => handler(NOTHING, () => report("tlb-unique", page)));
    },
  };
}

/** A page under two entries. One fills the place of another of the same range, so two that overlap differ in size. */
function contested(tlb: Tlb): number | undefined {
  for (const a of tlb) for (const b of tlb) if (a !== b && overlap(a, b)) return Math.max(a.start, b.start);
  return undefined;
}

const overlap = (a: TlbEntry, b: TlbEntry): boolean => a.start < b.start + b.count && b.start < a.start + a.count;
