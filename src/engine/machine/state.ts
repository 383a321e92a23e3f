/** One state of the machine, immutable and complete: nothing else decides what may happen next. */
import type { EntryIndex } from "../hardware/descriptor.ts";
import type { PageTable } from "../hardware/memory.ts";
import type { AccessResult } from "../hardware/mmu.ts";
import type { Tlb } from "../hardware/tlb.ts";
import type { Routine, Suspended } from "../routine.ts";

export interface MachineState {
  readonly table: PageTable;
  /** The actor that holds the page-table lock. */
  readonly ptl: number | undefined;
  /** Invalidations issued without waiting, oldest first. */
  readonly pending: readonly PendingFlush[];
  readonly actors: readonly ActorState[];
}

export interface PendingFlush {
  readonly actor: number;
  readonly index: EntryIndex;
  readonly nr: number;
}

export type ActorState = KernelState | MmuState;

export interface KernelState {
  readonly kind: "kernel";
  /** The call under way, or the number of calls when all are done. */
  readonly call: number;
  /** Where the call under way is suspended; undefined when there is none. */
  readonly at: { readonly routine: Routine; readonly state: Suspended } | undefined;
  /** One per finished call; undefined where nothing is returned. */
  readonly returns: readonly (bigint | undefined)[];
}

export interface MmuState {
  readonly kind: "mmu";
  /** The access to make next, or the number of accesses when all are done. */
  readonly next: number;
  readonly tlb: Tlb;
  readonly results: readonly AccessResult[];
}

export const withActor = (state: MachineState, actor: number, next: ActorState): MachineState => ({
  ...state,
  actors: state.actors.with(actor, next),
});
