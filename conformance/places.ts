/**
 * Holds the place that each of our labels claims against the place in Linux's source
 * where the access is really made, by the debug information of the compiled kernel.
 *
 * The rule: our stack of (function, file, line), outermost first, must be met in order
 * by the kernel's inlined frames. The frames between and after may only be those of
 * helpers (src/engine/linux/helpers.ts), which our engine does not show.
 */

import { builtInRoutines } from "../src/engine/kernel/calls.ts";
import { LISTINGS } from "../src/engine/kernel/listings.ts";
import { kernelOf } from "../src/engine/lab.ts";
import { isHelper } from "../src/engine/linux/helpers.ts";
import type { CodePlace } from "../src/engine/linux/toolchain.ts";
import { type CodeStack, tracerOf } from "../src/engine/linux/traces.ts";
import { finish } from "../src/engine/machine/finish.ts";
import { createMachine } from "../src/engine/machine/machine.ts";
import { finalState, replay } from "../src/engine/machine/run.ts";
import type { ResolvedCall, RoutineProvider } from "../src/engine/routine.ts";
import type { Scenario } from "../src/engine/scenario/scenario.ts";

/** Labels whose operation the shim makes in the kernel's stead: there is no place to compare. */
export const OF_THE_SHIM: ReadonlySet<string> = new Set(["ptl_lock.acquire", "ptl_unlock.release"]);

const PLACES: ReadonlyMap<string, CodePlace> = new Map(
  LISTINGS.flatMap(({ fn, file, lines }) =>
    lines.flatMap(({ place, kernelLine }): [string, CodePlace][] =>
      place === undefined || kernelLine === undefined ? [] : [[`${fn}.${place}`, { fn, file, line: kernelLine }]],
    ),
  ),
);

export const ALL_LABELS: readonly string[] = [...PLACES.keys()];

/** One way of standing somewhere, as our engine and as the kernel's code says it. */
export interface Sighting {
  /** Outermost first. */
  readonly labels: readonly string[];
  readonly offsets: CodeStack;
  readonly times: number;
}

export class Sightings {
  readonly #all = new Map<string, Sighting>();

  get list(): readonly Sighting[] {
    return [...this.#all.values()];
  }

  /** Runs a scenario on our routines, and every call of it on the kernel's with the same observations. */
  add(module: WebAssembly.Module, scenario: Scenario): void {
    const tracer = tracerOf(module, kernelOf(scenario));
    for (const { call, labels, observed } of callsMade(scenario)) {
      const stacks = tracer.stacks(call, observed);
      for (const [n, offsets] of stacks.entries()) this.#add({ labels: labels[n] ?? [], offsets, times: 1 });
    }
  }

  #add({ labels, offsets, times }: Sighting): void {
    const key = `${labels.join(" ")} ${offsets.join(" ")}`;
    this.#all.set(key, { labels, offsets, times: times + (this.#all.get(key)?.times ?? 0) });
  }
}

interface CallMade {
  readonly call: ResolvedCall;
  readonly labels: string[][];
  readonly observed: bigint[];
}

function callsMade(scenario: Scenario): readonly CallMade[] {
  const made: CallMade[] = [];
  const ours = builtInRoutines(kernelOf(scenario));
  const recording: RoutineProvider = {
    ...ours,
    routine(call) {
      const routine = ours.routine(call);
      const record: CallMade = { call, labels: [], observed: [] };
      made.push(record);
      return {
        ...routine,
        advance(state, observed) {
          record.labels.push(state.stack.map(({ label }) => label));
          record.observed.push(observed);
          return routine.advance(state, observed);
        },
      };
    },
  };
  const machine = createMachine(scenario, recording);
  const running = finish(machine, finalState(replay(machine, scenario.choices)));
  while (!running.next().done);
  return made;
}

export interface WrongPlace {
  /** The outermost label that the kernel does not bear out. */
  readonly label: string;
  readonly labels: readonly string[];
  /** What our listings say, outermost first; undefined for a label that is not listed. */
  readonly claimed: readonly (CodePlace | undefined)[];
  /** Outermost first. */
  readonly kernel: readonly CodePlace[];
}

/** @param framesAt the frames of one offset, innermost first @returns what is wrong; undefined proves the place */
export function wrongPlace({ labels, offsets }: Sighting, framesAt: (offset: number) => readonly CodePlace[]): WrongPlace | undefined {
  const kernel = offsets.flatMap(framesAt).reverse();
  const claimed = labels.map((label) => PLACES.get(label));
  if (labels.every((label) => OF_THE_SHIM.has(label))) return undefined;
  const met = placesMet(claimed, kernel);
  if (met === "all") return undefined;
  return { label: labels[met] ?? labels.at(-1) ?? "", labels, claimed, kernel };
}

/** Whether `claimed` is met in order by `kernel`, all else being helpers; if not, how many are met before the one that is not. */
function placesMet(claimed: readonly (CodePlace | undefined)[], kernel: readonly CodePlace[]): number | "all" {
  let next = 0;
  for (const frame of kernel) {
    const want = claimed[next];
    if (want !== undefined && want.fn === frame.fn && want.file === frame.file && want.line === frame.line) next++;
    else if (!isHelper(frame.fn)) return next;
  }
  return next === claimed.length ? "all" : next;
}
