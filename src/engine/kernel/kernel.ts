/** What every routine of one scenario may ask of the kernel around it. Constant during a run. */
import type { EntryIndex } from "../hardware/descriptor.ts";
import { blockStart, type Granule } from "../hardware/granule.ts";

export interface Folio {
  readonly pfn: bigint;
  readonly pages: number;
}

export type MmKind = "user" | "init" | "efi";

export interface Kernel {
  readonly granule: Granule;
  /** Virtual address that entry 0 maps; aligned to a block. */
  readonly va: bigint;
  readonly mm: MmKind;
  readonly folios: readonly Folio[];
}

/** mm_is_user(): kernel mappings cannot take the faults that folding causes. */
export const mmIsUser = (k: Kernel): boolean => k.mm === "user";

/** contpte_align_down(). */
export const alignDown = (k: Kernel, index: EntryIndex): EntryIndex => blockStart(k.granule, index);

export const addressOf = (k: Kernel, index: EntryIndex): bigint => k.va + BigInt(index) * k.granule.pageSize;

/** page_folio(): a frame that no folio lists is a folio of one page. */
export function folioOf(k: Kernel, pfn: bigint): Folio {
  return k.folios.find((f) => f.pfn <= pfn && pfn < f.pfn + BigInt(f.pages)) ?? { pfn, pages: 1 };
}
