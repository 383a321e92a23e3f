/**
 * Runs to the end as the command line defines it: each actor in its turn goes as far
 * as it gets alone. One that only repeats itself is left spinning. One that has to wait
 * gets another turn when the others have had theirs; if nothing is left that could
 * help it, it is blocked.
 */
import type { Choice } from "../scenario/scenario.ts";
import type { Machine } from "./machine.ts";
import type { MachineState } from "./state.ts";
import type { Step } from "./step.ts";

export interface Finish {
  readonly choices: readonly Choice[];
  readonly steps: readonly Step[];
  readonly final: MachineState;
  readonly spinning: readonly number[];
  readonly blocked: readonly number[];
  /** More than `most` steps: stopped early. */
  readonly cut: boolean;
}

type Turn = "finished" | "waits" | "spins" | "cut";

/**
 * Yields after every step, so that the caller can pause, show progress or stop.
 * @param most steps to make at the most
 */
export function* finish(machine: Machine, from: MachineState, most = Number.POSITIVE_INFINITY): Generator<number, Finish> {
  const choices: Choice[] = [];
  const steps: Step[] = [];
  let state = from;

  function* turn(actor: number): Generator<number, Turn> {
    const seen = new Set<string>();
    for (;;) {
      const { choices: offered, idle } = machine.offer(state, actor);
      const [choice] = offered;
      if (choice === undefined) return idle === "finished" ? "finished" : "waits";
      if (steps.length >= most) return "cut";
      if (repeats(state, actor, seen)) return "spins";
      const before = state;
      const transition = machine.step(before, choice);
      if (transition === undefined) throw new Error("an offered choice was refused");
      state = transition.state;
      choices.push(choice);
      steps.push(transition.step);
      if (changedShared(before, state)) seen.clear();
      yield steps.length;
    }
  }

  const spinning: number[] = [];
  let waiting = machine.scenario.actors.map((_, actor) => actor);
  for (;;) {
    const made = steps.length;
    const still: number[] = [];
    for (const actor of waiting) {
      const ended = yield* turn(actor);
      if (ended === "cut") return { choices, steps, final: state, spinning, blocked: [], cut: true };
      if (ended === "spins") spinning.push(actor);
      if (ended === "waits") still.push(actor);
    }
    if (still.length === 0 || steps.length === made) return { choices, steps, final: state, spinning, blocked: still, cut: false };
    waiting = still;
  }
}

/** Whether this actor has stood at this very place before, with nothing changed around it since. */
function repeats(state: MachineState, actor: number, seen: Set<string>): boolean {
  const own = state.actors[actor];
  if (own?.kind !== "kernel" || own.at === undefined) return false;
  const key = `${own.call} ${own.at.state.key}`;
  if (seen.has(key)) return true;
  seen.add(key);
  return false;
}

const changedShared = (a: MachineState, b: MachineState): boolean => a.table !== b.table || a.ptl !== b.ptl || a.pending !== b.pending;
