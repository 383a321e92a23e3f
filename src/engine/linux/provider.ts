/** Linux's own code as a provider of routines: the same calls as ours, by what the kernel tree's text says. */
import { asPte } from "../hardware/descriptor.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { Frame, Note, ResolvedCall, Routine, RoutineProvider, RoutineState, Suspended } from "../routine.ts";
import { argumentsOf, isKnownCall } from "./callArguments.ts";
import { LinuxProblem, treePath } from "./compile.ts";
import { completed, importsFor } from "./imports.ts";
import { type Outcome, type Snapshot, type SuspendableCode, snapshotKey, suspendableCode } from "./suspendable.ts";
import type { Whereabouts } from "./whereabouts.ts";

/**
 * Compiling a module is slow and instantiating it is not: one instance for each scenario's kernel.
 * @param whereabouts left out, a routine's stack says no more than which operation is next
 */
export function linuxRoutines(module: WebAssembly.Module, kernel: Kernel, whereabouts?: Whereabouts): RoutineProvider {
  const warnings: Note[] = [];
  const code = suspendableCode(() => instance);
  const runner = {
    perform: code.perform,
    warn: (file: string, line: number): void => void warnings.push(warningAt(file, line)),
  };
  const instance: WebAssembly.Instance = new WebAssembly.Instance(
    module,
    completed(
      module,
      importsFor(kernel, runner, (pointer) => textAt(instance, pointer)),
    ),
  );
  const known = new Map<string, Routine>();
  return {
    routine(call) {
      const args = argumentsOf(kernel, call);
      if (args === undefined || !code.has(call.fn)) throw new LinuxProblem(`This kernel tree does not offer ${call.fn}.`);
      const identity = `${call.fn} ${args.join(" ")}`;
      const routine = known.get(identity) ?? routineOf(code, call, args, () => warnings.splice(0), whereabouts);
      known.set(identity, routine);
      return routine;
    },
    applyHelper: (helper, pte) => asPte(code.value(HELPER_NAMES[helper] ?? `pte_${helper}`, pte)),
  };
}

/** Where the kernel's name is longer than the document's. */
const HELPER_NAMES: Readonly<Record<string, string>> = { mkwrite: "pte_mkwrite_novma" };

/** Whether a tree's code has a call: one may lack what the shim would call. */
export const offers = (module: WebAssembly.Module, fn: string): boolean =>
  isKnownCall(fn) && WebAssembly.Module.exports(module).some(({ name }) => name === fn);

/** What a call has observed so far, latest first. */
interface History {
  readonly observed: bigint;
  readonly before: History | undefined;
}

/** No other state's key: a call may come back to what it was before its first operation, and is then under way. */
const START = "start";

function routineOf(
  code: SuspendableCode,
  call: ResolvedCall,
  args: readonly (number | bigint)[],
  takeNotes: () => readonly Note[],
  whereabouts: Whereabouts | undefined,
): Routine {
  const { fn } = call;
  const origins = new WeakMap<Suspended, { readonly snapshot: Snapshot; readonly history: History | undefined }>();
  /** By key: what follows each observation. States of equal keys share it. */
  const followers = new Map<string, Map<bigint, RoutineState>>();
  /** By key: they stand in the same place. */
  const stacks = new Map<string, readonly Frame[]>();

  function stackAt(key: string, operation: string, history: History | undefined): readonly Frame[] {
    const stack = stacks.get(key) ?? framesAt(operation, history);
    stacks.set(key, stack);
    return stack;
  }

  function framesAt(operation: string, history: History | undefined): readonly Frame[] {
    const places = whereabouts?.(call, observations(history)) ?? [];
    if (places.length === 0) return [{ label: `${fn}.${operation}`, locals: [] }];
    return places.map((source) => ({ label: `${source.fn}.${source.line}`, locals: [], source })).reverse();
  }

  function stateOf(outcome: Outcome, history: History | undefined): RoutineState {
    const notes = takeNotes();
    if (outcome.status === "returned") return { status: "returned", value: outcome.value, notes };
    const { next, snapshot } = outcome;
    const key = history === undefined ? START : snapshotKey(snapshot);
    const state: Suspended = {
      status: "suspended",
      next,
      // Finding it takes a run of its own.
      get stack() {
        return stackAt(key, next.op, history);
      },
      key,
      notes,
    };
    origins.set(state, { snapshot, history });
    return state;
  }

  return {
    fn,
    start: stateOf(code.start(fn, args), undefined),
    advance(state, observed) {
      const origin = origins.get(state);
      if (origin === undefined) throw new Error(`a state of another routine was given to ${fn}`);
      const following = followers.get(state.key) ?? new Map<bigint, RoutineState>();
      followers.set(state.key, following);
      const next =
        following.get(observed) ?? stateOf(code.resume(fn, args, origin.snapshot, observed), { observed, before: origin.history });
      following.set(observed, next);
      return next;
    },
  };
}

function observations(history: History | undefined): readonly bigint[] {
  const observed: bigint[] = [];
  for (let at = history; at !== undefined; at = at.before) observed.push(at.observed);
  return observed.reverse();
}

function warningAt(file: string, line: number): Note {
  const place = `${treePath(file) ?? file}:${line}`;
  return { kind: "warning", label: place, message: `the kernel warns at ${place}` };
}

/** A C string. */
function textAt({ exports }: WebAssembly.Instance, pointer: number): string {
  const bytes = new Uint8Array((exports["memory"] as WebAssembly.Memory).buffer, pointer);
  return String.fromCharCode(...bytes.subarray(0, bytes.indexOf(0)));
}
