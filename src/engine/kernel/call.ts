/** What a call of a scenario is: its arguments, what it returns and the script that runs it. */
import type { Kernel } from "./kernel.ts";
import type { Prot } from "./pte.ts";
import type { YoungDirtyFlags } from "./rawUpdates.ts";
import type { Script } from "./script.ts";

/**
 * `index`: an entry of the table. `nr`: a number of entries from `index` on. `pte`: a word, or an earlier result.
 * `flags`: 1 young, 2 dirty, 3 both. `full`, `dirty`, `write`: yes or no. `type`: a swap area. `prot`: `rw`, `ro` or `none`.
 */
export const ARGUMENTS = ["index", "pte", "nr", "flags", "full", "dirty", "write", "type", "prot"] as const;
export type ArgumentKind = (typeof ARGUMENTS)[number];

export interface CallSpec {
  readonly fn: string;
  readonly args: readonly ArgumentKind[];
  /** Its `index` is the first entry of a block. */
  readonly wholeBlock?: true;
  /** `number`: of C, 0 or 1 for those that answer yes or no. `frame`: a page frame's number, 0 for none. */
  readonly returns: "pte" | "number" | "frame" | "nothing";
  /** One sentence for people choosing a call. */
  readonly about: string;
  readonly script: (k: Kernel, args: Arguments) => Script<bigint | undefined>;
}

/** Checked by validation: a script asks only for what its spec lists. */
export interface Arguments {
  readonly index: number;
  readonly nr: number;
  readonly pte: bigint;
  readonly flags: YoungDirtyFlags;
  readonly full: boolean;
  readonly dirty: boolean;
  readonly write: boolean;
  readonly type: number;
  readonly prot: Prot;
}

export function* nothing(script: Script<void>): Script<undefined> {
  yield* script;
  return undefined;
}

export function* truth(script: Script<boolean>): Script<bigint> {
  return (yield* script) ? 1n : 0n;
}

// biome-ignore lint/correctness/useYield: a script that makes no access
export function* pure(value: number): Script<bigint> {
  return BigInt(value);
}
