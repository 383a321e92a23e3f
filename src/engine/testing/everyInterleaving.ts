/**
 * The plainest search there is, over machine states themselves: what the search over
 * automata is compared with, and what tests of small cases use to look at every step.
 */
import type { Machine } from "../machine/machine.ts";
import type { ActorState, MachineState } from "../machine/state.ts";
import type { Step } from "../machine/step.ts";

export interface Explored {
  readonly states: number;
  /** For each state, in breadth-first order, those that its steps lead to, in the order of the machine's choices. */
  readonly successors: readonly (readonly number[])[];
  /** States in which nobody can move. */
  readonly ends: readonly MachineState[];
}

const MOST_STATES = 200_000;

/** @param onStep sees every transition once */
export function everyInterleaving(
  machine: Machine,
  onStep: (step: Step, before: MachineState, after: MachineState) => void = () => undefined,
): Explored {
  const numbers = new Map([[keyOf(machine.initial), 0]]);
  const states = [machine.initial];
  const successors: number[][] = [];
  for (const before of states) {
    const own = machine.steps(before).map(({ step, state: after }) => {
      onStep(step, before, after);
      const key = keyOf(after);
      const number = numbers.get(key) ?? states.push(after) - 1;
      numbers.set(key, number);
      return number;
    });
    successors.push(own);
    if (states.length > MOST_STATES) throw new Error(`more than ${MOST_STATES} states: not a small case`);
  }
  return { states: states.length, successors, ends: states.filter((_, number) => successors[number]?.length === 0) };
}

/** The distinct outcomes, sorted, as `describe` puts them. */
export const outcomes = (ends: readonly MachineState[], describe: (end: MachineState) => string): readonly string[] =>
  [...new Set(ends.map(describe))].sort();

/** All that decides what may happen next, and what happened that is worth telling: equal states have equal keys. */
export function keyOf({ table, ptl, pending, actors }: MachineState): string {
  const flushes = pending.map((flush) => `${flush.actor}:${flush.index}+${flush.nr}`);
  return [table.words().join(), ptl ?? "-", flushes.join(), ...actors.map(actorKey)].join(" ");
}

function actorKey(own: ActorState): string {
  if (own.kind === "kernel") return `${own.call} ${own.at?.state.key ?? "-"} ${own.returns.join()}`;
  const tlb = own.tlb.map((e) => `${e.start}+${e.count}=${e.pfn}${e.writable ? "w" : ""}${e.user ? "u" : ""}`);
  return `${own.next} ${tlb.join()} ${own.results.join()}`;
}
