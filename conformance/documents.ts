/**
 * Random scenario documents: one kernel actor that makes one to six calls on a table of
 * one to three blocks. Blocks are drawn as the kernel would leave them, then spoilt in a
 * few places; every bit that contpte code looks at has a chance to be wrong.
 *
 * Drawn by fast-check, so that a document on which two kernels differ shrinks to a small
 * one that still shows it.
 */
import fc from "fast-check";
import { asPte, BIT, clear, hex, NONE, type Pte, set } from "../src/engine/hardware/descriptor.ts";
import { GRANULES, type Granule, type GranuleName, withPfn } from "../src/engine/hardware/granule.ts";
import { type ArgumentKind, CALLS, type CallSpec } from "../src/engine/kernel/calls.ts";
import { PTE_HELPERS, type PteHelper } from "../src/engine/kernel/pte.ts";
import type { ScenarioDocument } from "../src/engine/scenario/document.ts";

const MOST_BLOCKS = 3;
const FIRST_FRAME = 0x1000;

/** @param calls the names of the calls to draw from */
export function aDocument(name: GranuleName, calls: readonly string[]): fc.Arbitrary<ScenarioDocument> {
  const granule = GRANULES[name];
  return fc
    .record({
      va: fc.constantFrom<VaKind>("usual", "usual", "zero", "kernel", "top"),
      mm: fc.constantFrom("user", "user", "user", "user", "user", "init", "efi"),
      first: aFirstFrame(granule),
      folios: fc.constantFrom<FolioKind>("large", "large", "exact", "short", "off", "two", "none"),
      blocks: fc.array(aBlock(granule), { minLength: 1, maxLength: MOST_BLOCKS }),
      calls: fc.array(aCall(granule, calls), { minLength: 1, maxLength: 6 }),
    })
    .map((plan) => documentOf(granule, plan));
}

export const anyDocument = (granules: readonly GranuleName[], calls: readonly string[]): fc.Arbitrary<ScenarioDocument> =>
  fc.oneof(...granules.map((name) => aDocument(name, calls)));

/** Mostly aligned to a block. */
const aFirstFrame = ({ contPtes }: Granule): fc.Arbitrary<number> =>
  fc.constantFrom(FIRST_FRAME, FIRST_FRAME, FIRST_FRAME, FIRST_FRAME + 1, FIRST_FRAME + contPtes / 2, 0);

/* ---- entries ---- */

/** What an entry says beside its frame. */
const attributes: fc.Arbitrary<Pte> = fc
  .record({
    prot: fc.constantFrom(
      0x0068_0000_0000_0bc3n, // PAGE_SHARED, old
      0x0068_0000_0000_0bc3n,
      0x0060_0000_0000_0bc3n, // PAGE_READONLY
      0x0060_0000_0000_0b82n, // PAGE_NONE
      0x0028_0000_0000_0bc3n, // PAGE_SHARED_EXEC
      0x0068_0000_0000_0703n, // a kernel mapping
    ),
    young: fc.boolean(),
    dirty: fc.boolean(),
    writableNow: rarely(3),
    special: rarely(12),
    uffd: rarely(12),
  })
  .map(({ prot, young, dirty, writableNow, special, uffd }) => {
    const on = [young && BIT.AF, dirty && BIT.DIRTY, special && BIT.SPECIAL, uffd && BIT.UFFD_WP].filter((bit) => bit !== false);
    const marked = on.reduce<Pte>((pte, bit) => set(pte, bit), asPte(prot));
    return writableNow ? clear(marked, BIT.RDONLY) : marked;
  });

function rarely(oneIn: number): fc.Arbitrary<boolean> {
  return fc.nat(oneIn - 1).map((n) => n === oneIn - 1);
}

/** A page that is swapped out: type, offset and marks where a valid entry has other things. */
const swapEntry: fc.Arbitrary<Pte> = fc
  .record({ type: fc.nat(31), exclusive: fc.boolean(), uffd: fc.boolean(), offset: fc.oneof(fc.nat(1 << 16), fc.constant(2 ** 40)) })
  .map(({ type, exclusive, uffd, offset }) =>
    asPte((BigInt(type) << 6n) | (exclusive ? 4n : 0n) | (uffd ? 8n : 0n) | (BigInt(offset) << 12n)),
  );

const anyWord: fc.Arbitrary<Pte> = fc
  .tuple(fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }), fc.constantFrom(0n, 0n, 1n, BIT.CONT | 1n, BIT.CONT))
  .map(([word, on]) => asPte(word | on));

const oddWord: fc.Arbitrary<Pte> = fc.oneof(
  fc.constant(NONE),
  swapEntry,
  anyWord,
  fc.constantFrom(1n, BIT.CONT, BIT.CONT | 1n, (1n << 64n) - 1n).map(asPte),
);

/* ---- blocks ---- */

/** Something wrong with one entry of a block. */
type Spoil = { readonly kind: "flip"; readonly bit: bigint } | { readonly kind: "frame" } | { readonly kind: "word"; readonly word: Pte };

const spoil: fc.Arbitrary<Spoil> = fc.oneof(
  fc
    .constantFrom(
      BIT.AF,
      BIT.AF,
      BIT.DIRTY,
      BIT.RDONLY,
      BIT.RDONLY,
      BIT.CONT,
      BIT.VALID,
      BIT.DBM,
      BIT.SPECIAL,
      BIT.UFFD_WP,
      BIT.USER,
      BIT.UXN,
    )
    .map((bit): Spoil => ({ kind: "flip", bit })),
  fc.constant<Spoil>({ kind: "frame" }),
  oddWord.map((word): Spoil => ({ kind: "word", word })),
);

interface BlockPlan {
  /** One for all entries, or several by turns. */
  readonly entries: readonly Pte[];
  readonly cont: boolean;
  /** Frames that it is away from where it should be. */
  readonly shift: number;
  /** Entries from here on are empty. */
  readonly filled: number;
  readonly spoilt: readonly (readonly [slot: number, spoil: Spoil])[];
}

function aBlock({ contPtes }: Granule): fc.Arbitrary<BlockPlan> {
  const slot = aSlot(contPtes);
  const shift = fc.constantFrom(0, 0, 0, 0, 0, 1, contPtes);
  const regular = fc.record({
    entries: attributes.map((pte) => [pte]),
    cont: fc.boolean(),
    shift,
    filled: fc.constantFrom(contPtes, contPtes, contPtes, contPtes - 1, contPtes / 2, 0),
    spoilt: fc.array(fc.tuple(slot, spoil), { maxLength: 3 }),
  });
  const wild = fc.record({
    entries: fc.array(fc.oneof(oddWord, attributes), { minLength: 1, maxLength: 8 }),
    cont: fc.boolean(),
    shift,
    filled: fc.constant(contPtes),
    spoilt: fc.constant([]),
  });
  return fc.oneof({ weight: 8, arbitrary: regular }, { weight: 1, arbitrary: wild });
}

/** The ends of a block twice as likely as others: folds happen there. */
const aSlot = (contPtes: number): fc.Arbitrary<number> => fc.oneof(fc.nat(contPtes - 1), fc.constant(contPtes - 1), fc.constant(0));

function wordsOf(granule: Granule, plan: BlockPlan, first: number): readonly Pte[] {
  const words = Array.from({ length: granule.contPtes }, (_, i): Pte => {
    const pte = plan.entries[i % plan.entries.length] ?? NONE;
    if (i >= plan.filled) return NONE;
    const placed = plan.entries.length > 1 ? pte : withPfn(granule, pte, BigInt(first + plan.shift + i));
    return plan.cont ? set(placed, BIT.CONT) : placed;
  });
  for (const [slot, how] of plan.spoilt) words[slot] = spoiltWord(granule, words[slot] ?? NONE, how);
  return words;
}

function spoiltWord(granule: Granule, pte: Pte, how: Spoil): Pte {
  switch (how.kind) {
    case "flip":
      return asPte(pte ^ how.bit);
    case "frame":
      return withPfn(granule, pte, ((pte & granule.addressMask) >> BigInt(granule.pageShift)) + 1n);
    case "word":
      return how.word;
    default:
      return how satisfies never;
  }
}

/* ---- calls ---- */

type PtePlan =
  | { readonly kind: "fitting"; readonly attributes: Pte; readonly cont: boolean; readonly off: number }
  | { readonly kind: "word"; readonly word: Pte }
  /** What the entry holds at the start, with some bits flipped. */
  | { readonly kind: "there"; readonly flipped: bigint }
  /** What one of the earlier calls returned, if one did. */
  | { readonly kind: "result"; readonly which: number; readonly apply: readonly PteHelper[] };

interface CallPlan {
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
};

const helpers = Object.keys(PTE_HELPERS) as PteHelper[];

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
  fc.record({
    kind: fc.constant("result" as const),
    which: fc.nat(5),
    apply: fc.array(fc.constantFrom(...helpers), { maxLength: 3 }),
  }),
  fc.record({ kind: fc.constant("word" as const), word: oddWord }),
);

function aCall({ contPtes }: Granule, calls: readonly string[]): fc.Arbitrary<CallPlan> {
  return fc.record({
    fn: fc.constantFrom(...calls),
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

/* ---- documents ---- */

type VaKind = "usual" | "zero" | "kernel" | "top";
type FolioKind = "large" | "exact" | "short" | "off" | "two" | "none";

interface Plan {
  readonly va: VaKind;
  readonly mm: "user" | "init" | "efi";
  readonly first: number;
  readonly folios: FolioKind;
  readonly blocks: readonly BlockPlan[];
  readonly calls: readonly CallPlan[];
}

type MachineDocument = ScenarioDocument["machine"];
type ActorDocument = ScenarioDocument["actors"][number];
type CallDocument = Extract<ActorDocument, { kind: "kernel" }>["calls"][number];

function documentOf(granule: Granule, plan: Plan): ScenarioDocument {
  const { contPtes } = granule;
  const words = plan.blocks.flatMap((block, b) => wordsOf(granule, block, plan.first + b * contPtes));
  const machine: MachineDocument = {
    granule: granule.name,
    va: hex(addressOf(granule, plan.va, words.length)),
    mm: plan.mm,
    folios: foliosOf(plan.folios, contPtes, plan.first).map(([pfn, pages]) => ({ pfn: hex(BigInt(pfn)), pages })),
    ptes: words.map(hex),
  };
  return { version: 1, machine, actors: [{ kind: "kernel", calls: callsOf(granule, plan, words) }] };
}

function addressOf(granule: Granule, kind: VaKind, entries: number): bigint {
  switch (kind) {
    case "usual":
      return 0x1000_0000n;
    case "zero":
      return 0n;
    case "kernel":
      return 0xffff_0000_0000_0000n;
    case "top":
      return (1n << 64n) - BigInt(entries) * granule.pageSize;
    default:
      return kind satisfies never;
  }
}

function foliosOf(kind: FolioKind, contPtes: number, first: number): readonly (readonly [pfn: number, pages: number])[] {
  switch (kind) {
    case "large":
      return [[first - (first % contPtes), contPtes * 8]];
    case "exact":
      return [[first, contPtes]];
    case "short":
      return [[first, contPtes - 1]];
    case "off":
      return [[first + 1, contPtes * 2]];
    case "two":
      return [
        [first, contPtes / 2],
        [first + contPtes / 2, contPtes * 4],
      ];
    case "none":
      return [];
    default:
      return kind satisfies never;
  }
}

function callsOf(granule: Granule, plan: Plan, words: readonly Pte[]): CallDocument[] {
  const getters: number[] = [];
  return plan.calls.map((call, position) => {
    const spec = specOf(call.fn);
    const index = (call.block % plan.blocks.length) * granule.contPtes + call.slot;
    const drawn: Readonly<Record<ArgumentKind, unknown>> = {
      ...call.others,
      index,
      nr: Math.min(call.nr, words.length - index),
      pte: pteOf(granule, plan, call.pte, index, words[index] ?? NONE, getters),
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
  { first }: Plan,
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
