/** A kernel tree with patches applied: to a copy of the files that are read, by git. */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { filesOf, LinuxProblem } from "../src/engine/linux/compile.ts";
import { shim } from "./folders.ts";
import { FILES_READ, type KernelTree, textsIn, treeIn } from "./tree.ts";

/**
 * @param patches unified diffs, applied in this order
 * @param tell what is left out of them
 * @param codeIn all of a tree that is compiled
 */
export function patchedTree(
  folder: string,
  patches: readonly string[],
  tell: (sentence: string) => void,
  codeIn: (tree: KernelTree) => string = codeCompiled,
): KernelTree {
  const original = treeIn(folder);
  const copy = mkdtempSync(join(tmpdir(), "contpte-lab-tree-"));
  try {
    for (const path of FILES_READ) {
      const from = join(folder, path);
      if (!existsSync(from)) continue;
      mkdirSync(dirname(join(copy, path)), { recursive: true });
      cpSync(from, join(copy, path));
    }
    for (const patch of patches) apply(patch, copy, tell);
    const { version, name, read } = treeIn(copy, [folder, ...patches].join(" with "));
    const texts = new Map(FILES_READ.map((path) => [path, read(path)]));
    const tree: KernelTree = { version, name, read: (path) => texts.get(path) };
    if (codeIn(tree) === codeIn(original)) tell(`${patches.join(", ")}: what is changed is none of the functions that run here.`);
    return tree;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** Wherever its lines may stand. */
const codeCompiled = (tree: KernelTree): string => JSON.stringify(filesOf(tree.read, textsIn(shim))).replace(/#line \d+/g, "");

function apply(patch: string, copy: string, tell: (sentence: string) => void): void {
  const file = resolve(patch);
  if (!existsSync(file)) throw new LinuxProblem(`There is no patch ${patch}.`);
  const touched = filesTouched(git(patch, copy, "--numstat", "-z", file));
  const [read, unread] = [touched.filter((path) => FILES_READ.includes(path)), touched.filter((path) => !FILES_READ.includes(path))];
  if (read.length === 0)
    throw new LinuxProblem(`${patch} changes nothing that runs here: of ${touched.join(", ") || "no file"} nothing is read.`);
  if (unread.length > 0) tell(`Left out of ${patch}, because nothing of it runs here: ${unread.join(", ")}.`);
  git(patch, copy, "--whitespace=nowarn", ...read.map((path) => `--include=${path}`), file);
}

/** From what `git apply --numstat -z` prints: lines added, lines removed, the file's name. */
export const filesTouched = (numstat: string): readonly string[] =>
  numstat
    .split("\0")
    .map((record) => record.split("\t")[2] ?? "")
    .filter((path) => path !== "");

/** @returns what `git apply` prints */
function git(patch: string, folder: string, ...args: readonly string[]): string {
  const { error, status, stdout, stderr } = spawnSync("git", ["apply", ...args], {
    cwd: folder,
    encoding: "utf8",
    // Whatever repository the folder may be in, it has nothing to do with this.
    env: { ...process.env, GIT_CEILING_DIRECTORIES: dirname(folder) },
  });
  if (error !== undefined) throw new LinuxProblem(`--patch needs git, which could not be started (${error.message}): install git.`);
  if (status !== 0) throw new LinuxProblem(`${patch} does not apply:\n${stderr.trim()}`);
  return stdout;
}
