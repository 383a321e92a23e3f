/** Random entries: every bit that contpte code looks at, in every combination, and words that are no entries at all. */
import fc from "fast-check";
import { asPte, BIT, clear, NONE, type Pte, set } from "../src/engine/hardware/descriptor.ts";

/** What an entry says beside its frame. */
export const attributes: fc.Arbitrary<Pte> = fc
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

/** Entries of which sixteen fold. */
export const foldable: fc.Arbitrary<Pte> = attributes.map((pte) => clear(set(pte, BIT.VALID), BIT.SPECIAL));

/** Bits in which one of them must not differ, and some in which it may. */
export const spoiling: fc.Arbitrary<bigint> = fc.constantFrom(
  BIT.DBM,
  BIT.DBM,
  BIT.VALID,
  BIT.UXN,
  BIT.UFFD_WP,
  BIT.CONT,
  BIT.RDONLY,
  BIT.AF,
  BIT.DIRTY,
);

export function rarely(oneIn: number): fc.Arbitrary<boolean> {
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

/** A page of the last frame: its neighbour would have none. */
const LAST_FRAME = 0x006b_ffff_ffff_fbc3n;

export const oddWord: fc.Arbitrary<Pte> = fc.oneof(
  fc.constant(NONE),
  swapEntry,
  anyWord,
  fc.constantFrom(1n, BIT.CONT, BIT.CONT | 1n, (1n << 64n) - 1n, LAST_FRAME).map(asPte),
);
