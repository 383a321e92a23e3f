/** One entry looked at closely: its word before and after the last change, who changed it, and what each TLB answers for its page. */
import { hex, NONE, type Pte } from "../hardware/descriptor.ts";
import { type Field, fieldsOf } from "../hardware/fields.ts";
import { GRANULES, pfnOf } from "../hardware/granule.ts";
import { type AccessOutcome, access, type Mmu } from "../hardware/mmu.ts";
import { lookup } from "../hardware/tlb.ts";
import type { Machine } from "../machine/machine.ts";
import type { Run } from "../machine/run.ts";
import type { MachineState, MmuState } from "../machine/state.ts";
import { changeOf } from "../machine/step.ts";
import type { ChangeView, FieldView, Inspection, LookupView } from "../protocol.ts";
import { stepText } from "./words.ts";

/** Changes told, the latest ones. */
const MOST_CHANGES = 50;

/** @param names of the actors */
export function inspection({ scenario }: Machine, run: Run, at: number, index: number, names: readonly string[]): Inspection {
  const granule = GRANULES[scenario.granule];
  const state = run.states[at];
  const word = state?.table.words()[index];
  if (state === undefined || word === undefined) throw new Error(`there is no entry ${index} after ${at} steps`);
  const changes = run.steps.slice(0, at).flatMap((step, n) => {
    const change = changeOf(step);
    if (change?.index !== index) return [];
    return [
      { step: n + 1, by: step.kind === "mmu" ? "hardware" : "software", text: stepText(names[step.actor] ?? "", step), old: change.old },
    ] as const;
  });
  const last = changes.at(-1);
  const mmu: Mmu = { granule, features: scenario.features };
  return {
    index,
    word: hex(word),
    // An empty entry is told in the fields of what was there before, or came after.
    fields: fieldsOf(granule, word, word === NONE ? last?.old : word).map(fieldView),
    ...(last && {
      before: { word: hex(last.old), fields: fieldsOf(granule, last.old, last.old === NONE ? word : last.old).map(fieldView) },
    }),
    changes: changes.slice(-MOST_CHANGES).map(({ step, by, text }): ChangeView => ({ step, by, text })),
    earlier: Math.max(0, changes.length - MOST_CHANGES),
    lookups: state.actors.flatMap((own, actor) => (own.kind === "mmu" ? [lookupView(mmu, state, own, actor, index)] : [])),
  };
}

const fieldView = ({ name, high, low, value, says }: Field): FieldView => ({
  name,
  high,
  low,
  value: high === low ? `${value}` : hex(value),
  says,
});

function lookupView(mmu: Mmu, state: MachineState, own: MmuState, actor: number, index: number): LookupView {
  const found = lookup(own.tlb, index);
  const would = (rw: "read" | "write"): string => {
    const ways = new Set(access(mmu, state.table, own.tlb, rw, index).map((outcome) => wayText(mmu, state, outcome, index)));
    return [...ways].join(", or ");
  };
  return {
    actor,
    answer: found.length > 1 ? "conflict" : found.length === 1 ? "hit" : "miss",
    entries: found.map(({ start, count, pfn, writable }) => ({ start, count, pfn: hex(pfn + BigInt(index - start)), writable })),
    pending: state.pending.filter((flush) => flush.index <= index && index < flush.index + flush.nr).map((flush) => flush.actor),
    read: would("read"),
    write: would("write"),
  };
}

/** What an access made now would come to. */
function wayText({ granule }: Mmu, { table }: MachineState, { result, hit, update, tlb }: AccessOutcome, index: number): string {
  if (result !== "ok") return `a ${result.replace("fault-", "")} fault`;
  const answering = lookup(tlb, index)[0];
  if (hit) return `frame ${answering ? hex(answering.pfn + BigInt(index - answering.start)) : "unknown"} from the TLB`;
  const word: Pte = table.read(index);
  const walked = `a walk to frame ${hex(pfnOf(granule, word))}`;
  return update === undefined ? walked : `${walked} that marks entry ${update.index}`;
}
