/** Calls that between them go everywhere in the kernel's code, and what they may find in the table. */
import { GRANULES } from "../hardware/granule.ts";
import { builtInRoutines } from "../kernel/calls.ts";
import type { Code, Kernel } from "../kernel/kernel.ts";
import type { ResolvedCall } from "../routine.ts";
import { word } from "./drawing.ts";
import { findings } from "./findings.ts";
import { type Answers, checkKeys, type KeyCheck } from "./keySoundness.ts";

const kernelWith = (code: Code): Kernel => ({ granule: GRANULES["4K"], va: 0n, mm: "user", folios: [{ pfn: 0x1000n, pages: 64 }], code });

const CALLS: readonly ResolvedCall[] = [
  { fn: "set_ptes", args: { index: 15, nr: 1, pte: word("W", 0x100fn) } },
  { fn: "set_ptes", args: { index: 0, nr: 2, pte: word("W", 0x1000n) } },
  { fn: "set_ptes", args: { index: 0, nr: 2, pte: word("N", 0x1000n) } },
  { fn: "ptep_get", args: { index: 3 } },
  { fn: "ptep_get_lockless", args: { index: 3 } },
  { fn: "ptep_get_and_clear", args: { index: 3 } },
  ...["pte_clear", "ptep_test_and_clear_young", "ptep_clear_flush_young", "ptep_set_wrprotect"].map((fn) => ({ fn, args: { index: 3 } })),
  ...["ptep_clear_flush", "ptep_modify_prot_start", "flush_tlb_page"].map((fn) => ({ fn, args: { index: 3 } })),
  ...[1, 18].flatMap((nr) =>
    ["clear_full_ptes", "get_and_clear_full_ptes", "wrprotect_ptes", "flush_tlb_range"].map((fn) => ({
      fn,
      args: { index: 1, nr, full: false },
    })),
  ),
  ...[1, 2, 3].map((flags) => ({ fn: "clear_young_dirty_ptes", args: { index: 3, nr: 1, flags } })),
  ...["W", "R"].map((drawing) => ({ fn: "ptep_set_access_flags", args: { index: 3, pte: word(drawing, 0x1003n), dirty: true } })),
  { fn: "set_pte", args: { index: 3, pte: word("W", 0x1003n) } },
  { fn: "ptep_modify_prot_commit", args: { index: 3, pte: word("W", 0x1003n) } },
  { fn: "pte_batch_hint", args: { index: 3, pte: word("CW", 0x1003n) } },
  ...[false, true].flatMap((write) => ["gup_fast", "handle_pte_fault"].map((fn) => ({ fn, args: { index: 3, write } }))),
  ...["perf_get_pgtable_size", "ptdump_pte_entry", "huge_pte_alloc", "folio_referenced_one"].map((fn) => ({ fn, args: { index: 3 } })),
  ...["huge_ptep_get", "get_clear_contig"].map((fn) => ({ fn, args: { index: 0 } })),
  ...["pte_range_none", "__collapse_huge_page_swapin", "swap_vma_readahead", "unuse_pte_range", "tlb_finish_mmu"].map((fn) => ({
    fn,
    args: { index: 3, nr: 2, type: 0 },
  })),
  { fn: "ptl_lock", args: {} },
  { fn: "ptl_unlock", args: {} },
];

/** Of swap area 0, offset 5, mapped once only. */
const EXCLUSIVE_SWAP = 0x5004n;

/** Several entries at once multiply: single entries, special ones and swapped-out ones lead everywhere in these. */
const RANGES: readonly ResolvedCall[] = [
  ...["copy_pte_range", "zap_pte_range", "exit_mmap", "madvise_free_pte_range", "madvise_cold_or_pageout_pte_range"].map((fn) => ({
    fn,
    args: { index: 62, nr: 3 },
  })),
  { fn: "change_pte_range", args: { index: 3, nr: 2, prot: "ro" } },
];

/** Entries of the table that the tour is made in: an access beyond it ends the actor. */
const ENTRIES = 80;

const answering =
  (words: readonly bigint[], ...drawings: readonly string[]): Answers =>
  ({ next }) => {
    if (!("index" in next) || next.op === "tlbi") return [0n];
    if (next.index >= ENTRIES) return [];
    return [...words, ...drawings.map((drawing) => word(drawing, 0x1000n + BigInt(next.index)))];
  };

/** What each call is given to find. */
export const TOUR: readonly (readonly [calls: readonly ResolvedCall[], answers: Answers])[] = [
  [CALLS, answering([0n], "CW", "CWy", "W", "Wy")],
  [[{ fn: "handle_pte_fault", args: { index: 3, write: true } }], answering([], "R", "Ry")],
  [RANGES, answering([0n, EXCLUSIVE_SWAP], "Wy", "Ws")],
];

type Tour = typeof TOUR;

/** Through every replaceable piece, by few histories. */
const THROUGH_THE_PIECES = new Set(
  [
    "set_pte set_ptes ptep_get ptep_get_lockless ptep_get_and_clear clear_full_ptes get_and_clear_full_ptes wrprotect_ptes",
    "ptep_test_and_clear_young ptep_set_access_flags clear_young_dirty_ptes gup_fast handle_pte_fault perf_get_pgtable_size ptdump_pte_entry",
  ]
    .join(" ")
    .split(" "),
);
export const SHORT_TOUR: Tour = [[CALLS.filter(({ fn }) => THROUGH_THE_PIECES.has(fn)), answering([0n], "CWy", "W")]];

/** The functions the tour calls. */
export const toured: ReadonlySet<string> = new Set(TOUR.flatMap(([calls]) => calls.map(({ fn }) => fn)));

/** Takes every call of the tour through every history of what it may find, and as many random ones. */
export function takeTour(code: Code, tour: Tour, histories: number): readonly (KeyCheck & { readonly call: ResolvedCall })[] {
  const found = findings(histories, ENTRIES);
  const provider = builtInRoutines(kernelWith(code));
  return tour.flatMap(([calls, answers]) => calls.map((call) => ({ call, ...checkKeys(provider.routine(call), answers, found) })));
}
