/** What `lab --linux` runs scenarios on: a tree of this machine, perhaps patched, compiled when it is needed. */
import type { Code } from "../src/engine/headless/code.ts";
import { type LinuxBuild, linuxCode } from "../src/engine/headless/linuxCode.ts";
import type { TreeWish } from "../src/engine/headless/trees.ts";
import type { LinuxCode } from "../src/engine/linux/compile.ts";
import { compiled } from "./compiled.ts";
import { patchedTree } from "./patch.ts";
import { treeIn } from "./tree.ts";

/** @param tell what takes long or is left out, in a sentence */
export function codeOf({ folder, patches }: TreeWish, tell: (sentence: string) => void): Code {
  const tree = patches.length === 0 ? treeIn(folder) : patchedTree(folder, patches, tell);
  return linuxCode(tree.name, async (granule) => buildOf(await compiled(tree, granule, tell)));
}

export const buildOf = ({ plain, suspendable, places, withoutMm }: LinuxCode): LinuxBuild => ({
  plain: moduleOf(plain),
  suspendable: moduleOf(suspendable),
  places,
  withoutMm,
});

export const moduleOf = (bytes: Uint8Array): WebAssembly.Module => new WebAssembly.Module(bytes as BufferSource);
