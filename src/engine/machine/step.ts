/** What one step did: the trace is a list of these, and every view of a run is made from them. */
import type { EntryIndex, Pte } from "../hardware/descriptor.ts";
import type { AccessResult, Rw, Update } from "../hardware/mmu.ts";
import type { TlbEntry } from "../hardware/tlb.ts";
import type { Note, Operation, SourcePlace } from "../routine.ts";
import type { Choice } from "../scenario/scenario.ts";
import type { MachineState } from "./state.ts";

/** A step and the state it leads to. */
export interface Transition {
  readonly state: MachineState;
  readonly step: Step;
}

export type Step = KernelStep | MmuStep | LandStep;

interface StepBase {
  readonly actor: number;
  readonly choice: Choice;
  readonly events: readonly Event[];
}

export interface KernelStep extends StepBase {
  readonly kind: "kernel";
  /** The call of the scenario that this step belongs to. */
  readonly fn: string;
  readonly call: number;
  readonly label: string;
  /** Of compiled code: the functions under way, innermost first. */
  readonly source?: readonly SourcePlace[];
  readonly effect: Effect;
}

/** Of the places of a step the one that says most: helpers aside, the innermost. */
export const tellingPlace = (source: readonly SourcePlace[]): SourcePlace | undefined => source.find(({ helper }) => !helper) ?? source[0];

export const placeText = ({ fn, file, line }: SourcePlace): string => `${fn} (${file}:${line})`;

export type Effect =
  | { readonly op: "read"; readonly index: EntryIndex; readonly old: Pte }
  | { readonly op: "write" | "xchg" | "cmpxchg"; readonly index: EntryIndex; readonly old: Pte; readonly new: Pte }
  | Exclude<Operation, { readonly index: EntryIndex; readonly op: "read" | "write" | "xchg" | "cmpxchg" }>
  /** An access outside the table: nothing was read or written. */
  | { readonly op: "overrun"; readonly index: EntryIndex };

export interface MmuStep extends StepBase {
  readonly kind: "mmu";
  readonly access: number;
  readonly rw: Rw;
  readonly index: EntryIndex;
  readonly result: AccessResult;
  readonly hit: boolean;
  readonly update?: Update;
}

/** A `_nosync` invalidation takes effect. */
export interface LandStep extends StepBase {
  readonly kind: "land";
  readonly index: EntryIndex;
  readonly nr: number;
}

export type Event =
  | { readonly kind: "return"; readonly call: number; readonly fn: string; readonly value: bigint | undefined }
  | Note
  | { readonly kind: "fault"; readonly fault: Exclude<AccessResult, "ok">; readonly index: EntryIndex }
  | { readonly kind: "tlb-conflict"; readonly index: EntryIndex; readonly entries: readonly TlbEntry[]; readonly violation: boolean }
  /** Property `scope`: an access outside the page table; the actor ends. */
  | { readonly kind: "scope"; readonly index: EntryIndex; readonly violation: true };

/** The one entry that a step changed, if it changed any: a store of what is there already changes nothing. */
export function changeOf(step: Step): Update | undefined {
  const store = step.kind === "mmu" ? step.update : step.kind === "kernel" && "new" in step.effect ? step.effect : undefined;
  return store === undefined || store.old === store.new ? undefined : store;
}

/** Properties that the machine itself sees violated. */
export const BREACHES = ["tlb-unique", "scope"] as const;
export type Breach = (typeof BREACHES)[number];

export function breachOf(event: Event): Breach | undefined {
  if (event.kind === "scope") return "scope";
  return event.kind === "tlb-conflict" && event.violation ? "tlb-unique" : undefined;
}
