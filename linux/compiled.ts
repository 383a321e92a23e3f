/** A kernel tree's code, compiled for a granule, and kept in the cache under a digest of all that goes into it. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { installDependencies, SetupProblem } from "../scripts/setup.mjs";
import { GRANULES, type GranuleName } from "../src/engine/hardware/granule.ts";
import { argumentsFor, compileLinux, filesOf, firstError, type LinuxCode, LinuxProblem, OPERATIONS } from "../src/engine/linux/compile.ts";
import { cache, compiler, lockFile, shim, toolchainFile } from "./folders.ts";
import { type KernelTree, textsIn } from "./tree.ts";

/** @param tell what takes long, in a sentence */
export async function compiled(tree: KernelTree, name: GranuleName, tell: (sentence: string) => void): Promise<LinuxCode> {
  const granule = GRANULES[name];
  const digest = createHash("sha256")
    .update(JSON.stringify([filesOf(tree.read, textsIn(shim)), argumentsFor(granule), OPERATIONS]))
    .update(readFileSync(lockFile))
    .update(readFileSync(toolchainFile))
    .digest("hex")
    .slice(0, 16);
  const files = new Map(PARTS.map((part) => [part, join(cache, `${digest}-${name}.${part}`)]));
  if ([...files.values()].every((file) => existsSync(file))) return { granule, ...kept((part) => readFileSync(files.get(part) ?? "")) };

  tell(`Compiling ${tree.name} for ${name} ...`);
  installCompiler(tell);
  // Late, because it loads 100 MB of compiler.
  const { toolchain } = await import("./toolchain.ts");
  const code = await compileLinux(tree.read, textsIn(shim), granule, toolchain);
  if (code.withoutMm !== undefined) tell(`Without core mm, which does not compile: ${firstError(code.withoutMm)}`);
  const { places, withoutMm, plain, suspendable } = code;
  const contents = { "plain.wasm": plain, "suspendable.wasm": suspendable, json: JSON.stringify({ places: [...places], withoutMm }) };
  mkdirSync(cache, { recursive: true });
  for (const [part, file] of files) {
    writeFileSync(`${file}.part`, contents[part]);
    renameSync(`${file}.part`, file);
  }
  return code;
}

const PARTS = ["plain.wasm", "suspendable.wasm", "json"] as const;

function kept(read: (part: (typeof PARTS)[number]) => Uint8Array): Omit<LinuxCode, "granule"> {
  const { places, ...rest } = JSON.parse(String(read("json")));
  return { plain: read("plain.wasm"), suspendable: read("suspendable.wasm"), places: new Map(places), ...rest };
}

function installCompiler(tell: (sentence: string) => void): void {
  try {
    installDependencies(compiler, "the compiler for kernel trees, 200 MB", tell);
  } catch (error) {
    if (error instanceof SetupProblem) throw new LinuxProblem(error.message);
    throw error;
  }
}
