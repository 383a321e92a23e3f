/** set_pte(): a store without an mm or an address, so it can neither unfold nor fold. Warns if it would have had to. */
import type { EntryIndex, Pte } from "../../hardware/descriptor.ts";
import type { Code, Kernel } from "../kernel.ts";
import { type Listing, listing } from "../listing.ts";
import { rawGet, rawSet } from "../primitives.ts";
import { isValidCont } from "../pte.ts";
import { type Script, site, warn } from "../script.ts";

export function* setPte(k: Kernel, index: EntryIndex, pte: Pte): Script<void> {
  const old = yield* rawGet(site("set_pte.read"), index);
  if (isValidCont(old)) yield* warn("set_pte.read", `set_pte stores over entry ${index} of a contiguous block, which it cannot unfold`);
  yield* rawSet(site("set_pte.set"), index, k.code.setterValue.run(pte));
}

export const setPteListing = (code: Code): Listing =>
  listing("set_pte", "arch/arm64/include/asm/pgtable.h", [
    "set_pte(ptep, pte)",
    ["  old ← read entry", "read", 1662],
    "  warn if old is valid and has CONT",
    [`  entry ← pte${code.setterValue.text}`, "set", 1665],
  ]);
