/** Random calls with whatever arguments they take (`CALLS`). */
import fc from "fast-check";
import { BIT, hex, NONE, type Pte, set } from "../src/engine/hardware/descriptor.ts";
import { type Granule, withPfn } from "../src/engine/hardware/granule.ts";
import type { ArgumentKind, CallSpec } from "../src/engine/kernel/call.ts";
import { CALLS } from "../src/engine/kernel/calls.ts";
import { PTE_HELPERS, type PteHelper } from "../src/engine/kernel/pteHelpers.ts";
import type { ScenarioDocument } from "../src/engine/scenario/document.ts";
import { aSlot } from "./blocks.ts";
import { attributes, oddWord, rarely } from "./entries.ts";

export type CallDocument = Extract<ScenarioDocument["actors"][number], { kind: "kernel" }>["calls"][number];

/** A table has no more blocks than this. */
export const MOST_BLOCKS = 3;

type PtePlan =
  | { readonly kind: "fitting"; readonly attributes: Pte; readonly cont: boolean; readonly off: number }
  | { readonly kind: "word"; readonly word: Pte }
  /** What the entry holds at the start, with some bits flipped. */
  | { readonly kind: "there"; readonly flipped: bigint }
  /** What one of the earlier calls returned, if one did. */
  | { readonly kind: "result"; readonly which: number; readonly apply: readonly PteHelper[] };

export interface CallPlan {
  readonly fn: string;
  readonly block: number;
  readonly slot: number;
  readonly nr: number;
  readonly pte: PtePlan;
  readonly others: Readonly<Record<OtherArgument, string | number | boolean>>;
}

type OtherArgument = Exclude<ArgumentKind, "index" | "nr" | "pte">;

/** An argument that a call of `CALLS` begins to take needs its line here. */
const OTHER_ARGUMENTS: Readonly<Record<OtherArgument, fc.Arbitrary<string | number | boolean>>> = {
  flags: fc.constantFrom(1, 2, 3),
  full: fc.boolean(),
  dirty: fc.boolean(),
  write: fc.boolean(),
  type: fc.nat(3),
  prot: fc.constantFrom("rw", "ro", "none"),
};

const helpers = Object.keys(PTE_HELPERS) as PteHelper[];

const aResult: fc.Arbitrary<PtePlan> = fc.record({
  kind: fc.constant("result" as const),
  which: fc.nat(5),
  apply: fc.array(fc.constantFrom(...helpers), { maxLength: 3 }),
});

const aPte: fc.Arbitrary<PtePlan> = fc.oneof(
  fc.record({
    kind: fc.constant("fitting" as const),
    attributes,
    cont: rarely(5),
    off: fc.constantFrom(0, 0, 0, 1),
  }),
  fc.record({
    kind: fc.constant("there" as const),
    flipped: fc.constantFrom(0n, BIT.AF, BIT.DIRTY, BIT.RDONLY, BIT.DBM, BIT.AF | BIT.RDONLY),
  }),
  aResult,
  aResult,
  fc.record({ kind: fc.constant("word" as const), word: oddWord }),
);

export function aCall(granule: Granule, calls: readonly string[]): fc.Arbitrary<CallPlan> {
  const any = anyCall(granule, calls);
  return calls.includes("set_ptes")
    ? fc.oneof({ weight: 9, arbitrary: any }, { weight: 1, arbitrary: any.map(foldAttempt(granule)) })
    : any;
}

/** The last entry of a block written once more. */
const foldAttempt =
  ({ contPtes }: Granule) =>
  (call: CallPlan): CallPlan => ({ ...call, fn: "set_ptes", slot: contPtes - 1, nr: 1, pte: { kind: "there", flipped: 0n } });

function anyCall({ contPtes }: Granule, calls: readonly string[]): fc.Arbitrary<CallPlan> {
  return fc.record({
    fn: fc.constantFrom(...calls, ...calls.filter(isSetter)),
    block: fc.nat(MOST_BLOCKS - 1),
    slot: aSlot(contPtes),
    nr: fc.oneof(
      fc.constant(1),
      fc.integer({ min: 1, max: contPtes }),
      fc.constantFrom(contPtes, 2 * contPtes),
      fc.integer({ min: 1, max: contPtes * MOST_BLOCKS }),
    ),
    pte: aPte,
    others: fc.record(OTHER_ARGUMENTS),
  });
}

/** Whether a call is given a value: what an earlier one returned may come back through it. */
const isSetter = (fn: string): boolean => specOf(fn).args.includes("pte");

/** The table that the calls are made on. */
interface Table {
  readonly words: readonly Pte[];
  /** The frame that entry 0 should hold. */
  readonly first: number;
}

export function callsOf(granule: Granule, table: Table, plans: readonly CallPlan[]): CallDocument[] {
  const { words } = table;
  const blocks = words.length / granule.contPtes;
  const getters: number[] = [];
  return plans.map((call, position) => {
    const spec = specOf(call.fn);
    const index = (call.block % blocks) * granule.contPtes + (spec.wholeBlock ? 0 : call.slot);
    const drawn: Readonly<Record<ArgumentKind, unknown>> = {
      ...call.others,
      index,
      nr: Math.min(call.nr, words.length - index),
      pte: pteOf(granule, table, call.pte, index, words[index] ?? NONE, getters),
    };
    if (spec.returns === "pte") getters.push(position);
    return { fn: call.fn, ...Object.fromEntries(spec.args.map((arg) => [arg, drawn[arg]])) };
  });
}

function specOf(fn: string): CallSpec {
  const spec = CALLS.get(fn);
  if (spec === undefined) throw new Error(`there is no call ${fn}`);
  return spec;
}

function pteOf(
  granule: Granule,
  { first }: Table,
  plan: PtePlan,
  index: number,
  there: Pte,
  getters: readonly number[],
): CallDocument["pte"] {
  switch (plan.kind) {
    case "fitting": {
      const placed = withPfn(granule, plan.attributes, BigInt(first + index + plan.off));
      return hex(plan.cont ? set(placed, BIT.CONT) : placed);
    }
    case "word":
      return hex(plan.word);
    case "there":
      return hex(there ^ plan.flipped);
    case "result": {
      const result = getters[plan.which % Math.max(1, getters.length)];
      return result === undefined ? hex(there) : { result, apply: [...plan.apply] };
    }
    default:
      return plan satisfies never;
  }
}
