/**
 * Compiled code that stops at every operation, and goes on from there any number of
 * times with any answer: Binaryen's asyncify turned into immutable snapshots.
 *
 * Asyncify saves the locals of every function on the way out and restores them on the
 * way back in. What it saved, and the part of the shadow stack in use, are copied out
 * after each stop and back in before the code goes on, so a snapshot is a value: it may
 * be kept, compared and resumed as often as one likes.
 */
import type { Operation } from "../routine.ts";
import { STACK_SIZE } from "./compile.ts";

export interface Snapshot {
  readonly stackPointer: number;
  /** What asyncify saved of the functions under way. */
  readonly frames: Uint8Array;
  /** Variables whose address is taken. */
  readonly stack: Uint8Array;
}

export type Outcome =
  | { readonly status: "suspended"; readonly next: Operation; readonly snapshot: Snapshot }
  | { readonly status: "returned"; readonly value: bigint | undefined };

export interface SuspendableCode {
  has(fn: string): boolean;
  start(fn: string, args: readonly (number | bigint)[]): Outcome;
  /** @param args the same as at the start */
  resume(fn: string, args: readonly (number | bigint)[], from: Snapshot, observed: bigint): Outcome;
  /** A function on values, by its name: it accesses nothing. */
  value(fn: string, word: bigint): bigint;
  /** To be called by the imports. */
  perform(operation: Operation): bigint;
}

type CFunction = (...args: readonly (number | bigint)[]) => number | bigint | undefined;

/** Equal keys mean equal snapshots. */
export function snapshotKey({ stackPointer, frames, stack }: Snapshot): string {
  return `${stackPointer}|${latin1(frames)}|${latin1(stack)}`;
}

const latin1 = (bytes: Uint8Array): string => {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
};

/** Two words at the start of asyncify's buffer say where its content ends and where the buffer does. */
const HEADER = 8;

export function suspendableCode(instance: () => WebAssembly.Instance): SuspendableCode {
  let state: "running" | "unwinding" | "rewinding" = "running";
  let pending: Operation | undefined;
  let reply = 0n;
  let parts: ReturnType<typeof partsOf> | undefined;
  const wasm = (): ReturnType<typeof partsOf> => {
    parts ??= partsOf(instance());
    return parts;
  };

  function run(fn: string, args: readonly (number | bigint)[]): Outcome {
    const { call, memory, stackPointer, stackTop, buffer, frameWords } = wasm();
    const value = call(fn)(...args);
    if (pending === undefined) {
      return { status: "returned", value: value === undefined ? undefined : unsigned(value) };
    }
    call("asyncify_stop_unwind")();
    state = "running";
    const sp = Number(stackPointer.value);
    const snapshot: Snapshot = {
      stackPointer: sp,
      frames: memory.slice(buffer + HEADER, frameWords[0]),
      stack: memory.slice(sp, stackTop),
    };
    const next = pending;
    pending = undefined;
    return { status: "suspended", next, snapshot };
  }

  /** Nothing of an earlier run may shine through: a state must follow from its own history alone. */
  function prepare(frames: Uint8Array, stack: Uint8Array): void {
    const { memory, stackBottom, stackTop, buffer, bufferEnd, frameWords } = wasm();
    state = "running";
    pending = undefined;
    memory.fill(0, stackBottom, stackTop - stack.length);
    memory.set(stack, stackTop - stack.length);
    memory.set(frames, buffer + HEADER);
    frameWords[0] = buffer + HEADER + frames.length;
    frameWords[1] = bufferEnd;
  }

  return {
    has: (fn) => wasm().has(fn),
    start(fn, args) {
      prepare(NOTHING, NOTHING);
      wasm().stackPointer.value = wasm().stackTop;
      return run(fn, args);
    },
    resume(fn, args, from, observed) {
      prepare(from.frames, from.stack);
      // Functions entered again skip their beginnings, where they would have moved it.
      wasm().stackPointer.value = from.stackPointer;
      reply = observed;
      state = "rewinding";
      wasm().call("asyncify_start_rewind")(wasm().buffer);
      return run(fn, args);
    },
    value: (fn, word) => unsigned(wasm().call(`value:${fn}`)(word, 0n) ?? 0n),
    perform(operation) {
      const { call, buffer } = wasm();
      if (state === "rewinding") {
        call("asyncify_stop_rewind")();
        state = "running";
        return reply;
      }
      pending = operation;
      state = "unwinding";
      call("asyncify_start_unwind")(buffer);
      return 0n;
    },
  };
}

const NOTHING = new Uint8Array(0);

/** C's numbers come out signed. */
const unsigned = (value: number | bigint): bigint => (typeof value === "bigint" ? BigInt.asUintN(64, value) : BigInt(value >>> 0));

function partsOf({ exports }: WebAssembly.Instance) {
  const call = (fn: string): CFunction => {
    const exported = exports[fn];
    if (typeof exported !== "function") throw new Error(`the compiled kernel exports no ${fn}`);
    return exported as CFunction;
  };
  const { memory: shared, __stack_pointer: stackPointer } = exports;
  if (!(shared instanceof WebAssembly.Memory) || !(stackPointer instanceof WebAssembly.Global))
    throw new Error("the compiled kernel exports no memory or no stack pointer");
  const buffer = Number(call("frames")());
  const stackTop = Number(stackPointer.value);
  return {
    has: (fn: string) => typeof exports[fn] === "function",
    call,
    memory: new Uint8Array(shared.buffer),
    stackPointer,
    stackTop,
    stackBottom: Math.max(0, stackTop - STACK_SIZE),
    buffer,
    bufferEnd: buffer + Number(call("frames_size")()),
    frameWords: new Uint32Array(shared.buffer, buffer, 2),
  };
}
