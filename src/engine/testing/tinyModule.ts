/** A WebAssembly module made by hand, in the place of a compiled kernel: ptep_get() reads its entry twice and returns what it read last. */
import type { Kernel } from "../kernel/kernel.ts";
import { kernelOf } from "../lab.ts";
import { hexWords } from "./drawing.ts";
import { kernel, scenarioOf } from "./scenarioOf.ts";

const text = (name: string): readonly number[] => [name.length, ...[...name].map((letter) => letter.charCodeAt(0))];
const section = (id: number, ...content: readonly number[]): readonly number[] => [id, content.length, ...content];

const I32 = 0x7f;
const I64 = 0x7e;
const CALL = [0x10, 0];
const LOCAL_GET = [0x20, 0];
const DROP = 0x1a;
const END = 0x0b;

const body = [0, ...LOCAL_GET, ...CALL, DROP, ...LOCAL_GET, ...CALL, END];

const bytes = [
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...section(1, 1, 0x60, 1, I32, 1, I64),
  ...section(2, 1, ...text("lab"), ...text("read"), 0, 0),
  ...section(3, 1, 0),
  ...section(6, 1, I32, 1, 0x41, 0, END),
  ...section(7, 2, ...text("ptep_get"), 0, 1, ...text("__stack_pointer"), 3, 0),
  ...section(10, 1, body.length, ...body),
];

export const tinyModule = new WebAssembly.Module(new Uint8Array(bytes));

/** The offsets of its two calls. */
export const TINY_CALLS: readonly [number, number] = [bytes.length - body.length + 3, bytes.length - CALL.length - 1];

export const tinyKernel: Kernel = kernelOf(
  scenarioOf({ machine: { ptes: hexWords("W*16") }, actors: [kernel({ fn: "ptep_get", index: 3 })] }),
);
