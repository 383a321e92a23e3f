/** The properties that an exploration looks after: their stable names, and what each says, in a sentence. */
export const ABOUT = {
  "no-lost-dirty": "A folio that was marked dirty stays so in one of its PTEs, unless a call returned the mark or let it go on purpose.",
  "no-lost-young": "A folio that was marked young stays so in one of its PTEs, unless a call returned the mark or let it go on purpose.",
  "lockless-value": "ptep_get_lockless returns a value that the entry held at some instant of the call.",
  "lockless-keeps-ad": "ptep_get_lockless returns dirty and young if the entry was so all through the call.",
  "lockless-no-foreign-ad": "ptep_get_lockless takes dirty and young only from entries of the same mapping.",
  "reader-progress": "No lockless reader is caught for ever while no writer is inside a call.",
  "block-homogeneous": "Between calls a block with CONT is one run of valid entries with one protection.",
  "break-before-make": "contpte_convert makes entries valid only after the whole block was invalid and flushed.",
  "tlb-unique": "No TLB holds entries of different size over one page.",
  "tightening-complete": "After protection was tightened and flushed, no TLB grants more than the PTE.",
  scope: "A call accesses only the blocks that its range overlaps.",
  "cont-confined": "CONT enters the table only through contpte_set_ptes and contpte_convert.",
  "cont-implies-valid": "What has CONT is valid, and CONT makes nothing valid that was not to be.",
  "fault-progress": "After ptep_set_access_flags whoever faulted does not fault again.",
  "one-folio-aligned": "A block with CONT maps one aligned folio of a process, not special.",
  "no-stale-tlb": "No TLB answers what the table no longer holds, unless somebody still owes the flush.",
  "legal-dirty-encoding": "No entry is writable, dirty by software and read-only at once.",
  "no-deadlock": "Where nobody can move, everybody has finished.",
} as const;

export type PropertyId = keyof typeof ABOUT;

export const PROPERTIES = Object.keys(ABOUT) as readonly PropertyId[];

/**
 * A watch has seen a property fail in the step being made, or in the state it was shown.
 * @param entry the entry that shows it, -1 if it is about none
 */
export type Report = (property: PropertyId, entry: number) => void;
