/** Entries of pages that are swapped out: not present, with a type and an offset where a frame would be. */
import { asPte, clear, has, NONE, type Pte } from "../hardware/descriptor.ts";
import { isPresent } from "./pte.ts";

/** is_swap_pte: neither none nor present. */
export const isSwap = (pte: Pte): boolean => pte !== NONE && !isPresent(pte);

/** Bits 10 … 6: the swap area, or what else is meant. */
export const swapType = (pte: Pte): number => Number((pte >> 6n) & 0x1fn);

/** MAX_SWAPFILES: from this type on an entry is not one of swapped-out memory, but of migration and the like. */
const MAX_SWAPFILES = 23;
/** !non_swap_entry. */
export const isGenuineSwap = (pte: Pte): boolean => swapType(pte) < MAX_SWAPFILES;

const EXCLUSIVE = 1n << 2n;
const SWP_UFFD_WP = 1n << 3n;
const OFFSET_SHIFT = 12n;
const OFFSET_MASK = (1n << 50n) - 1n;

/** pte_swp_exclusive: one mapping only. */
export const isSwapExclusive = (pte: Pte): boolean => has(pte, EXCLUSIVE);
export const clearSwapExclusive = (pte: Pte): Pte => clear(pte, EXCLUSIVE);

/** swp_offset: a slot of the swap area. */
export const swapOffset = (pte: Pte): bigint => (pte >> OFFSET_SHIFT) & OFFSET_MASK;

/** pte_next_swp_offset: the entry of the next slot of the same swap area. */
export const nextSwapOffset = (pte: Pte): Pte => {
  const offset = (swapOffset(pte) + 1n) & OFFSET_MASK;
  return asPte((offset << OFFSET_SHIFT) | (pte & (0x1fn << 6n)) | (pte & (EXCLUSIVE | SWP_UFFD_WP)));
};
