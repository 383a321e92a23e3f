/** What a folded block is: its entries are valid, have CONT, and map consecutive frames with one protection. */
import { isCont, isValid, type Pte } from "../hardware/descriptor.ts";
import { type Granule, pfnOf } from "../hardware/granule.ts";
import { protIgnoringAD } from "./pte.ts";

/** @param block the entries of one block, in order */
export function isFolded(g: Granule, block: readonly Pte[]): boolean {
  const [first] = block;
  if (first === undefined) return false;
  const [pfn, prot] = [pfnOf(g, first), protIgnoringAD(g, first)];
  return block.every((pte, i) => isValid(pte) && isCont(pte) && pfnOf(g, pte) === pfn + BigInt(i) && protIgnoringAD(g, pte) === prot);
}
