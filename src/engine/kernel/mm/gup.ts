/**
 * gup_fast: pins a page without any lock. It reads the entry, takes a reference on the
 * folio, and looks again: if the entry is still the same, whoever unmaps the page from
 * now on sees the reference.
 *
 * The second look is ptep_get(), which expects the PTL and does not have it. That is
 * harmless: the frame comes from the first read, and a bad gather only fails the comparison.
 * So does a hardware access or dirty update in between, which is why the thread
 * considers comparing without those bits.
 */
import type { EntryIndex, Pte } from "../../hardware/descriptor.ts";
import { pfnOf } from "../../hardware/granule.ts";
import { type Code, folioOf, type Kernel } from "../kernel.ts";
import { type Listing, listing } from "../listing.ts";
import { accessPermitted, isDevmap, isProtnone, isSpecial } from "../pte.ts";
import { ptepGet } from "../ptep/ptepGet.ts";
import { ptepGetLockless } from "../ptep/ptepGetLockless.ts";
import { perform, type Script, site, within } from "../script.ts";

/** One page of gup_fast_pte_range(). @returns the frame that is now pinned, or 0 for the slow path */
export function* gupFast(k: Kernel, index: EntryIndex, write: boolean): Script<bigint> {
  const pte = yield* within(site("gup_fast_pte_range.read"), ptepGetLockless(k, index));
  if (isProtnone(pte) || !accessPermitted(pte, write) || isDevmap(pte) || isSpecial(pte)) return 0n;

  const { pfn } = folioOf(k, pfnOf(k.granule, pte));
  yield* perform(site("gup_fast_pte_range.pin", { pte }), { op: "ref", pfn, change: 1 });
  const again = yield* within(site("gup_fast_pte_range.again", { pte }), ptepGet(k, index));
  if (k.code.gupSame.run(pte, again)) return pfnOf(k.granule, pte);

  yield* perform(site("gup_fast_pte_range.unpin", { pte }, { again }), { op: "ref", pfn, change: -1 });
  return 0n;
}

export const gupCode = {
  gupSame: { run: (first: Pte, second: Pte) => first === second, text: "it is not the same, bit for bit" },
} as const satisfies Partial<Code>;

export const gupFastListing = (code: Code): Listing =>
  listing("gup_fast_pte_range", "mm/gup.c", [
    "gup_fast_pte_range(addr, flags, pages)",
    ["  pte ← ptep_get_lockless(ptep)", "read", 2947],
    "  slow path if pte is not accessible, or special",
    ["  take a reference on pte's folio", "pin", 2979],
    ["  again ← ptep_get(ptep)", "again", 2984],
    `  if ${code.gupSame.text}`,
    ["    drop the reference; slow path", "unpin", 2985],
    "  pages ← pte's page",
  ]);
