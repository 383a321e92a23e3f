/** The flushes that callers of the API owe: flush_tlb_range(), flush_tlb_page(). */
import type { EntryIndex } from "../../hardware/descriptor.ts";
import type { Kernel } from "../kernel.ts";
import { listing } from "../listing.ts";
import { flushPage } from "../primitives.ts";
import { perform, type Script, site } from "../script.ts";

/** flush_tlb_range(): not only last-level entries, and no level hint (TLBI_TTL_UNKNOWN). */
export function* flushTlbRange(k: Kernel, index: EntryIndex, nr: number): Script<void> {
  const at = site("flush_tlb_range.flush");
  yield* perform(at, { op: "tlbi", index, nr, stride: k.granule.pageSize, lastLevel: false, level: TLBI_TTL_UNKNOWN, sync: true });
}

/** asm/tlbflush.h: INT_MAX, no hint. */
const TLBI_TTL_UNKNOWN = 0x7fffffff;

export function* flushTlbPage(k: Kernel, index: EntryIndex): Script<void> {
  yield* flushPage(k, site("flush_tlb_page.flush"), index);
}

export const flushTlbRangeListing = listing("flush_tlb_range", "arch/arm64/include/asm/tlbflush.h", [
  "flush_tlb_range(vma, start, end)",
  ["  flush the TLBs for the range, and wait", "flush", 504],
]);

export const flushTlbPageListing = listing("flush_tlb_page", "arch/arm64/include/asm/tlbflush.h", [
  "flush_tlb_page(vma, addr)",
  ["  flush the TLBs for the page, and wait", "flush", 327],
]);
