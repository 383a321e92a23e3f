/**
 * Random scenario documents: one kernel actor that makes one to six calls on a table of
 * one to three blocks. Blocks are drawn as the kernel would leave them, then spoilt in a
 * few places; every bit that contpte code looks at has a chance to be wrong.
 *
 * Drawn by fast-check, so that a document on which two kernels differ shrinks to a small
 * one that still shows it.
 */
import fc from "fast-check";
import { hex, type Pte } from "../src/engine/hardware/descriptor.ts";
import { GRANULES, type Granule, type GranuleName } from "../src/engine/hardware/granule.ts";
import type { KernelChoice } from "../src/engine/kernel/variants/profiles.ts";
import { MM_PARAMETERS } from "../src/engine/linux/mmSources.ts";
import type { ScenarioDocument } from "../src/engine/scenario/document.ts";
import { aBlock, type BlockPlan, wordsOf } from "./blocks.ts";
import { aCall, type CallPlan, callsOf, MOST_BLOCKS } from "./calls.ts";

const FIRST_FRAME = 0x1000;

/** Pages of a folio that several of lie in a block. */
const SMALL = 4;

/** @param calls the names of the calls to draw from @param kernel what the documents say of it; left out, nothing */
export function aDocument(name: GranuleName, calls: readonly string[], kernel?: KernelChoice): fc.Arbitrary<ScenarioDocument> {
  const granule = GRANULES[name];
  return fc
    .record({
      va: fc.constantFrom<VaKind>("usual", "usual", "zero", "kernel", "top"),
      mm: fc.constantFrom("user", "user", "user", "user", "user", "init", "efi"),
      first: aFirstFrame(granule),
      folios: aFolioKind,
      blocks: fc.array(aBlock(granule), { minLength: 1, maxLength: MOST_BLOCKS }),
      calls: fc.array(aCall(granule, calls), { minLength: 1, maxLength: 6 }),
    })
    .map((plan) => ({
      ...documentOf(granule, plan),
      ...(kernel && { kernel: { profile: kernel.profile, variants: [...kernel.variants] } }),
    }));
}

export const anyDocument = (granules: readonly GranuleName[], calls: readonly string[]): fc.Arbitrary<ScenarioDocument> =>
  fc.oneof(...granules.map((name) => aDocument(name, calls)));

/** Mostly aligned to a block. */
const aFirstFrame = ({ contPtes }: Granule): fc.Arbitrary<number> =>
  fc.constantFrom(FIRST_FRAME, FIRST_FRAME, FIRST_FRAME, FIRST_FRAME + 1, FIRST_FRAME + contPtes / 2, 0);

type VaKind = "usual" | "zero" | "kernel" | "top";
type FolioKind = "large" | "exact" | "short" | "off" | "two" | "small" | "none";

export const aFolioKind = fc.constantFrom<FolioKind>("large", "large", "exact", "short", "off", "two", "small", "none");

export interface MachinePlan {
  readonly va: VaKind;
  readonly mm: "user" | "init" | "efi";
  readonly first: number;
  readonly folios: FolioKind;
  readonly blocks: readonly BlockPlan[];
}

interface Plan extends MachinePlan {
  readonly calls: readonly CallPlan[];
}

type MachineDocument = ScenarioDocument["machine"];

export function machineOf(granule: Granule, plan: MachinePlan): { readonly machine: MachineDocument; readonly words: readonly Pte[] } {
  const { contPtes } = granule;
  const words = plan.blocks.flatMap((block, b) => wordsOf(granule, block, plan.first + b * contPtes));
  const machine: MachineDocument = {
    granule: granule.name,
    va: hex(addressOf(granule, plan.va, words.length)),
    mm: plan.mm,
    folios: foliosOf(plan.folios, contPtes, plan.first).map(([pfn, pages]) => ({ pfn: hex(BigInt(pfn)), pages })),
    ptes: words.map(hex),
  };
  return { machine, words };
}

function documentOf(granule: Granule, plan: Plan): ScenarioDocument {
  const va = plan.calls.some(({ fn }) => fn in MM_PARAMETERS) ? notAtTheTop(plan.va) : plan.va;
  const { machine, words } = machineOf(granule, { ...plan, va });
  return { version: 1, machine, actors: [{ kind: "kernel", calls: callsOf(granule, { words, first: plan.first }, plan.calls) }] };
}

/** Core mm compares addresses with the end of a range, and no mapping of a process ends at 2^64. */
const notAtTheTop = (kind: VaKind): VaKind => (kind === "top" ? "usual" : kind);

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
    case "small":
      return Array.from({ length: contPtes }, (_, n) => [first + n * SMALL, SMALL] as const);
    case "none":
      return [];
    default:
      return kind satisfies never;
  }
}
