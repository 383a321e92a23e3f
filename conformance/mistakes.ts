/** Mistakes to make in a kernel tree's contpte.c, each of one line, and what must find them: the kill table's scenarios for the same mistakes of ours. */
import type { PropertyId } from "../src/engine/explore/properties/property.ts";
import { functionIn } from "../src/engine/linux/slice.ts";
import { KILLS } from "../src/engine/testing/killTable.ts";

export const CONTPTE = "arch/arm64/mm/contpte.c";

export interface Mistake {
  readonly title: string;
  /** The function that makes it. */
  readonly fn: string;
  readonly from: RegExp;
  readonly to: string;
  /** Our variant that makes the same mistake, and the property that it breaks. */
  readonly variant: string;
  readonly fails: PropertyId;
}

export const MISTAKES: readonly Mistake[] = [
  {
    title: "the flush between break and make removed",
    fn: "contpte_convert",
    from: /(?<=^\t+)__flush_tlb_range\([^;]*;/m,
    to: ";",
    variant: "convert-no-tlbi",
    fails: "tlb-unique",
  },
  {
    title: "the gathering of dirty removed",
    fn: "contpte_convert",
    from: /(?<=^\t+)if \(pte_dirty\(\w+\)\)\s/m,
    to: "if (0)\n",
    variant: "convert-target-ad-only",
    fails: "no-lost-dirty",
  },
  {
    title: "the check of the frame removed",
    fn: "contpte_ptep_get_lockless",
    from: /\bpte_pfn\(\w+\) != \w+/,
    to: "0",
    variant: "lockless-no-pfn-check",
    fails: "lockless-no-foreign-ad",
  },
];

/** @returns the file with the mistake; undefined if it has no such line */
export function withMistake(source: string, { fn, from, to }: Mistake): string | undefined {
  const found = functionIn(source, fn);
  if (found === undefined || !from.test(found.text)) return undefined;
  // The text ends with a line feed of its own.
  const text = found.text.slice(0, -1);
  return source.replace(text, () => text.replace(from, () => to));
}

/** The scenario in which our variant breaks the property. */
export function scenarioFor({ variant, fails }: Mistake) {
  const kill = KILLS.find((each) => each.variant === variant && each.fails === fails);
  if (kill === undefined) throw new Error(`the kill table has no scenario in which ${variant} breaks ${fails}`);
  return kill.scenario();
}
