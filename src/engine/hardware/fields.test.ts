import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isSwap, swapOffset, swapType } from "../kernel/swap.ts";
import { asPte, BIT, type Pte } from "./descriptor.ts";
import { type Field, fieldsOf } from "./fields.ts";
import { GRANULES, type GranuleName, pfnOf } from "./granule.ts";

const granule = fc.constantFrom<GranuleName>("4K", "16K", "64K").map((name) => GRANULES[name]);
const word: fc.Arbitrary<Pte> = fc
  .oneof(fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }), fc.constantFrom(0n, 1n, 0x78000001001bc3n, 0x60000001001b82n, 0x5044n))
  .map(asPte);

const maskOf = ({ high, low }: Field): bigint => ((1n << BigInt(high - low + 1)) - 1n) << BigInt(low);

describe("the fields of a word", () => {
  it("are all its bits, each once, from the highest down, with their values", () => {
    fc.assert(
      fc.property(granule, word, (g, pte) => {
        const fields = fieldsOf(g, pte);
        let next = 63;
        for (const { high, low } of fields) {
          expect(high).toBe(next);
          expect(low).toBeLessThanOrEqual(high);
          next = low - 1;
        }
        expect(next).toBe(-1);
        expect(fields.reduce((sum, { value, low }) => sum | (value << BigInt(low)), 0n)).toBe(pte);
        for (const { name, says } of fields) expect(`${name}: ${says}`).not.toMatch(/undefined|: $/);
      }),
    );
  });

  it("are those that the engine reads: every bit it has a name for is a field of its own", () => {
    const fields = fieldsOf(GRANULES["4K"], asPte(BIT.VALID));
    for (const [name, mask] of Object.entries(BIT)) expect(fields.map(maskOf), name).toContain(mask);
  });

  it("tell the frame, and of a swap entry its area and slot", () => {
    fc.assert(
      fc.property(granule, word, (g, pte) => {
        const found = (name: string): bigint | undefined => fieldsOf(g, pte).find((field) => field.name === name)?.value;
        if (isSwap(pte)) {
          expect(found("offset")).toBe(swapOffset(pte));
          expect(found("type")).toBe(BigInt(swapType(pte)));
        } else if (pte !== 0n) expect(found("address")).toBe(pfnOf(g, pte));
      }),
    );
  });

  it("say that RDONLY cleared where DBM is set means dirty", () => {
    const says = (pte: bigint): string | undefined => fieldsOf(GRANULES["4K"], asPte(pte)).find(({ name }) => name === "RDONLY")?.says;
    expect(says(BIT.VALID | BIT.DBM)).toBe("writable, so dirty, AP[2]");
    expect(says(BIT.VALID)).toBe("writable, AP[2]");
    expect(says(BIT.VALID | BIT.DBM | BIT.RDONLY)).toBe("read-only, AP[2]");
  });
});
