/** How a state looks from outside: what everybody got, and the table. */
import { hex } from "../hardware/descriptor.ts";
import type { MachineState } from "./state.ts";

export interface OutcomeReport {
  /** One list per actor: hex for calls that return a value, `ok` or the fault's name for accesses. */
  readonly returns: readonly (readonly string[])[];
  readonly ptes: readonly string[];
}

export const outcomeReport = (state: MachineState): OutcomeReport => ({
  returns: state.actors.map((own) =>
    own.kind === "mmu" ? own.results : own.returns.flatMap((value) => (value === undefined ? [] : [hex(value)])),
  ),
  ptes: state.table.words().map(hex),
});
