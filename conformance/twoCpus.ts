/**
 * Random documents of two CPUs, small enough for every interleaving: one block, a call or
 * two each, those of one CPU perhaps under the lock, and perhaps an access by a third CPU.
 */
import fc from "fast-check";
import { GRANULES, type Granule, type GranuleName } from "../src/engine/hardware/granule.ts";
import type { KernelChoice } from "../src/engine/kernel/variants/profiles.ts";
import type { ScenarioDocument } from "../src/engine/scenario/document.ts";
import { aBlock, type BlockPlan } from "./blocks.ts";
import { aCall, type CallDocument, callsOf } from "./calls.ts";
import { aFolioKind, machineOf } from "./documents.ts";
import { foldable, rarely } from "./entries.ts";

/** The granule that documents of two CPUs are of. */
export const SMALLEST_BLOCK: GranuleName = "4K";

const FIRST_FRAME = 0x1000;

/** @param calls the names of the calls to draw from */
export function twoCpus(calls: readonly string[], kernel: KernelChoice): fc.Arbitrary<ScenarioDocument> {
  const granule = GRANULES[SMALLEST_BLOCK];
  return fc
    .record({
      folios: aFolioKind,
      block: fc.oneof(aFoldedBlock(granule), aBlock(granule)),
      one: fc.array(aCall(granule, calls), { minLength: 1, maxLength: 2 }),
      other: fc.array(aCall(granule, calls), { minLength: 1, maxLength: 2 }),
      locked: rarely(3),
      accesses: fc.array(fc.record({ rw: fc.constantFrom("read", "write"), index: fc.nat(granule.contPtes - 1) }), { maxLength: 1 }),
    })
    .map(({ folios, block, one, other, locked, accesses }) => {
      const { machine, words } = machineOf(granule, { va: "usual", mm: "user", first: FIRST_FRAME, folios, blocks: [block] });
      const table = { words, first: FIRST_FRAME };
      const first = callsOf(granule, table, one);
      return {
        version: 1,
        machine,
        kernel: { profile: kernel.profile, variants: [...kernel.variants] },
        actors: [
          { kind: "kernel", calls: locked ? underTheLock(first) : first },
          { kind: "kernel", calls: callsOf(granule, table, other) },
          ...(accesses.length > 0 ? [{ kind: "mmu" as const, accesses }] : []),
        ],
      };
    });
}

/** Where most can happen. */
const aFoldedBlock = ({ contPtes }: Granule): fc.Arbitrary<BlockPlan> =>
  foldable.map((pte) => ({ entries: [pte], cont: true, shift: 0, filled: contPtes, spoilt: [] }));

const underTheLock = (calls: readonly CallDocument[]): CallDocument[] => [{ fn: "ptl_lock" }, ...calls, { fn: "ptl_unlock" }];
