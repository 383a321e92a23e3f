/** pte_batch_hint(): how many entries from here on may be handled as one. Pure: it looks at the value, not at the table. */
import type { EntryIndex, Pte } from "../../hardware/descriptor.ts";
import { alignDown, type Kernel } from "../kernel.ts";
import { isValidCont } from "../pte.ts";

/** @returns a number of entries, at least 1 */
export const pteBatchHint = (k: Kernel, index: EntryIndex, pte: Pte): number =>
  isValidCont(pte) ? k.granule.contPtes - (index - alignDown(k, index)) : 1;
