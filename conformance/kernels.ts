/** Both kernels, ours and Linux's, as providers of routines. */
import { moduleOf } from "../linux/code.ts";
import { compiled } from "../linux/compiled.ts";
import type { KernelTree } from "../linux/tree.ts";
import type { GranuleName } from "../src/engine/hardware/granule.ts";
import { builtInRoutines, CALLS } from "../src/engine/kernel/calls.ts";
import { kernelOf } from "../src/engine/lab.ts";
import type { LinuxCode } from "../src/engine/linux/compile.ts";
import { linuxRoutines, offers } from "../src/engine/linux/provider.ts";
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

export async function builtLinux(tree: KernelTree, granules: readonly GranuleName[], tell: (sentence: string) => void): Promise<Linux> {
  const built = new Map<GranuleName, { readonly code: LinuxCode; readonly module: WebAssembly.Module }>();
  for (const granule of granules) {
    const code = await compiled(tree, granule, tell);
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

/** Calls that all these modules have. */
export const callsOf = (modules: readonly WebAssembly.Module[]): readonly string[] =>
  [...CALLS.keys()].filter((fn) => modules.every((module) => offers(module, fn)));
