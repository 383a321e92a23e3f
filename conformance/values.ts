/** The functions on PTE values, one by one, on random words. Each VALUE of shim/main.c needs its line here. */
import fc from "fast-check";
import { asPte, BIT, has, hex, isCont, isValid, type Pte, set } from "../src/engine/hardware/descriptor.ts";
import { type Granule, pfnOf, withPfn } from "../src/engine/hardware/granule.ts";
import type { Code } from "../src/engine/kernel/kernel.ts";
import * as pte from "../src/engine/kernel/pte.ts";
import { scenarioOf } from "./sequential.ts";

type ValueFunction = (granule: Granule, word: Pte, other: bigint, code: Code) => bigint | boolean;

const plain =
  (fn: (word: Pte) => bigint | boolean): ValueFunction =>
  (_, word) =>
    fn(word);

/** By the names that `shim/main.c` exports. */
export const VALUE_FUNCTIONS: Readonly<Record<string, ValueFunction>> = {
  pte_mkdirty: plain(pte.mkdirty),
  pte_mkclean: plain(pte.mkclean),
  pte_mkold: plain(pte.mkold),
  pte_mkyoung: plain(pte.mkyoung),
  pte_mkwrite_novma: (_, word, __, code) => code.mkwrite.run(word),
  pte_wrprotect: plain(pte.wrprotect),
  pte_mkcont: (_, word, __, code) => code.mkcont.run(word),
  pte_mknoncont: plain(pte.mknoncont),
  pte_mkinvalid: plain(pte.mkinvalid),
  pte_mkspecial: plain((word) => set(word, BIT.SPECIAL)),
  pte_young: plain(pte.isYoung),
  pte_dirty: plain(pte.isDirty),
  pte_hw_dirty: plain(pte.isHwDirty),
  pte_sw_dirty: plain(pte.isSwDirty),
  pte_write: plain(pte.isWrite),
  pte_rdonly: plain(pte.isReadOnly),
  pte_special: plain(pte.isSpecial),
  pte_present: plain(pte.isPresent),
  pte_protnone: plain(pte.isProtnone),
  pte_access_permitted_read: plain((word) => pte.accessPermitted(word, false)),
  pte_access_permitted_write: plain((word) => pte.accessPermitted(word, true)),
  pte_modify: (_, word, other) => pte.modify(word, other),
  pte_valid: plain(isValid),
  pte_cont: plain(isCont),
  pte_valid_cont: plain(pte.isValidCont),
  pte_user: plain((word) => has(word, BIT.USER)),
  pte_uffd_wp: plain((word) => has(word, BIT.UFFD_WP)),
  page_shared: (granule) => protection(granule, "rw"),
  page_readonly: (granule) => protection(granule, "ro"),
  page_none: (granule) => protection(granule, "none"),
  pte_pfn: pfnOf,
  pte_pgprot: (granule, word) => withPfn(granule, word, 0n),
  pte_pgprot_ignoring_ad: pte.protIgnoringAD,
  pte_advance_pfn: (granule, word, other) => pte.advancePfn(granule, word, Number(other % 512n)),
};

/** The word that a document's `prot` stands for. */
function protection({ name }: Granule, prot: "rw" | "ro" | "none"): bigint {
  const { ptes } = scenarioOf({
    version: 1,
    machine: { granule: name, va: "0x0", ptes: [{ index: 0, count: 1, pfn: "0x0", prot, flags: ["young"] }] },
    actors: [{ kind: "kernel", calls: [] }],
  });
  return ptes[0] ?? 0n;
}

/** Of the names of the exports. */
const PREFIX = "value:";

const WORDS_EACH = 2000;

export interface ValueComparison {
  /** Functions compared. */
  readonly functions: number;
  /** For each that differs a sentence with a word on which it does. */
  readonly differences: readonly string[];
}

export function compareValues(module: WebAssembly.Module, granule: Granule, code: Code, seed: number): ValueComparison {
  const nothing = Object.fromEntries(WebAssembly.Module.imports(module).map(({ name }) => [name, (): number => 0]));
  const { exports } = new WebAssembly.Instance(module, { lab: nothing, env: nothing });
  const differences: string[] = [];
  const names = Object.keys(exports).flatMap((name) => (name.startsWith(PREFIX) ? [name.slice(PREFIX.length)] : []));
  for (const name of names) {
    const ours = VALUE_FUNCTIONS[name];
    if (ours === undefined) {
      differences.push(`${name} has no counterpart in values.ts`);
      continue;
    }
    const theirs = exports[PREFIX + name] as (word: bigint, other: bigint) => bigint;
    const agrees = ([word, other]: readonly [bigint, bigint]): boolean =>
      asWord(ours(granule, asPte(word), other, code)) === BigInt.asUintN(64, theirs(word, other));
    const details = fc.check(fc.property(aPair, agrees), { seed, numRuns: WORDS_EACH });
    const [pair] = details.counterexample ?? [];
    if (pair !== undefined)
      differences.push(
        `${name}(${hex(pair[0])}): ours ${hex(asWord(ours(granule, asPte(pair[0]), pair[1], code)))}, Linux ${hex(BigInt.asUintN(64, theirs(pair[0], pair[1])))}`,
      );
  }
  return { functions: names.length, differences };
}

const asWord = (value: bigint | boolean): bigint => (typeof value === "bigint" ? BigInt.asUintN(64, value) : value ? 1n : 0n);

const aPair = fc.tuple(fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }), fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }));
