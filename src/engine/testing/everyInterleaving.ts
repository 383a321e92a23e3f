/** A plain breadth-first search over a machine: slow, obvious, and for tests of small cases only. */
import type { Machine } from "../machine/machine.ts";
import type { MachineState } from "../machine/state.ts";
import type { Step } from "../machine/step.ts";

export interface Explored {
  readonly states: number;
  /** States in which nobody can move. */
  readonly ends: readonly MachineState[];
}

const MOST_STATES = 200_000;

/** @param onStep sees every transition once */
export function everyInterleaving(
  machine: Machine,
  onStep: (step: Step, before: MachineState, after: MachineState) => void = () => undefined,
): Explored {
  const seen = new Set([identityOf(machine.initial)]);
  let frontier: MachineState[] = [machine.initial];
  const ends: MachineState[] = [];
  while (frontier.length > 0) {
    const next: MachineState[] = [];
    for (const state of frontier) {
      const choices = machine.choices(state);
      if (choices.length === 0) ends.push(state);
      for (const choice of choices) {
        const transition = machine.step(state, choice);
        if (transition === undefined) throw new Error("an offered choice was refused");
        onStep(transition.step, state, transition.state);
        const identity = identityOf(transition.state);
        if (seen.has(identity)) continue;
        if (seen.size >= MOST_STATES) throw new Error(`more than ${MOST_STATES} states: not a small case`);
        seen.add(identity);
        next.push(transition.state);
      }
    }
    frontier = next;
  }
  return { states: seen.size, ends };
}

/** What makes two states the same: the table, the lock, pending flushes, TLBs, returned values and the routines' keys. */
export function identityOf(state: MachineState): string {
  const actors = state.actors.map((own) =>
    own.kind === "mmu"
      ? [
          own.next,
          own.tlb.map((e) => `${e.start}+${e.count}=${e.pfn}${e.writable ? "w" : ""}${e.user ? "u" : ""}`).join(","),
          own.results.join(","),
        ].join(";")
      : [own.call, own.at?.state.key ?? "-", own.returns.join(",")].join(";"),
  );
  return [
    state.table.words().join(","),
    state.ptl ?? "-",
    state.pending.map((f) => `${f.actor}:${f.index}+${f.nr}`).join(","),
    ...actors,
  ].join("|");
}

/** The distinct outcomes, sorted, as `describe` puts them. */
export const outcomes = (ends: readonly MachineState[], describe: (end: MachineState) => string): readonly string[] =>
  [...new Set(ends.map(describe))].sort();
