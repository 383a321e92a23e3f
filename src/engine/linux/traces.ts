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

/** @param observed the answer to each operation, in order; the call is left where they end */
export function codeStacks(
  module: WebAssembly.Module,
  kernel: Kernel,
  call: ResolvedCall,
  observed: readonly bigint[],
): readonly CodeStack[] {
  const stacks: CodeStack[] = [];
  const perform = (): bigint => {
    const answer = observed[stacks.length];
    if (answer === undefined) throw new OutOfAnswers();
    stacks.push(offsetsIn(new Error().stack ?? ""));
    return answer;
  };
  const runner = { perform, warn: (): void => undefined };
  const { exports } = new WebAssembly.Instance(
    module,
    completed(
      module,
      importsFor(kernel, runner, () => ""),
    ),
  );
  const run = exports[call.fn];
  const args = argumentsOf(kernel, call);
  if (typeof run !== "function" || args === undefined) throw new Error(`the compiled kernel exports no ${call.fn}`);
  try {
    run(...args);
  } catch (error) {
    if (!(error instanceof OutOfAnswers)) throw error;
  }
  return stacks;
}

const offsetsIn = (stack: string): CodeStack =>
  [...stack.matchAll(/wasm-function\[\d+\]:0x([0-9a-f]+)/g)].map(([, hex = ""]) => Number.parseInt(hex, 16));
