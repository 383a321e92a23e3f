/**
 * Where in the compiled code each operation of a call is made: runs the plain module,
 * answers every operation with what is known to have been observed, and takes the
 * offsets of the functions under way out of the stack trace.
 */
import type { Kernel } from "../kernel/kernel.ts";
import type { ResolvedCall } from "../routine.ts";
import { argumentsOf } from "./callArguments.ts";
import { completed, importsFor } from "./imports.ts";

/** Offsets into the module, innermost function first. */
export type CodeStack = readonly number[];

/** Thrown through the kernel's code when there are no more answers. */
class OutOfAnswers extends Error {}

export interface Tracer {
  /** @param observed the answer to each operation, in order @returns the stack of each of them */
  stacks(call: ResolvedCall, observed: readonly bigint[]): readonly CodeStack[];
  /** @returns the stack of the operation that follows these */
  stackAfter(call: ResolvedCall, observed: readonly bigint[]): CodeStack;
}

export function tracerOf(module: WebAssembly.Module, kernel: Kernel): Tracer {
  let perform: () => bigint = () => 0n;
  const runner = { perform: () => perform(), warn: (): void => undefined };
  const { exports } = new WebAssembly.Instance(
    module,
    completed(
      module,
      importsFor(kernel, runner, () => ""),
    ),
  );
  const stackPointer = exports["__stack_pointer"] as WebAssembly.Global;
  const stackTop: unknown = stackPointer.value;

  /** Runs the call and leaves it where the answers end. */
  function run(call: ResolvedCall): void {
    const fn = exports[call.fn];
    const args = argumentsOf(kernel, call);
    if (typeof fn !== "function" || args === undefined) throw new Error(`the compiled kernel exports no ${call.fn}`);
    stackPointer.value = stackTop;
    try {
      fn(...args);
    } catch (error) {
      if (!(error instanceof OutOfAnswers)) throw error;
    }
  }

  return {
    stacks(call, observed) {
      const stacks: CodeStack[] = [];
      perform = () => {
        const answer = observed[stacks.length];
        if (answer === undefined) throw new OutOfAnswers();
        stacks.push(codeStack());
        return answer;
      };
      run(call);
      return stacks;
    },
    stackAfter(call, observed) {
      const answers = observed.values();
      let stack: CodeStack | undefined;
      perform = () => {
        const next = answers.next();
        if (!next.done) return next.value;
        stack = codeStack();
        throw new OutOfAnswers();
      };
      run(call);
      if (stack === undefined) throw new Error(`${call.fn} makes no operation after ${observed.length} answers`);
      return stack;
    },
  };
}

/** Deep enough for the kernel's functions below those of this program. */
const STACK_DEPTH = 60;

function codeStack(): CodeStack {
  const usual = Error.stackTraceLimit;
  Error.stackTraceLimit = STACK_DEPTH;
  const { stack = "" } = new Error();
  Error.stackTraceLimit = usual;
  return [...stack.matchAll(/wasm-function\[\d+\]:0x([0-9a-f]+)/g)].map(([, hex = ""]) => Number.parseInt(hex, 16));
}
