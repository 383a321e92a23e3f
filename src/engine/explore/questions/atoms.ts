/** The leaves of questions: what each looks at, and when it holds. They have been checked: whom and what they name is there. */
import { asPte, BIT, has, isCont, isValid, NONE, type Pte } from "../../hardware/descriptor.ts";
import { type Granule, pfnOf } from "../../hardware/granule.ts";
import type { AccessResult } from "../../hardware/mmu.ts";
import { lookup } from "../../hardware/tlb.ts";
import type { CallSpec } from "../../kernel/call.ts";
import { CALLS } from "../../kernel/calls.ts";
import { isFolded } from "../../kernel/folded.ts";
import { isDirty, isPresent, isReadOnly, isSpecial, isWrite, isYoung } from "../../kernel/pte.ts";
import { isSwap } from "../../kernel/swap.ts";
import type { KernelState, MmuState } from "../../machine/state.ts";
import type { Call } from "../../scenario/scenario.ts";
import type { Leaf } from "./question.ts";

/** A question about one word. */
export type WordTest = (pte: Pte) => boolean;

/** Linux's predicates, bit for bit: those after `none` mean what they say only of an entry that is present. */
export const PREDICATES: ReadonlyMap<string, WordTest> = new Map([
  ["valid", isValid],
  ["present", isPresent],
  ["swap", isSwap],
  ["none", (pte) => pte === NONE],
  ["cont", isCont],
  ["young", isYoung],
  ["dirty", isDirty],
  ["write", isWrite],
  ["readonly", isReadOnly],
  ["special", isSpecial],
  ["user", (pte) => has(pte, BIT.USER)],
]);

export const mapsFrame =
  (g: Granule, pfn: bigint): WordTest =>
  (pte) =>
    isPresent(pte) && pfnOf(g, pte) === pfn;

/** Entries `first` to `last`. */
export function entriesLeaf(first: number, last: number, which: "all" | "any", test: WordTest): Leaf {
  const indexes = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  return {
    on: "table",
    holds: (table) => (which === "all" ? indexes.every((i) => test(table.read(i))) : indexes.some((i) => test(table.read(i)))),
  };
}

/** @param block counted from 0 */
export function foldedLeaf(g: Granule, block: number): Leaf {
  const indexes = Array.from({ length: g.contPtes }, (_, i) => block * g.contPtes + i);
  return {
    on: "table",
    holds: (table) =>
      isFolded(
        g,
        indexes.map((i) => table.read(i)),
      ),
  };
}

export const lockLeaf = (holder: number | undefined): Leaf => ({
  on: "shared",
  holds: ({ ptl }) => (holder === undefined ? ptl !== undefined : ptl === holder),
});

export const flushLeaf: Leaf = { on: "shared", holds: ({ pending }) => pending.length > 0 };

/** What a call must return to be asked about: a pte, or any value at all. */
export type Returning = "pte" | "value";

const WANTED: Readonly<Record<Returning, readonly CallSpec["returns"][]>> = { pte: ["pte"], value: ["pte", "number", "frame"] };

export const returnsA = (what: Returning, { fn }: Call): boolean => WANTED[what].includes(CALLS.get(fn)?.returns ?? "nothing");

/** Of the finished calls among these, the last one returned something that `test` accepts. @param calls numbers from 0 */
export const returnedLeaf = (actor: number, calls: readonly number[], test: WordTest): Leaf =>
  kernelLeaf(actor, ({ returns }) => {
    const last = calls.findLast((call) => call < returns.length);
    const value = last === undefined ? undefined : returns[last];
    return value !== undefined && test(asPte(value));
  });

/** The call under way, from the moment when the call before it has returned. */
export const inCallLeaf = (actor: number, fn: string): Leaf => kernelLeaf(actor, ({ at }) => at?.routine.fn === fn);

export const retriedLeaf = (actor: number, { most, holds }: Count): Leaf => ({ on: "retries", actor, most, holds });

/** @param access the number of an access from 0; the last one made if left out */
export const gotLeaf = (actor: number, access: number | undefined, result: AccessResult): Leaf =>
  mmuLeaf(actor, ({ results }) => results.at(access ?? -1) === result);

export const faultedLeaf = (actor: number): Leaf => mmuLeaf(actor, ({ results }) => results.some((result) => result !== "ok"));

export interface Cached {
  readonly writable: boolean;
  readonly as: "block" | "page" | undefined;
}

/** One entry of the actor's TLB answers for the page, and is of that kind. */
export const cachesLeaf = (actor: number, index: number, { writable, as }: Cached): Leaf =>
  mmuLeaf(actor, ({ tlb }) =>
    lookup(tlb, index).some((entry) => (!writable || entry.writable) && (as === undefined || (as === "block") === entry.count > 1)),
  );

/** A kernel actor that left the table goes no further, and has finished too. @param accesses how many an MMU makes */
export const finishedLeaf = (actor: number, accesses: number): Leaf => ({
  on: "actor",
  actor,
  holds: (own) => (own.kind === "kernel" ? own.at === undefined : own.next >= accesses),
});

function kernelLeaf(actor: number, test: (own: KernelState) => boolean): Leaf {
  return { on: "actor", actor, holds: (own) => own.kind === "kernel" && test(own) };
}

function mmuLeaf(actor: number, test: (own: MmuState) => boolean): Leaf {
  return { on: "actor", actor, holds: (own) => own.kind === "mmu" && test(own) };
}

/** A question about a number that grows: from `most` on the answer stays the same. */
export interface Count {
  readonly most: number;
  holds(count: number): boolean;
}

export const COMPARISONS = [">=", ">", "<=", "<", "=", "!="] as const;

export function counted(comparison: (typeof COMPARISONS)[number], n: number): Count {
  switch (comparison) {
    case ">=":
      return { most: n, holds: (count) => count >= n };
    case ">":
      return { most: n + 1, holds: (count) => count > n };
    case "<=":
      return { most: n + 1, holds: (count) => count <= n };
    case "<":
      return { most: n, holds: (count) => count < n };
    case "=":
      return { most: n + 1, holds: (count) => count === n };
    case "!=":
      return { most: n + 1, holds: (count) => count !== n };
    default:
      return comparison satisfies never;
  }
}
