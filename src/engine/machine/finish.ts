/**
 * Runs to the end as the command line defines it: each actor in its turn goes as far
 * as it gets alone. One that only repeats itself is left spinning. One that has to wait
 * gets another turn when the others have had theirs; if nothing is left that could
 * help it, it is blocked. A run may be cut short by what it is to stop at, or be that of
 * some of the actors only.
 */
import type { Choice } from "../scenario/scenario.ts";
import type { Machine } from "./machine.ts";
import type { MachineState } from "./state.ts";
import type { Step, Transition } from "./step.ts";

export interface Finish {
  readonly choices: readonly Choice[];
  readonly steps: readonly Step[];
  readonly final: MachineState;
  readonly spinning: readonly number[];
  readonly blocked: readonly number[];
  /** Ended early: after so many steps as it may have at most, or by a step that it was to stop at. */
  readonly ended: "most" | "stop" | undefined;
}

type Turn = "finished" | "waits" | "spins" | "most" | "stop";

export interface Limits {
  /** Steps to make at the most. */
  readonly most?: number;
  /** Those that may move; everybody if left out. */
  readonly actors?: readonly number[];
  /** Whether a step is one to stop after. */
  readonly isStop?: (before: MachineState, transition: Transition) => boolean;
}

/** Yields after every step, so that the caller can pause, show progress or stop. */
export function* finish(machine: Machine, from: MachineState, limits: Limits = {}): Generator<number, Finish> {
  const { most = Number.POSITIVE_INFINITY, actors = machine.scenario.actors.map((_, actor) => actor), isStop = () => false } = limits;
  const choices: Choice[] = [];
  const steps: Step[] = [];
  let state = from;

  function* turn(actor: number): Generator<number, Turn> {
    const seen = new Set<string>();
    for (;;) {
      const { choices: offered, idle } = machine.offer(state, actor);
      const [choice] = offered;
      if (choice === undefined) return idle === "finished" ? "finished" : "waits";
      if (steps.length >= most) return "most";
      if (repeats(state, actor, seen)) return "spins";
      const before = state;
      const transition = machine.step(before, choice);
      if (transition === undefined) throw new Error("an offered choice was refused");
      state = transition.state;
      choices.push(choice);
      steps.push(transition.step);
      if (changedShared(before, state)) seen.clear();
      yield steps.length;
      if (isStop(before, transition)) return "stop";
    }
  }

  const spinning: number[] = [];
  let waiting = actors;
  for (;;) {
    const made = steps.length;
    const still: number[] = [];
    for (const actor of waiting) {
      const ended = yield* turn(actor);
      if (ended === "most" || ended === "stop") return { choices, steps, final: state, spinning, blocked: [], ended };
      if (ended === "spins") spinning.push(actor);
      if (ended === "waits") still.push(actor);
    }
    if (still.length === 0 || steps.length === made) return { choices, steps, final: state, spinning, blocked: still, ended: undefined };
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
