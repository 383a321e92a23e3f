/** Two CPUs at once: every interleaving of small documents must end in the same set of outcomes, whichever code runs. */
import { hex } from "../src/engine/hardware/descriptor.ts";
import type { GranuleName } from "../src/engine/hardware/granule.ts";
import type { KernelChoice } from "../src/engine/kernel/variants/profiles.ts";
import { machineFor } from "../src/engine/lab.ts";
import type { MachineState } from "../src/engine/machine/state.ts";
import type { RoutineProvider } from "../src/engine/routine.ts";
import type { ScenarioDocument } from "../src/engine/scenario/document.ts";
import type { Scenario } from "../src/engine/scenario/scenario.ts";
import { outcomes as distinct, everyInterleaving } from "../src/engine/testing/everyInterleaving.ts";
import { type Findings, type ProviderOf, scenarioOf } from "./sequential.ts";

/** The granule that the documents are of. */
export const SMALLEST_BLOCK: GranuleName = "4K";

export interface Outcomes {
  readonly states: number;
  /** What each actor returned and the table that was left, sorted. */
  readonly outcomes: readonly string[];
}

export function outcomes(scenario: Scenario, provider: RoutineProvider): Outcomes {
  const { states, ends } = everyInterleaving(machineFor(scenario, provider));
  return { states, outcomes: distinct(ends, outcomeOf) };
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

/** @param calls the ones that both have */
export function concurrentReport(ours: ProviderOf, theirs: ProviderOf, kernel: KernelChoice, calls: readonly string[]): Findings {
  const lines = ["Two CPUs, every interleaving: states of this engine, states of Linux, distinct outcomes"];
  let differences = 0;
  for (const document of CONCURRENT.filter((each) => madeOf(each, calls))) {
    const scenario = scenarioOf({ ...document, kernel: { profile: kernel.profile, variants: [...kernel.variants] } });
    const [mine, linux] = [outcomes(scenario, ours(scenario)), outcomes(scenario, theirs(scenario))];
    const onlyMine = mine.outcomes.filter((outcome) => !linux.outcomes.includes(outcome));
    const onlyLinux = linux.outcomes.filter((outcome) => !mine.outcomes.includes(outcome));
    const same = onlyMine.length + onlyLinux.length === 0;
    const figures = [mine.states, linux.states, mine.outcomes.length].map((figure) => String(figure).padStart(7));
    lines.push(`  ${(document.title ?? "").padEnd(56)}${figures.join("")}${same ? "" : "  DIFFER"}`);
    lines.push(
      ...onlyMine.map((outcome) => `    only this engine: ${outcome}`),
      ...onlyLinux.map((outcome) => `    only Linux: ${outcome}`),
    );
    if (!same) differences++;
  }
  return { differences, lines };
}

type Call = Extract<ScenarioDocument["actors"][number], { kind: "kernel" }>["calls"][number];
type Access = Extract<ScenarioDocument["actors"][number], { kind: "mmu" }>["accesses"][number];
type Ptes = ScenarioDocument["machine"]["ptes"];

const PAGES = 16;
const FIRST = 0x1000;
const WRITABLE = 0x68_0000_0000_0bc3n;
const OLD_CLEAN = hex(WRITABLE | (BigInt(FIRST) << 12n));
const LAST = PAGES - 1;
const wordFor = (index: number): string => hex(WRITABLE | (BigInt(FIRST + index) << 12n));

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
export const A_PIN_THAT_FAILS: ScenarioDocument = {
  ...document("a pin that fails", folded, [{ fn: "gup_fast", index: 9, write: false }], [], [{ rw: "write", index: 9 }]),
  // The entry, the entry again, its block and the reference; then the write.
  choices: [...new Array<number>(1 + 1 + PAGES + 1).fill(0), 2],
};
