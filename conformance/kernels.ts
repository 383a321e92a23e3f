/** Both kernels, ours and Linux's, as providers of routines. Compiled code is kept in the cache under a digest of all that goes into it. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { GRANULES, type GranuleName } from "../src/engine/hardware/granule.ts";
import { builtInRoutines, CALLS } from "../src/engine/kernel/calls.ts";
import { kernelOf } from "../src/engine/lab.ts";
import { argumentsFor, compileLinux, filesOf, type LinuxCode, OPERATIONS } from "../src/engine/linux/compile.ts";
import { linuxRoutines, offers } from "../src/engine/linux/provider.ts";
import { cache, lockFile, shim, toolchainFile } from "./folders.ts";
import { type KernelTree, textsIn } from "./kernelTree.ts";
import type { ProviderOf } from "./sequential.ts";

export const ours: ProviderOf = (scenario) => builtInRoutines(kernelOf(scenario));

/** One tree's code for each granule. */
export interface Linux {
  readonly version: string;
  code(granule: GranuleName): LinuxCode;
  readonly routines: ProviderOf;
  /** The calls of ours that it has too. */
  readonly calls: readonly string[];
}

export async function builtLinux(tree: KernelTree, granules: readonly GranuleName[]): Promise<Linux> {
  const built = new Map<GranuleName, { readonly code: LinuxCode; readonly module: WebAssembly.Module }>();
  for (const granule of granules) {
    const code = await keptOrCompiled(tree, granule);
    built.set(granule, { code, module: moduleOf(code.suspendable) });
  }
  const of = (granule: GranuleName) => {
    const found = built.get(granule);
    if (found === undefined) throw new Error(`no kernel was compiled for ${granule}`);
    return found;
  };
  return {
    version: tree.version,
    code: (granule) => of(granule).code,
    routines: (scenario) => linuxRoutines(of(scenario.granule).module, kernelOf(scenario)),
    calls: callsOf([...built.values()].map(({ module }) => module)),
  };
}

export const moduleOf = (bytes: Uint8Array): WebAssembly.Module => new WebAssembly.Module(bytes as BufferSource);

/** Calls that all these modules have. */
export const callsOf = (modules: readonly WebAssembly.Module[]): readonly string[] =>
  [...CALLS.keys()].filter((fn) => modules.every((module) => offers(module, fn)));

async function keptOrCompiled(tree: KernelTree, name: GranuleName): Promise<LinuxCode> {
  const granule = GRANULES[name];
  const digest = createHash("sha256")
    .update(JSON.stringify([filesOf(tree.read, textsIn(shim)), argumentsFor(granule), OPERATIONS]))
    .update(readFileSync(lockFile))
    .update(readFileSync(toolchainFile))
    .digest("hex")
    .slice(0, 16);
  const file = (kind: string): string => join(cache, `${digest}-${name}.${kind}.wasm`);
  if (["plain", "suspendable"].every((kind) => existsSync(file(kind))))
    return { granule, plain: readFileSync(file("plain")), suspendable: readFileSync(file("suspendable")) };

  process.stderr.write(`Compiling Linux ${tree.version} for ${name} ...\n`);
  // Late, because it loads 100 MB of compiler.
  const { toolchain } = await import("./toolchain.ts");
  const code = await compileLinux(tree.read, textsIn(shim), granule, toolchain);
  if (code.withoutMm !== undefined) process.stderr.write(`Without core mm, which does not compile: ${firstError(code.withoutMm)}\n`);
  mkdirSync(cache, { recursive: true });
  for (const kind of ["plain", "suspendable"] as const) {
    writeFileSync(`${file(kind)}.part`, code[kind]);
    renameSync(`${file(kind)}.part`, file(kind));
  }
  return code;
}

const firstError = (messages: string): string => {
  const lines = messages.split("\n");
  return lines.find((line) => line.includes("error:")) ?? lines[0] ?? "";
};
