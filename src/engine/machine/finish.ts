/**
 * Runs to the end as the command line defines it: each actor in its turn goes as far
 * as it gets alone. One that only repeats itself is left spinning, one that waits for
 * a lock nobody will release is left blocked.
 */
import type { Choice } from "../scenario/scenario.ts";
import type { Machine } from "./machine.ts";
import type { MachineState } from "./state.ts";
import type { Step } from "./step.ts";

export interface Finish {
  readonly choices: readonly Choice[];
  readonly states: readonly MachineState[];
  readonly steps: readonly Step[];
  readonly spinning: readonly number[];
  readonly blocked: readonly number[];
  /** More than `most` steps: stopped early. */
  readonly cut: boolean;
}

/**
 * Yields after every step, so that the caller can pause, show progress or stop.
 * @param most steps to make at the most
 */
export function* finish(machine: Machine, from: MachineState, most = Number.POSITIVE_INFINITY): Generator<number, Finish> {
  const choices: Choice[] = [];
  const states: MachineState[] = [from];
  const steps: Step[] = [];
  const spinning: number[] = [];
  const blocked: number[] = [];
  let state = from;
  for (let actor = 0; actor < machine.scenario.actors.length; actor++) {
    const seen = new Set<string>();
    for (;;) {
      const offer = machine.offer(state, actor);
      const [choice] = offer.choices;
      if (choice === undefined) {
        if (offer.idle !== "finished") blocked.push(actor);
        break;
      }
      if (steps.length >= most) return { choices, states, steps, spinning, blocked, cut: true };
      if (repeats(state, actor, seen)) {
        spinning.push(actor);
        break;
      }
      const before = state;
      const transition = machine.step(before, choice);
      if (transition === undefined) throw new Error("an offered choice was refused");
      ({ state } = transition);
      choices.push(choice);
      states.push(state);
      steps.push(transition.step);
      if (changedShared(before, state)) seen.clear();
      yield steps.length;
    }
  }
  return { choices, states, steps, spinning, blocked, cut: false };
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
