/** Compiled kernels, kept in the cache under a digest of everything that goes into them. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { GRANULES, type GranuleName } from "../src/engine/hardware/granule.ts";
import { argumentsFor, compileLinux, filesOf, type LinuxCode } from "../src/engine/linux/compile.ts";
import { cache, lockFile, shim } from "./folders.ts";
import { type KernelTree, textsIn } from "./kernelTree.ts";

export async function builtKernel(tree: KernelTree, name: GranuleName): Promise<LinuxCode> {
  const granule = GRANULES[name];
  const digest = createHash("sha256")
    .update(JSON.stringify([filesOf(tree.read, textsIn(shim)), argumentsFor(granule)]))
    .update(readFileSync(lockFile))
    .digest("hex")
    .slice(0, 16);
  const file = (kind: string): string => join(cache, `${digest}-${name}.${kind}.wasm`);
  const kept = ["plain", "suspendable"].every((kind) => existsSync(file(kind)));
  if (kept) return { granule, plain: readFileSync(file("plain")), suspendable: readFileSync(file("suspendable")) };
  process.stderr.write(`Compiling Linux ${tree.version} for ${name} ...\n`);
  // Late, because it loads 100 MB of compiler.
  const { toolchain } = await import("./toolchain.ts");
  const code = await compileLinux(tree.read, textsIn(shim), granule, toolchain);
  mkdirSync(cache, { recursive: true });
  writeFileSync(file("plain"), code.plain);
  writeFileSync(file("suspendable"), code.suspendable);
  return code;
}
