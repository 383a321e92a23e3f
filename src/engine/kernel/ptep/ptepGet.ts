/** ptep_get(): the getter for those who hold the PTL. Access and dirty bits are those of the whole block. */
import type { EntryIndex, Pte } from "../../hardware/descriptor.ts";
import { alignDown, type Code, type Kernel } from "../kernel.ts";
import { type Listing, listing } from "../listing.ts";
import { rawGet } from "../primitives.ts";
import { gatherAD, isValidCont } from "../pte.ts";
import { type Script, site, within } from "../script.ts";

export function* ptepGet(k: Kernel, index: EntryIndex): Script<Pte> {
  const pte = yield* rawGet(site("ptep_get.read", {}, { index }), index);
  const value = isValidCont(pte) ? yield* within(site("ptep_get.gather", {}, { index, pte }), k.code.getBlock.run(k, index, pte)) : pte;
  return k.code.getterValue.run(value);
}

function* getBlock(k: Kernel, index: EntryIndex, target: Pte): Script<Pte> {
  const start = alignDown(k, index);
  let orig = target;
  for (let i = 0; i < k.granule.contPtes; i++) {
    const entry = yield* rawGet(site("contpte_ptep_get.entry", { i, orig }), start + i);
    orig = gatherAD(orig, entry);
  }
  return orig;
}

export const getCode = {
  getterValue: { run: (pte) => pte, text: "" },
  getBlock: {
    run: getBlock,
    lines: () => [
      "  for each slot i of the block",
      ["    entry ← read slot i", "entry", 170],
      "    if entry is dirty: orig ← dirty",
      "    if entry is young: orig ← young",
      "  return orig",
    ],
  },
} as const satisfies Partial<Code>;

export const ptepGetListing = (code: Code): Listing =>
  listing("ptep_get", "arch/arm64/include/asm/pgtable.h", [
    "ptep_get(ptep)",
    ["  pte ← read target", "read", 1634],
    `  if pte is not valid or has no CONT: return pte${code.getterValue.text}`,
    [`  return contpte_ptep_get(ptep, pte)${code.getterValue.text}`, "gather", 1639],
  ]);

export const contptePtepGetListing = (code: Code): Listing =>
  listing("contpte_ptep_get", "arch/arm64/mm/contpte.c", ["contpte_ptep_get(ptep, orig)", ...code.getBlock.lines(code)]);
