/** Linux's own code as a provider of routines: the same calls as ours, by what the kernel tree's text says. */
import { asPte } from "../hardware/descriptor.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { Note, ResolvedCall, Routine, RoutineProvider, RoutineState, Suspended } from "../routine.ts";
import { argumentsOf, isKnownCall } from "./callArguments.ts";
import { LinuxProblem, treePath } from "./compile.ts";
import { completed, importsFor } from "./imports.ts";
import { type Outcome, type Snapshot, type SuspendableCode, snapshotKey, suspendableCode } from "./suspendable.ts";

/** Compiling a module is slow and instantiating it is not: one instance for each scenario's kernel. */
export function linuxRoutines(module: WebAssembly.Module, kernel: Kernel): RoutineProvider {
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
      const routine = known.get(identity) ?? routineOf(code, call, args, () => warnings.splice(0));
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

function routineOf(
  code: SuspendableCode,
  call: ResolvedCall,
  args: readonly (number | bigint)[],
  takeNotes: () => readonly Note[],
): Routine {
  const { fn } = call;
  const snapshots = new WeakMap<Suspended, Snapshot>();
  /** By key: what follows each observation. States of equal keys share it. */
  const followers = new Map<string, Map<bigint, RoutineState>>();

  function stateOf(outcome: Outcome): RoutineState {
    const notes = takeNotes();
    if (outcome.status === "returned") return { status: "returned", value: outcome.value, notes };
    const { next, snapshot } = outcome;
    const state: Suspended = { status: "suspended", next, stack: [{ label: next.op, locals: [] }], key: snapshotKey(snapshot), notes };
    snapshots.set(state, snapshot);
    return state;
  }

  return {
    fn,
    start: stateOf(code.start(fn, args)),
    advance(state, observed) {
      const snapshot = snapshots.get(state);
      if (snapshot === undefined) throw new Error(`a state of another routine was given to ${fn}`);
      const following = followers.get(state.key) ?? new Map<bigint, RoutineState>();
      followers.set(state.key, following);
      const next = following.get(observed) ?? stateOf(code.resume(fn, args, snapshot, observed));
      following.set(observed, next);
      return next;
    },
  };
}

const warningAt = (file: string, line: number): Note => ({
  kind: "warning",
  label: "warn",
  message: `the kernel warns at ${treePath(file) ?? file}:${line}`,
});

/** A C string. */
function textAt({ exports }: WebAssembly.Instance, pointer: number): string {
  const bytes = new Uint8Array((exports["memory"] as WebAssembly.Memory).buffer, pointer);
  return String.fromCharCode(...bytes.subarray(0, bytes.indexOf(0)));
}
