/** The properties that an exploration looks after, by their stable names. */
export const PROPERTIES = [
  "no-lost-dirty",
  "no-lost-young",
  "lockless-value",
  "lockless-keeps-ad",
  "lockless-no-foreign-ad",
  "reader-progress",
  "block-homogeneous",
  "break-before-make",
  "tlb-unique",
  "tightening-complete",
  "scope",
  "cont-confined",
  "cont-implies-valid",
  "fault-progress",
  "one-folio-aligned",
  "no-stale-tlb",
  "legal-dirty-encoding",
  "no-deadlock",
] as const;

export type PropertyId = (typeof PROPERTIES)[number];

/**
 * A watch has seen a property fail in the step being made, or in the state it was shown.
 * @param entry the entry that shows it, -1 if it is about none
 */
export type Report = (property: PropertyId, entry: number) => void;
