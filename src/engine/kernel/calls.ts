/**
 * The calls a scenario may make. Everything that must know the whole list (validation,
 * the editor) reads it here; the listings are in `listings.ts`.
 */
import type { ResolvedCall, RoutineProvider } from "../routine.ts";
import type { Arguments, CallSpec } from "./call.ts";
import type { Kernel } from "./kernel.ts";
import { MM_CALLS } from "./mm/calls.ts";
import { PTE_HELPERS, type PteHelper } from "./pteHelpers.ts";
import { PTEP_CALLS } from "./ptep/calls.ts";
import { routineOf } from "./script.ts";

export const CALLS: ReadonlyMap<string, CallSpec> = new Map([...PTEP_CALLS, ...MM_CALLS].map((spec) => [spec.fn, spec]));

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
    applyHelper(helper, pte) {
      const known = PTE_HELPERS[helper as PteHelper];
      if (known === undefined) throw new Error(`validation let the unknown pte helper ${helper} through`);
      return known(k)(pte);
    },
  };
}
