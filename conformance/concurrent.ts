/** Two CPUs at once: every interleaving of small documents must end in the same set of outcomes, whichever code runs. */
import fc from "fast-check";
import { Product } from "../src/engine/explore/automata/product.ts";
import { Search } from "../src/engine/explore/search.ts";
import { hex } from "../src/engine/hardware/descriptor.ts";
import type { KernelChoice } from "../src/engine/kernel/variants/profiles.ts";
import { machineFor } from "../src/engine/lab.ts";
import type { MachineState } from "../src/engine/machine/state.ts";
import type { RoutineProvider } from "../src/engine/routine.ts";
import type { ScenarioDocument } from "../src/engine/scenario/document.ts";
import type { Scenario } from "../src/engine/scenario/scenario.ts";
import { type Findings, type ProviderOf, scenarioOf } from "./sequential.ts";
import { SMALLEST_BLOCK, twoCpus } from "./twoCpus.ts";

export interface Outcomes {
  readonly states: number;
  /** What each actor returned and the table that was left, sorted. */
  readonly outcomes: readonly string[];
}

/** @returns undefined if there are more than `most` states */
export function outcomes(scenario: Scenario, provider: RoutineProvider, most?: number): Outcomes | undefined {
  const product = new Product(scenario, provider);
  const search = new Search(product, product.begin(machineFor(scenario, provider).initial), most);
  for (const _ of search.run());
  if (search.expanded < search.states) return undefined;
  const found = new Set<string>();
  const row = new Int32Array(product.width);
  for (let state = 0; state < search.states; state++) {
    if (search.edges(state) < search.edges(state + 1)) continue;
    search.row(state, row);
    found.add(outcomeOf(product.automata.stateOf(row)));
  }
  return { states: search.states, outcomes: [...found].sort() };
}

const outcomeOf = (end: MachineState): string =>
  [
    ...end.actors.map((own) =>
      own.kind === "mmu" ? own.results.join(",") : own.returns.map((value) => (value === undefined ? "-" : hex(value))).join(","),
    ),
    end.table.words().map(hex).join(" "),
  ].join(" | ");

/** Whether a document has no call but these. */
export const madeOf = ({ actors }: ScenarioDocument, calls: readonly string[]): boolean =>
  actors.every((actor) => actor.kind !== "kernel" || actor.calls.every(({ fn }) => calls.includes(fn)));

/** Both sides of one document, and what only one of them comes to. */
interface Compared {
  readonly states: readonly [ours: number, theirs: number];
  readonly outcomes: number;
  readonly differences: readonly string[];
}

/** @returns undefined if one side has more than `most` states */
function compared(scenario: Scenario, ours: ProviderOf, theirs: ProviderOf, most?: number): Compared | undefined {
  const [mine, linux] = [outcomes(scenario, ours(scenario), most), outcomes(scenario, theirs(scenario), most)];
  if (mine === undefined || linux === undefined) return undefined;
  return {
    states: [mine.states, linux.states],
    outcomes: mine.outcomes.length,
    differences: [
      ...mine.outcomes.filter((outcome) => !linux.outcomes.includes(outcome)).map((outcome) => `    only this engine: ${outcome}`),
      ...linux.outcomes.filter((outcome) => !mine.outcomes.includes(outcome)).map((outcome) => `    only Linux: ${outcome}`),
    ],
  };
}

const figures = (...numbers: readonly number[]): string => numbers.map((figure) => String(figure).padStart(9)).join("");

/** @param calls the ones that both have */
export function concurrentReport(ours: ProviderOf, theirs: ProviderOf, kernel: KernelChoice, calls: readonly string[]): Findings {
  const lines = ["Two CPUs, every interleaving: states of this engine, states of Linux, distinct outcomes"];
  let differences = 0;
  for (const document of CONCURRENT.filter((each) => madeOf(each, calls))) {
    const scenario = scenarioOf({ ...document, kernel: { profile: kernel.profile, variants: [...kernel.variants] } });
    const found = compared(scenario, ours, theirs);
    if (found === undefined) throw new Error(`${document.title} has too many states`);
    const same = found.differences.length === 0;
    lines.push(`  ${(document.title ?? "").padEnd(56)}${figures(...found.states, found.outcomes)}${same ? "" : "  DIFFER"}`);
    lines.push(...found.differences);
    if (!same) differences++;
  }
  return { differences, lines };
}

/** A document with more states than this is left out. */
const MOST_STATES = 20_000;

/** The same of documents drawn at random. @param documents how many */
export function drawnReport(
  ours: ProviderOf,
  theirs: ProviderOf,
  kernel: KernelChoice,
  calls: readonly string[],
  { seed, documents }: { readonly seed: number; readonly documents: number },
): Findings {
  const sums = { documents: 0, leftOut: 0, ours: 0, theirs: 0, outcomes: 0 };
  let shrinking = false;
  const same = (document: ScenarioDocument): boolean => {
    const found = compared(scenarioOf(document), ours, theirs, MOST_STATES);
    const agrees = found === undefined || found.differences.length === 0;
    if (!shrinking && found === undefined) sums.leftOut += 1;
    if (!shrinking && found !== undefined) {
      sums.documents += 1;
      sums.ours += found.states[0];
      sums.theirs += found.states[1];
      sums.outcomes += found.outcomes;
    }
    shrinking ||= !agrees;
    return agrees;
  };
  const [smallest] = fc.check(fc.property(twoCpus(calls, kernel), same), { seed, numRuns: documents }).counterexample ?? [];
  const title = `${sums.documents} documents drawn at random`;
  const lines = [`  ${title.padEnd(56)}${figures(sums.ours, sums.theirs, sums.outcomes)}${smallest ? "  DIFFER" : ""}`];
  if (sums.leftOut > 0) lines.push(`  ${sums.leftOut} more left out, of more than ${MOST_STATES} states`);
  if (smallest === undefined) return { differences: 0, lines };
  const found = compared(scenarioOf(smallest), ours, theirs, MOST_STATES);
  return { differences: 1, lines: [...lines, "    the smallest that shows it:", JSON.stringify(smallest), ...(found?.differences ?? [])] };
}

type Call = Extract<ScenarioDocument["actors"][number], { kind: "kernel" }>["calls"][number];
type Access = Extract<ScenarioDocument["actors"][number], { kind: "mmu" }>["accesses"][number];
type Ptes = ScenarioDocument["machine"]["ptes"];

const PAGES = 16;
const FIRST = 0x1000;
const WRITABLE = 0x68_0000_0000_0bc3n;
const OLD_CLEAN = hex(WRITABLE | (BigInt(FIRST) << 12n));
const LAST = PAGES - 1;
const AF = 1n << 10n;
const wordFor = (index: number, flags = 0n): string => hex(WRITABLE | flags | (BigInt(FIRST + index) << 12n));

const folded: Ptes = [{ index: 0, count: PAGES, pfn: hex(BigInt(FIRST)), prot: "rw", flags: ["cont"] }];
const foldedYoung: Ptes = [{ index: 0, count: PAGES, pfn: hex(BigInt(FIRST)), prot: "rw", flags: ["cont", "young"] }];
const oneShort: Ptes = [{ index: 0, count: LAST, pfn: hex(BigInt(FIRST)), prot: "rw", flags: [] }];
const empty: Ptes = [];

function document(
  title: string,
  ptes: Ptes,
  writer: readonly Call[],
  other: readonly Call[],
  accesses: readonly Access[],
): ScenarioDocument {
  return {
    version: 1,
    title,
    machine: { granule: SMALLEST_BLOCK, va: "0x10000000", entries: PAGES, folios: [{ pfn: hex(BigInt(FIRST)), pages: PAGES }], ptes },
    actors: [
      { kind: "kernel", calls: [...writer] },
      { kind: "kernel", calls: [...other] },
      ...(accesses.length > 0 ? [{ kind: "mmu" as const, accesses: [...accesses] }] : []),
    ],
  };
}

const locked = (...calls: readonly Call[]): readonly Call[] => [{ fn: "ptl_lock" }, ...calls, { fn: "ptl_unlock" }];
const reader: readonly Call[] = [{ fn: "ptep_get_lockless", index: 9 }];
const unfold: Call = { fn: "ptep_get_and_clear", index: 5 };
const fold: Call = { fn: "set_ptes", index: LAST, nr: 1, pte: wordFor(LAST) };

const zapAll: readonly Call[] = [
  { fn: "zap_pte_range", index: 0, nr: PAGES },
  { fn: "tlb_finish_mmu", index: 0, nr: PAGES },
];

const CONCURRENT: readonly ScenarioDocument[] = [
  document("unfold, lockless reader", folded, [unfold], reader, []),
  document("unfold, lockless reader, a write", folded, [unfold], reader, [{ rw: "write", index: 12 }]),
  document(
    "unfold, lockless reader of the entry taken",
    folded,
    [unfold],
    [{ fn: "ptep_get_lockless", index: 5 }],
    [{ rw: "read", index: 5 }],
  ),
  document("fold by the last entry, lockless reader", oneShort, [fold], reader, []),
  document("fold by the last entry, lockless reader, a write", oneShort, [fold], reader, [{ rw: "write", index: 3 }]),
  document("a batch, lockless reader", empty, [{ fn: "set_ptes", index: 0, nr: PAGES, pte: OLD_CLEAN }], reader, [
    { rw: "read", index: 9 },
  ]),
  document("write-protect the block, lockless reader, a write", folded, [{ fn: "wrprotect_ptes", index: 0, nr: PAGES }], reader, [
    { rw: "write", index: 15 },
  ]),
  document("write-protect a part, lockless reader", folded, [{ fn: "wrprotect_ptes", index: 4, nr: 3 }], reader, []),
  document("clear the block, lockless reader", foldedYoung, [{ fn: "get_and_clear_full_ptes", index: 0, nr: PAGES, full: false }], reader, [
    { rw: "write", index: 2 },
  ]),
  document("age the block, lockless reader, accesses", foldedYoung, [{ fn: "ptep_clear_flush_young", index: 3 }], reader, [
    { rw: "read", index: 1 },
    { rw: "write", index: 14 },
  ]),
  document("two writers under the lock", folded, locked(unfold), locked({ fn: "wrprotect_ptes", index: 0, nr: PAGES }), [
    { rw: "write", index: 8 },
  ]),
  document(
    "unfold and fold again under the lock, lockless reader",
    folded,
    locked(
      { fn: "ptep_modify_prot_start", index: LAST },
      { fn: "ptep_modify_prot_commit", index: LAST, pte: { result: 1, apply: ["mknoncont"] } },
    ),
    reader,
    [],
  ),
  document("pin, unfold", folded, [unfold], [{ fn: "gup_fast", index: 9, write: false }], [{ rw: "write", index: 9 }]),
  document("pin, zap and flush", foldedYoung, zapAll, [{ fn: "gup_fast", index: 9, write: true }], [{ rw: "read", index: 2 }]),
  document("fault, unfold", folded, locked(unfold), [{ fn: "handle_pte_fault", index: 9, write: true }], [{ rw: "read", index: 12 }]),
  document(
    "fault, fork",
    foldedYoung,
    [{ fn: "copy_pte_range", index: 0, nr: PAGES }],
    [{ fn: "handle_pte_fault", index: 3, write: true }],
    [{ rw: "write", index: 7 }],
  ),
  document("reclaim, lockless reader, a write", foldedYoung, [{ fn: "folio_referenced_one", index: 4 }], reader, [
    { rw: "write", index: 9 },
  ]),
  document("MADV_FREE, lockless reader, a write", foldedYoung, [{ fn: "madvise_free_pte_range", index: 0, nr: PAGES }], reader, [
    { rw: "write", index: 9 },
  ]),
  document("mprotect of a part, lockless reader", folded, [{ fn: "change_pte_range", index: 8, nr: 2, prot: "ro" }], reader, []),
];

/** What one CPU alone never sees: hardware marks the page dirty between the two looks of gup_fast. */
const A_PIN_THAT_FAILS: ScenarioDocument = {
  ...document("a pin that fails", folded, [{ fn: "gup_fast", index: 9, write: false }], [], [{ rw: "write", index: 9 }]),
  // The entry, the entry again, its block and the reference; then the write.
  choices: [...new Array<number>(1 + 1 + PAGES + 1).fill(0), 2],
};

const readOnly: Ptes = [{ index: 0, count: PAGES, pfn: hex(BigInt(FIRST)), prot: "ro", flags: ["cont", "young"] }];

/** Where chance alone goes seldom or never. */
export const RARE: readonly ScenarioDocument[] = [
  A_PIN_THAT_FAILS,
  document("a block that becomes writable", readOnly, [{ fn: "ptep_set_access_flags", index: 9, pte: wordFor(9), dirty: true }], [], []),
  document("a block that becomes young", folded, [{ fn: "ptep_set_access_flags", index: 9, pte: wordFor(9, AF), dirty: true }], [], []),
  document("a write to a read-only page", readOnly, [{ fn: "handle_pte_fault", index: 9, write: true }], [], []),
  document("reclaim of a young block", foldedYoung, [{ fn: "ptep_clear_flush_young", index: 9 }], [], []),
];
