/** A design alternative, a past bug or a deliberate mistake: pieces to put in the place of Linux 6.12.117's. */
import type { Code } from "../kernel.ts";

/** `thread`: the mail thread and what came of it. `history`: earlier and later kernels. `mistake`: ours, to see what breaks. */
export type Shelf = "thread" | "history" | "mistake";

export interface Variant {
  readonly id: string;
  readonly shelf: Shelf;
  /** What it changes, in one or two sentences. */
  readonly what: string;
  /** Who proposed it, or who made it and who put it right. */
  readonly who: string;
  /** The mail, patch or commit; for a mistake the rule it breaks. */
  readonly where: string;
  /** A machine it is made for; without it the kernel does not use it. */
  readonly needs?: { readonly bbm: 2 };
  readonly code: Partial<Code>;
}
