/** `lab run`: one scenario to one JSON report (docs/headless.md). */
import { hex } from "../hardware/descriptor.ts";
import { machineFor } from "../lab.ts";
import { finish } from "../machine/finish.ts";
import type { Machine } from "../machine/machine.ts";
import { type OutcomeReport, outcomeReport } from "../machine/outcomeReport.ts";
import { finalState, replay } from "../machine/run.ts";
import type { MachineState } from "../machine/state.ts";
import { breachOf, type Effect, type KernelStep, type Step, tellingPlace } from "../machine/step.ts";
import type { RoutineProvider } from "../routine.ts";
import type { Problem } from "../scenario/problem.ts";
import type { Choice, Scenario } from "../scenario/scenario.ts";
import { divergence } from "./divergence.ts";

export interface RunReport extends OutcomeReport {
  readonly steps: readonly StepReport[];
  readonly faults: readonly { readonly step: number; readonly actor: number; readonly index: number; readonly fault: string }[];
  readonly warnings: readonly { readonly step: number; readonly actor: number; readonly label: string; readonly message: string }[];
  /** Only where something was violated in this very run: TLB conflicts without BBM level 2, accesses outside the table. */
  readonly violations?: readonly { readonly step: number; readonly actor: number; readonly property: string; readonly index: number }[];
  /** Stopped early, after so many steps. */
  readonly stopped?: { readonly steps: number };
  /** Actors that could only repeat themselves, when no choices were given. */
  readonly spinning?: readonly number[];
  /** Actors that wait for what nobody will do, when no choices were given. */
  readonly blocked?: readonly number[];
}

export type StepReport = Readonly<Record<string, string | number | boolean | readonly PlaceReport[]>>;

/** A line of a kernel tree. */
type PlaceReport = { readonly function: string; readonly file: string; readonly line: number };

/** A run longer than this is stopped early: its report would not fit into memory. */
const MOST_STEPS = 1_000_000;

export type RunResult =
  | { readonly ok: true; readonly report: RunReport; readonly choices: readonly Choice[] }
  | { readonly ok: false; readonly problem: Problem };

/** @param provider other routines than ours to run */
export function runReport(scenario: Scenario, provider?: RoutineProvider): RunResult {
  const machine = machineFor(scenario, provider);
  if (scenario.choices.length > 0) {
    const run = replay(machine, scenario.choices);
    if (run.diverged !== undefined) return { ok: false, problem: divergence(machine, run, scenario.choices) };
    return { ok: true, report: reportOf(run.steps, finalState(run)), choices: scenario.choices };
  }
  const { choices, steps, final, spinning, blocked, ended } = toTheEnd(machine);
  return {
    ok: true,
    choices,
    report: {
      ...reportOf(steps, final),
      ...(ended !== undefined && { stopped: { steps: steps.length } }),
      ...(spinning.length > 0 && { spinning }),
      ...(blocked.length > 0 && { blocked }),
    },
  };
}

function toTheEnd(machine: Machine) {
  const running = finish(machine, machine.initial, { most: MOST_STEPS });
  for (;;) {
    const next = running.next();
    if (next.done) return next.value;
  }
}

function reportOf(steps: readonly Step[], final: MachineState): RunReport {
  const events = steps.flatMap((step, n) => step.events.map((event) => ({ step: n, actor: step.actor, event })));
  const violations = events.flatMap(({ step, actor, event }) => {
    const property = breachOf(event);
    return property !== undefined && "index" in event ? [{ step, actor, property, index: event.index }] : [];
  });
  return {
    steps: steps.map(stepReport),
    ...outcomeReport(final),
    faults: events.flatMap(({ step, actor, event }) =>
      event.kind === "fault" ? [{ step, actor, index: event.index, fault: event.fault }] : [],
    ),
    warnings: events.flatMap(({ step, actor, event }) =>
      event.kind === "warning" ? [{ step, actor, label: event.label, message: event.message }] : [],
    ),
    ...(violations.length > 0 && { violations }),
  };
}

export function stepReport(step: Step): StepReport {
  const { actor } = step;
  switch (step.kind) {
    case "kernel":
      return { actor, fn: step.fn, ...effectReport(step.effect), ...placeReport(step) };
    case "mmu":
      return {
        actor,
        op: step.rw,
        index: step.index,
        result: step.result,
        hit: step.hit,
        ...(step.update && { updated: step.update.index, old: hex(step.update.old), new: hex(step.update.new) }),
      };
    case "land":
      return { actor, op: "land", index: step.index, nr: step.nr };
    default:
      return step satisfies never;
  }
}

/** In the stead of a label compiled code has its place in the tree, and those of its callers. */
function placeReport({ label, source = [] }: KernelStep): StepReport {
  const place = tellingPlace(source);
  if (place === undefined) return { label };
  return {
    function: place.fn,
    file: place.file,
    line: place.line,
    stack: source.map(({ fn, file, line }) => ({ function: fn, file, line })),
  };
}

function effectReport(effect: Effect): StepReport {
  switch (effect.op) {
    case "read":
      return { op: effect.op, index: effect.index, old: hex(effect.old) };
    case "write":
    case "xchg":
    case "cmpxchg":
      return { op: effect.op, index: effect.index, old: hex(effect.old), new: hex(effect.new) };
    case "tlbi":
      return { ...effect, stride: Number(effect.stride) };
    case "ref":
      return { op: effect.op, pfn: hex(effect.pfn), change: effect.change };
    case "lock":
    case "unlock":
      return { op: effect.op };
    case "overrun":
      return { op: effect.op, index: effect.index };
    default:
      return effect satisfies never;
  }
}
