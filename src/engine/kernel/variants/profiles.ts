/** Which variants a kernel is made of, and the code that comes of a profile, variants and a machine. */
import type { Code, Slot } from "../kernel.ts";
import { LINUX_6_12 } from "../linux612.ts";
import { HISTORY } from "./history.ts";
import { MISTAKES } from "./mistakes.ts";
import { THREAD } from "./thread.ts";
import type { Variant } from "./variant.ts";

export const VARIANTS: ReadonlyMap<string, Variant> = new Map([...THREAD, ...HISTORY, ...MISTAKES].map((variant) => [variant.id, variant]));

export interface Profile {
  readonly about: string;
  readonly variants: readonly string[];
  /** Calls that this kernel has not, or not in this form. */
  readonly lacks: readonly string[];
}

/** Their contpte code. Callers in core mm and the encoding of entries are those of 6.12.117 in all of them. */
export const PROFILES: ReadonlyMap<string, Profile> = new Map([
  [
    "6.9",
    {
      about: "The first kernel with contpte; entries are encoded as in 6.12.",
      variants: ["set-access-flags-gathered", "set-ptes-prot-none", "mkwrite-hw-dirty"],
      lacks: ["clear_young_dirty_ptes", "madvise_free_pte_range", "madvise_cold_or_pageout_pte_range"],
    },
  ],
  ["6.12", { about: "6.12.117: the long-term kernel, with the fixes of 2026.", variants: [], lacks: [] }],
  [
    "6.17",
    {
      about: "Getters that stop early, and no flush in convert where the CPUs have BBM level 2; entries are encoded as in 6.12.",
      variants: [
        "lockless-early-exit",
        "convert-bbml2",
        "set-access-flags-gathered",
        "set-ptes-prot-none",
        "mkwrite-hw-dirty",
        "mkcont-bit-only",
      ],
      lacks: [],
    },
  ],
]);

/** What a scenario says of its kernel. */
export interface KernelChoice {
  readonly profile: string;
  readonly variants: readonly string[];
}

const known = <T>(map: ReadonlyMap<string, T>, name: string): T => {
  const found = map.get(name);
  if (found === undefined) throw new Error(`validation let the unknown name ${name} through`);
  return found;
};

/** Whether a kernel on this machine uses the variant's code. */
export const usable = (variant: Variant, bbm: 0 | 2): boolean => variant.needs === undefined || variant.needs.bbm === bbm;

const filled = ({ code }: Variant): readonly Slot[] => Object.keys(code) as Slot[];

/** The slots that a variant fills, and those that nothing runs any more because of what it fills them with. */
const claimed = (variant: Variant): readonly Slot[] => [
  ...filled(variant),
  ...Object.values(variant.code).flatMap((piece) => ("without" in piece ? piece.without : [])),
];

/** A slot that one of them fills and the other claims: together one of them would do nothing there. */
export const contested = (a: Variant, b: Variant): Slot | undefined =>
  filled(b).find((slot) => claimed(a).includes(slot)) ?? filled(a).find((slot) => claimed(b).includes(slot));

/** What is named stands in the place of what the profile brings. @param bbm level of break-before-make of the machine */
export function codeOf({ profile, variants }: KernelChoice, bbm: 0 | 2): Code {
  const own = known(PROFILES, profile).variants.map((id) => known(VARIANTS, id));
  const named = variants.map((id) => known(VARIANTS, id));
  const pieces = [...own, ...named].filter((variant) => usable(variant, bbm)).map(({ code }) => code);
  return Object.assign({}, LINUX_6_12, ...pieces) as Code;
}
