/** What each call passes to its exported function, in C's order (the CALLs of `shim/main.c`). */
import { addressOf, type Kernel } from "../kernel/kernel.ts";
import type { ResolvedCall } from "../routine.ts";
import { pointerTo } from "./imports.ts";
import { MM_PARAMETERS, type MmParameter } from "./mmSources.ts";

type Parameter = MmParameter | "end" | "pte" | "full" | "flags" | "dirty";

const PARAMETERS: Readonly<Record<string, readonly Parameter[]>> = {
  set_pte: ["ptep", "pte"],
  set_ptes: ["mm", "addr", "ptep", "pte", "nr"],
  pte_clear: ["mm", "addr", "ptep"],
  ptep_get: ["ptep"],
  ptep_get_lockless: ["ptep"],
  ptep_get_and_clear: ["mm", "addr", "ptep"],
  clear_full_ptes: ["mm", "addr", "ptep", "nr", "full"],
  get_and_clear_full_ptes: ["mm", "addr", "ptep", "nr", "full"],
  ptep_test_and_clear_young: ["mm", "addr", "ptep"],
  ptep_clear_flush_young: ["mm", "addr", "ptep"],
  ptep_set_wrprotect: ["mm", "addr", "ptep"],
  wrprotect_ptes: ["mm", "addr", "ptep", "nr"],
  ptep_set_access_flags: ["mm", "addr", "ptep", "pte", "dirty"],
  clear_young_dirty_ptes: ["mm", "addr", "ptep", "nr", "flags"],
  pte_batch_hint: ["ptep", "pte"],
  ptep_clear_flush: ["mm", "addr", "ptep"],
  ptep_modify_prot_start: ["mm", "addr", "ptep"],
  ptep_modify_prot_commit: ["mm", "addr", "ptep", "pte"],
  flush_tlb_range: ["mm", "addr", "end"],
  flush_tlb_page: ["mm", "addr"],
  ptl_lock: [],
  ptl_unlock: [],
  ...MM_PARAMETERS,
};

/** As the enum in `shim/main.c` counts them. */
const MM_NUMBER = { user: 0, init: 1, efi: 2 } as const;

export const isKnownCall = (fn: string): boolean => fn in PARAMETERS;

/** @returns undefined for a call that the shim does not know */
export function argumentsOf(kernel: Kernel, { fn, args }: ResolvedCall): readonly (number | bigint)[] | undefined {
  const index = Number(args["index"] ?? 0);
  const value = (parameter: Parameter): number | bigint => {
    switch (parameter) {
      case "mm":
        return MM_NUMBER[kernel.mm];
      case "addr":
        return addressOf(kernel, index);
      case "end":
        return addressOf(kernel, index + Number(args["nr"] ?? 0));
      case "ptep":
        return pointerTo(index);
      case "pte":
        return BigInt(args["pte"] ?? 0);
      default:
        return Number(args[parameter] ?? 0);
    }
  };
  return PARAMETERS[fn]?.map(value);
}
