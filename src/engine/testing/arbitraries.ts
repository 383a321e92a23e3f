/** Random scenarios and schedules. Everything a document may say should have a chance to be said. */
import fc from "fast-check";
import type { GranuleName } from "../hardware/granule.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { hexWord } from "./drawing.ts";
import { type AccessDocument, type ActorDocument, type CallDocument, kernel, mmu, scenarioOf } from "./scenarioOf.ts";

/** The seed of every property in this project: a failure prints the path that leads to it. */
export const SEED = 0x6c0117e;

const GEOMETRY = { "4K": { block: 16, shift: 12n }, "16K": { block: 128, shift: 14n }, "64K": { block: 32, shift: 16n } } as const;

const granule = fc.constantFrom<GranuleName>("4K", "4K", "4K", "16K", "64K");
const token = fc.constantFrom(
  "W",
  "Wy",
  "Wh",
  "Why",
  "Wd",
  "Wdy",
  "R",
  "Ry",
  "Rd",
  "Rdy",
  "N",
  "Ny",
  "Ws",
  "Wu",
  "CW",
  "CWy",
  "CR",
  "CWdy",
  "CN",
);
const oddWord = fc
  .oneof(fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }), fc.constantFrom(0n, 1n, 1n << 52n, (1n << 52n) | 1n, (1n << 64n) - 1n))
  .map((w) => `0x${w.toString(16)}`);

/** A block of the table: empty, all alike, alike but for one entry, its first entry without CONT alone, or anything. */
function blockWords(size: number, shift: bigint): fc.Arbitrary<readonly string[]> {
  const alike = (kind: string, first: bigint): readonly string[] =>
    Array.from({ length: size }, (_, i) => hexWord(kind, first + BigInt(i), shift));
  const first = fc.constantFrom(0x1000n, 0x1000n, 0x1000n, 0x1001n, 0x2000n);
  const uniform = fc.tuple(token, first).map(([kind, pfn]) => alike(kind, pfn));
  const folded = fc.tuple(fc.constantFrom("CW", "CWy", "CR", "CWdy"), fc.constant(0x1000n)).map(([kind, pfn]) => alike(kind, pfn));
  const entry = fc.oneof(
    oddWord,
    token.map((kind) => hexWord(kind, 0x1004n, shift)),
    fc.constant("0x0"),
  );
  const spoilt = fc.tuple(fc.oneof(folded, uniform), fc.nat(size - 1), entry).map(([block, at, other]) => block.with(at, other));
  const hardwareMarked = fc
    .tuple(folded, fc.nat(size - 1))
    .map(([block, at]) => block.with(at, hexWord("CWhy", 0x1000n + BigInt(at), shift)));
  const misprogrammed = fc.constantFrom("CWy", "CWdy").map((kind) => alike(kind, 0x1000n).with(0, hexWord("Wy", 0x1000n, shift)));
  return fc.oneof(
    fc.constant(alike(".", 0n)),
    folded,
    hardwareMarked,
    misprogrammed,
    uniform,
    spoilt,
    fc.array(entry, { minLength: size, maxLength: size }),
  );
}

const HELPERS = ["mkold", "mkyoung", "mkclean", "mkdirty", "mkwrite", "wrprotect", "mkcont", "mknoncont", "mkinvalid"] as const;

interface CallPlan {
  readonly fn: string;
  readonly index: number;
  readonly nr: number;
  readonly pte: string;
  /** Which of the earlier getters to take the pte from, if there is one. */
  readonly reuse: number | undefined;
  readonly apply: readonly (typeof HELPERS)[number][];
}

/** Ends of blocks twice as likely as other entries: folds happen there. */
const anIndex = (length: number, block: number): fc.Arbitrary<number> =>
  fc.oneof(
    fc.nat(length - 1),
    fc.nat(length / block - 1).map((b) => b * block + block - 1),
    fc.constant(0),
  );

function aCall(length: number, block: number, shift: bigint): fc.Arbitrary<CallPlan> {
  return fc
    .record({
      fn: fc.constantFrom("set_ptes", "set_ptes", "ptep_get", "ptep_get_lockless", "ptep_get_and_clear", "ptl_lock", "ptl_unlock"),
      index: anIndex(length, block),
      many: fc.oneof(fc.constant(1), fc.constant(1), fc.nat(length)),
      pte: fc.oneof(fc.tuple(token, fc.constantFrom(0x1000n, 0x1001n)), oddWord),
      reuse: fc.option(fc.nat(3), { nil: undefined }),
      apply: fc.array(fc.constantFrom(...HELPERS), { maxLength: 2 }),
    })
    .map(({ many, pte, ...rest }) => ({
      ...rest,
      nr: Math.min(Math.max(1, many), length - rest.index),
      pte: typeof pte === "string" ? pte : hexWord(pte[0], pte[1] + BigInt(rest.index), shift),
    }));
}

function callsOf(plans: readonly CallPlan[]): readonly CallDocument[] {
  const getters: number[] = [];
  return plans.map(({ fn, index, nr, pte, reuse, apply }, position) => {
    const from = reuse === undefined ? undefined : getters[reuse % Math.max(1, getters.length)];
    if (fn.startsWith("ptep_get")) getters.push(position);
    if (fn.startsWith("ptl_")) return { fn };
    if (fn !== "set_ptes") return { fn, index };
    return { fn, index, nr, pte: from === undefined ? pte : { result: from, apply: [...apply] } };
  });
}

const aKind = fc.constantFrom("read", "write", "any");

const anAccess = (length: number, block: number): fc.Arbitrary<AccessDocument> =>
  fc.record({
    rw: fc.constantFrom("read", "write", "write", "speculate", "evict", "any"),
    index: fc.oneof({ weight: 4, arbitrary: anIndex(length, block) }, { weight: 1, arbitrary: fc.constant("any" as const) }),
  });

const anActor = (length: number, block: number, shift: bigint): fc.Arbitrary<ActorDocument> =>
  fc.oneof(
    fc.array(aCall(length, block, shift), { maxLength: 4 }).map((plans) => kernel(...callsOf(plans))),
    fc.array(anAccess(length, block), { maxLength: 5 }).map((accesses) => mmu(...accesses)),
    // A page, its neighbour and the page again: where a TLB may come to hold both sizes.
    fc.tuple(aKind, aKind, aKind).map(([a, b, c]) => mmu({ rw: a, index: 0 }, { rw: b, index: 1 }, { rw: c, index: 0 })),
  );

export const aScenario: fc.Arbitrary<Scenario> = fc.tuple(granule, fc.constantFrom(1, 1, 2)).chain(([name, blocks]) => {
  const { block, shift } = GEOMETRY[name];
  const length = block * blocks;
  return fc
    .record({
      mm: fc.constantFrom("user", "user", "user", "user", "init", "efi"),
      hardwareAD: fc.constantFrom("af+dirty", "af+dirty", "af", "none"),
      bbm: fc.constantFrom(0, 2),
      adUpdate: fc.constantFrom("walked", "any"),
      tlbAnswer: fc.constantFrom("smallest", "any"),
      folios: fc.constantFrom([{ pfn: "0x1000", pages: 512 }], [{ pfn: "0x1000", pages: 512 }], []),
      table: fc.array(blockWords(block, shift), { minLength: blocks, maxLength: blocks }),
      actors: fc.array(anActor(length, block, shift), { minLength: 1, maxLength: 3 }),
    })
    .map(({ table, actors, ...machine }) =>
      scenarioOf({
        machine: { granule: name, ...machine, folios: machine.folios.map((folio) => ({ ...folio })), ptes: table.flat() },
        actors,
      }),
    );
});

/** Which of the choices on offer to take, modulo their number; as long as it goes. */
export const aSchedule: fc.Arbitrary<readonly number[]> = fc.oneof(
  fc.array(fc.nat(63), { maxLength: 20 }),
  fc.array(fc.nat(63), { minLength: 60, maxLength: 220 }),
  // Long stretches by one actor: random steps alone hardly ever finish an operation.
  fc
    .array(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 60 })), { minLength: 3, maxLength: 8 })
    .map((runs) => runs.flatMap(([who, many]) => Array.from({ length: many }, () => who))),
);
