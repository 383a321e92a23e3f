/** Random blocks: as the kernel would leave them, then spoilt in a few places. */
import fc from "fast-check";
import { asPte, BIT, NONE, type Pte, set } from "../src/engine/hardware/descriptor.ts";
import { type Granule, pfnOf, withPfn } from "../src/engine/hardware/granule.ts";
import { attributes, foldable, oddWord, spoiling } from "./entries.ts";

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

export interface BlockPlan {
  /** One for all entries, or several by turns. */
  readonly entries: readonly Pte[];
  readonly cont: boolean;
  /** Frames that it is away from where it should be. */
  readonly shift: number;
  /** Entries from here on are empty. */
  readonly filled: number;
  readonly spoilt: readonly (readonly [slot: number, spoil: Spoil])[];
}

export function aBlock({ contPtes }: Granule): fc.Arbitrary<BlockPlan> {
  const slot = aSlot(contPtes);
  const shift = fc.constantFrom(0, 0, 0, 0, 0, 1, contPtes);
  const regular = fc.record({
    entries: attributes.map((pte) => [pte]),
    cont: fc.boolean(),
    shift,
    filled: fc.constantFrom(contPtes, contPtes, contPtes, contPtes - 1, contPtes / 2, 0),
    spoilt: fc.array(fc.tuple(slot, spoil), { maxLength: 3 }),
  });
  /** What the last entry would fold, but for one bit of one other. */
  const nearlyFoldable = fc.record({
    entries: foldable.map((pte) => [pte]),
    cont: fc.constant(false),
    shift: fc.constant(0),
    filled: fc.constant(contPtes),
    spoilt: fc
      .tuple(
        fc.nat(contPtes - 2),
        spoiling.map((bit): Spoil => ({ kind: "flip", bit })),
      )
      .map((one) => [one]),
  });
  const wild = fc.record({
    entries: fc.array(fc.oneof(oddWord, attributes), { minLength: 1, maxLength: 8 }),
    cont: fc.boolean(),
    shift,
    filled: fc.constant(contPtes),
    spoilt: fc.constant([]),
  });
  return fc.oneof({ weight: 6, arbitrary: regular }, { weight: 2, arbitrary: nearlyFoldable }, { weight: 1, arbitrary: wild });
}

/** The ends of a block twice as likely as others: folds happen there. */
export const aSlot = (contPtes: number): fc.Arbitrary<number> => fc.oneof(fc.nat(contPtes - 1), fc.constant(contPtes - 1), fc.constant(0));

export function wordsOf(granule: Granule, plan: BlockPlan, first: number): readonly Pte[] {
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
      return withPfn(granule, pte, pfnOf(granule, pte) + 1n);
    case "word":
      return how.word;
    default:
      return how satisfies never;
  }
}
