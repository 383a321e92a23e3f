/**
 * The calls a scenario may make: their arguments, what they return, the script that
 * runs them and the listings that show them. Everything that must know the whole
 * list (validation, the editor, the source panel) reads it here.
 */
import { asPte } from "../hardware/descriptor.ts";
import type { ResolvedCall, RoutineProvider } from "../routine.ts";
import { contpteConvertListing } from "./contpteConvert.ts";
import { contpteTryFoldBlockListing, contpteTryFoldListing } from "./contpteFold.ts";
import { contpteTryUnfoldBlockListing, contpteTryUnfoldListing } from "./contpteUnfold.ts";
import type { Kernel } from "./kernel.ts";
import type { Listing } from "./listing.ts";
import { ptlLock, ptlLockListing, ptlUnlock, ptlUnlockListing } from "./pageTableLock.ts";
import { contptePtepGetListing, ptepGet, ptepGetListing } from "./ptepGet.ts";
import { ptepGetAndClear, ptepGetAndClearListing } from "./ptepGetAndClear.ts";
import { contptePtepGetLocklessListing, ptepGetLockless, ptepGetLocklessListing } from "./ptepGetLockless.ts";
import { routineOf, type Script } from "./script.ts";
import { contpteSetPtesListing, setPtes, setPtesListing } from "./setPtes.ts";

/** `index`: an entry of the table. `nr`: a number of entries from `index` on. `pte`: a word, or an earlier result. */
export type ArgumentKind = "index" | "nr" | "pte";

export interface CallSpec {
  readonly fn: string;
  readonly args: readonly ArgumentKind[];
  readonly returns: "pte" | "nothing";
  /** One sentence for people choosing a call. */
  readonly about: string;
  readonly script: (k: Kernel, args: Arguments) => Script<bigint | undefined>;
}

/** Checked by validation: a script asks only for what its spec lists. */
interface Arguments {
  readonly index: number;
  readonly nr: number;
  readonly pte: bigint;
}

function* nothing(script: Script<void>): Script<undefined> {
  yield* script;
  return undefined;
}

const SPECS: readonly CallSpec[] = [
  {
    fn: "set_ptes",
    args: ["index", "pte", "nr"],
    returns: "nothing",
    about: "Maps nr consecutive pages. One entry may unfold or fold a block; several set CONT on every whole aligned block.",
    script: (k, a) => nothing(setPtes(k, a.index, asPte(a.pte), a.nr)),
  },
  {
    fn: "ptep_get",
    args: ["index"],
    returns: "pte",
    about: "Reads an entry under the PTL, with the access and dirty bits of its whole block.",
    script: (k, a) => ptepGet(k, a.index),
  },
  {
    fn: "ptep_get_lockless",
    args: ["index"],
    returns: "pte",
    about: "Reads an entry without the PTL, and starts again if the block changes meanwhile.",
    script: (k, a) => ptepGetLockless(k, a.index),
  },
  {
    fn: "ptep_get_and_clear",
    args: ["index"],
    returns: "pte",
    about: "Takes one entry out and returns it, unfolding its block first.",
    script: (k, a) => ptepGetAndClear(k, a.index),
  },
  { fn: "ptl_lock", args: [], returns: "nothing", about: "Takes the page-table lock, waiting while anyone holds it.", script: ptlLock },
  { fn: "ptl_unlock", args: [], returns: "nothing", about: "Gives the page-table lock back.", script: ptlUnlock },
];

export const CALLS: ReadonlyMap<string, CallSpec> = new Map(SPECS.map((spec) => [spec.fn, spec]));

export const LISTINGS: readonly Listing[] = [
  setPtesListing,
  contpteSetPtesListing,
  ptepGetListing,
  contptePtepGetListing,
  ptepGetLocklessListing,
  contptePtepGetLocklessListing,
  ptepGetAndClearListing,
  contpteTryFoldListing,
  contpteTryFoldBlockListing,
  contpteTryUnfoldListing,
  contpteTryUnfoldBlockListing,
  contpteConvertListing,
  ptlLockListing,
  ptlUnlockListing,
];

/** The built-in provider: the routines of this folder, for one scenario's kernel. */
export function builtInRoutines(k: Kernel): RoutineProvider {
  return {
    routine(call: ResolvedCall) {
      const spec = CALLS.get(call.fn);
      if (spec === undefined) throw new Error(`validation let the unknown call ${call.fn} through`);
      // Arguments a call does not list are never read: see Arguments.
      const args = call.args as unknown as Arguments;
      return routineOf(call.fn, () => spec.script(k, args));
    },
  };
}
