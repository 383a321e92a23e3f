/** Runs for tests: to the end, actor after actor, and what such a run did as short lines. */
import { machineFor } from "../lab.ts";
import { type Finish, finish } from "../machine/finish.ts";
import type { Machine } from "../machine/machine.ts";
import type { KernelState, MachineState, MmuState } from "../machine/state.ts";
import type { KernelStep, Step } from "../machine/step.ts";
import type { Scenario } from "../scenario/scenario.ts";

export function runToEnd(scenario: Scenario, machine: Machine = machineFor(scenario)): Finish {
  const running = finish(machine, machine.initial);
  for (;;) {
    const next = running.next();
    if (next.done) return next.value;
  }
}

const isKernelStep = (step: Step): step is KernelStep => step.kind === "kernel";

/**
 * Kernel steps as `op index label`; steps of one kind on neighbouring entries in
 * ascending order make one line, `op first..last label`. Flushes are `tlbi index+nr label`.
 */
export function traceOf(steps: readonly Step[]): readonly string[] {
  const runs: { op: string; first: number; last: number; label: string }[] = [];
  for (const { effect, label } of steps.filter(isKernelStep)) {
    const { op } = effect;
    const at = "index" in effect ? effect.index : -1;
    const previous = runs.at(-1);
    if (previous?.op === op && previous.label === label && op !== "tlbi" && at >= 0 && previous.last + 1 === at) previous.last = at;
    else if (op === "tlbi") runs.push({ op: `tlbi ${at}+${effect.nr}`, first: -1, last: -1, label });
    else runs.push({ op, first: at, last: at, label });
  }
  return runs.map(({ op, first, last, label }) => {
    const range = first < 0 ? "" : first === last ? ` ${first}` : ` ${first}..${last}`;
    return `${op}${range} ${label}`;
  });
}

/** How many of each operation a run made. */
export function countsOf(steps: readonly Step[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { effect } of steps.filter(isKernelStep)) counts[effect.op] = (counts[effect.op] ?? 0) + 1;
  return counts;
}

export function kernelState(state: MachineState, actor: number): KernelState {
  const own = state.actors[actor];
  if (own?.kind !== "kernel") throw new Error(`actor ${actor} is no kernel actor`);
  return own;
}

export function mmuState(state: MachineState, actor: number): MmuState {
  const own = state.actors[actor];
  if (own?.kind !== "mmu") throw new Error(`actor ${actor} is no MMU actor`);
  return own;
}

/** Everything a state holds, as text: what "the same state" means to a test. Words are in hex. */
export function snapshot(state: MachineState): string {
  const actors = state.actors.map((own) => {
    if (own.kind === "mmu") return own;
    const { at, ...rest } = own;
    return { ...rest, at: at && { fn: at.routine.fn, state: at.state } };
  });
  const table = state.table
    .words()
    .map((pte) => pte.toString(16))
    .join(" ");
  return JSON.stringify({ ptl: state.ptl, pending: state.pending, actors }, spellBigInt) + table;
}

const spellBigInt = (_: string, value: unknown): unknown =>
  typeof value === "bigint" ? value.toString(16) : value === undefined ? "undefined" : value;
