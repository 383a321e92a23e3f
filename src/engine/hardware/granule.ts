/**
 * Translation granules and the contiguous block each gives at level 3
 * (Arm ARM D8.7.1; CONT_PTES in arch/arm64/include/asm/pgtable-hwdef.h).
 */
import { asPfn, asPte, type EntryIndex, type Pfn, type Pte } from "./descriptor.ts";

export type GranuleName = "4K" | "16K" | "64K";

export interface Granule {
  readonly name: GranuleName;
  readonly pageShift: number;
  /** Bytes in a page. */
  readonly pageSize: bigint;
  /** Entries in a contiguous block: CONT_PTES. */
  readonly contPtes: number;
  /** Bytes a contiguous block maps: CONT_PTE_SIZE. */
  readonly contSize: bigint;
  /** The output-address field of a descriptor: PTE_ADDR_LOW, bits 49 … pageShift. */
  readonly addressMask: bigint;
}

function granule(name: GranuleName, pageShift: number, contPtes: number): Granule {
  const pageSize = 1n << BigInt(pageShift);
  const addressMask = (1n << 50n) - pageSize;
  return { name, pageShift, pageSize, contPtes, contSize: pageSize * BigInt(contPtes), addressMask };
}

export const GRANULES: Readonly<Record<GranuleName, Granule>> = {
  "4K": granule("4K", 12, 16),
  "16K": granule("16K", 14, 128),
  "64K": granule("64K", 16, 32),
};

export const pfnOf = (g: Granule, pte: Pte): Pfn => asPfn((pte & g.addressMask) >> BigInt(g.pageShift));

export const withPfn = (g: Granule, pte: Pte, pfn: bigint): Pte =>
  asPte((pte & ~g.addressMask) | ((pfn << BigInt(g.pageShift)) & g.addressMask));

/** The frame that the block holding `pfn` starts at. */
export const blockPfn = (g: Granule, pfn: Pfn): Pfn => asPfn(pfn & ~BigInt(g.contPtes - 1));

/** The first entry of the block that `index` lies in. */
export const blockStart = (g: Granule, index: EntryIndex): EntryIndex => index - (index % g.contPtes);
