/** A variant as the page shows it, with what decides whether a kernel uses it. */
import type { Slot } from "../kernel/kernel.ts";
import type { Variant } from "../kernel/variants/variant.ts";
import type { VariantCard } from "../protocol.ts";

/** Pieces of code that nothing reaches but one public call and its callers. */
const ONE_CALL: Partial<Readonly<Record<Slot, string>>> = { youngDirtyReach: "clear_young_dirty_ptes" };

export function variantCard({ id, shelf, what, who, where, needs, code }: Variant): VariantCard {
  const slots = Object.keys(code) as Slot[];
  const [call, ...others] = new Set(slots.map((slot) => ONE_CALL[slot]));
  return {
    id,
    shelf,
    what,
    who,
    where,
    slots,
    ...(needs && { bbm: needs.bbm }),
    ...(call !== undefined && others.length === 0 && { call }),
  };
}
