import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { LinuxProblem } from "../src/engine/linux/compile.ts";
import { filesTouched, patchedTree } from "./patch.ts";
import { textsIn, treeIn } from "./tree.ts";

const folder = mkdtempSync(join(tmpdir(), "contpte-lab-patch-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const CONTPTE = "arch/arm64/mm/contpte.c";
const MEMORY = "mm/memory.c";

/** A tree of made-up C. */
const tree = join(folder, "tree");
const write = (path: string, text: string): string => {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
};
write("tree/Makefile", "VERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 3\nEXTRAVERSION = -mine\n");
write(`tree/${CONTPTE}`, "int one(void)\n{\n\treturn 1;\n}\n");
write(`tree/${MEMORY}`, "int two(void)\n{\n\treturn 2;\n}\n");

/** Of one line of a file of four. */
const diff = (path: string, from: string, to: string): string =>
  `--- a/${path}\n+++ b/${path}\n@@ -1,4 +1,4 @@\n int ${from === "1" || from === "10" ? "one" : "two"}(void)\n {\n-\treturn ${from};\n+\treturn ${to};\n }\n`;
const elsewhere = "--- a/mm/slub.c\n+++ b/mm/slub.c\n@@ -1 +1 @@\n-x\n+y\n";

let told: string[] = [];
beforeEach(() => {
  told = [];
});
const tell = (sentence: string): void => void told.push(sentence);
const problemOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof LinuxProblem) return error.message;
    throw error;
  }
  return "no problem";
};

const hasGit = spawnSync("git", ["--version"]).status === 0;

describe.skipIf(!hasGit)("a patched tree", () => {
  // That whoever compiles can say more of the difference needs whole files, which these are not.
  const patched = (...patches: readonly string[]) => patchedTree(tree, patches, tell, () => "");

  it("is a copy: the patches are applied in order, and the tree stays as it is", () => {
    const [first, then] = [write("1.patch", diff(CONTPTE, "1", "10")), write("2.patch", diff(CONTPTE, "10", "100"))];
    const both = patched(first, then);
    expect(both.read(CONTPTE)).toContain("return 100;");
    expect(both.read(MEMORY)).toContain("return 2;");
    expect(both.name).toBe(`Linux 6.12.3-mine of ${tree} with ${first} with ${then}`);
    expect(treeIn(tree).read(CONTPTE)).toContain("return 1;");
    expect(problemOf(() => patched(then, first))).toMatch(/2\.patch does not apply:\nerror: patch failed: arch\/arm64\/mm\/contpte\.c:1/);
  });

  it("leaves out files that are not read, and says so", () => {
    const some = write("some.patch", elsewhere + diff(MEMORY, "2", "20"));
    expect(patched(some).read(MEMORY)).toContain("return 20;");
    expect(told[0]).toBe(`Left out of ${some}, because nothing of it runs here: mm/slub.c.`);
    const none = write("none.patch", elsewhere);
    expect(problemOf(() => patched(none))).toBe(`${none} changes nothing that runs here: of mm/slub.c nothing is read.`);
  });

  it("says so if what is compiled stays the same", () => {
    const patch = write("same.patch", diff(CONTPTE, "1", "10"));
    patchedTree(tree, [patch], tell, () => "the same");
    expect(told).toEqual([`${patch}: what is changed is none of the functions that run here.`]);
    told = [];
    patchedTree(tree, [patch], tell, ({ read }) => read(CONTPTE) ?? "");
    expect(told).toEqual([]);
  });

  it("is refused in git's words where a patch is none", () => {
    expect(problemOf(() => patched(write("words.patch", "Dear all,\n")))).toMatch(/words\.patch does not apply:\nerror: /);
  });

  it("is refused in a sentence where there is no patch or no tree", () => {
    expect(problemOf(() => patched(join(folder, "missing")))).toBe(`There is no patch ${join(folder, "missing")}.`);
    expect(problemOf(() => patchedTree(folder, [], tell))).toBe(`${folder} is no kernel tree: it has no Makefile.`);
  });
});

it("reads the names of files out of what git prints", () => {
  expect(filesTouched("1\t2\tmm/a b.c\0-\t-\tx.bin\0")).toEqual(["mm/a b.c", "x.bin"]);
  expect(filesTouched("")).toEqual([]);
});

it("a folder has the texts of its files, and none of those it lacks", () => {
  expect(textsIn(tree)(MEMORY)).toContain("two");
  expect(textsIn(tree)("mm/none.c")).toBeUndefined();
});
