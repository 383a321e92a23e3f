/** Finds a kernel tree: the one that is named, or what Debian packages. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LinuxProblem, type ReadText } from "../src/engine/linux/compile.ts";
import { KERNEL_FILES } from "../src/engine/linux/sources.ts";
import { cache } from "./folders.ts";

export interface KernelTree {
  /** For example 6.12.117. */
  readonly version: string;
  /** For people: which tree it is. */
  readonly name: string;
  readonly read: ReadText;
}

export const textsIn =
  (folder: string): ReadText =>
  (path) => {
    const file = join(folder, path);
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  };

/** Every file of a tree that is read. */
export const FILES_READ: readonly string[] = ["Makefile", ...KERNEL_FILES];

/** @param folder the root of a kernel tree */
export function treeIn(folder: string, name = folder): KernelTree {
  const read = textsIn(folder);
  const makefile = read("Makefile");
  if (makefile === undefined) throw new LinuxProblem(`${folder} is no kernel tree: it has no Makefile.`);
  const part = (key: string): string => new RegExp(`^${key} *= *(\\S*)$`, "m").exec(makefile)?.[1] ?? "";
  const version = `${part("VERSION")}.${part("PATCHLEVEL")}.${part("SUBLEVEL")}${part("EXTRAVERSION")}`;
  return { version, name: `Linux ${version} of ${name}`, read };
}

const PACKAGE = "linux-source-6.12";
const ARCHIVE = `/usr/src/${PACKAGE}.tar.xz`;

/** Debian's package, of which those files are unpacked into the cache that are read. */
export function debianTree(): KernelTree {
  if (!existsSync(ARCHIVE)) install();
  const { size, mtimeMs } = statSync(ARCHIVE);
  const digest = createHash("sha256")
    .update(JSON.stringify([size, mtimeMs, FILES_READ]))
    .digest("hex");
  const folder = join(cache, `tree-${digest.slice(0, 16)}`);
  if (existsSync(folder)) return treeIn(folder, PACKAGE);
  process.stderr.write(`Extracting ${FILES_READ.length} files from ${ARCHIVE} ...\n`);
  const part = `${folder}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true });
  const list = join(part, "wanted");
  writeFileSync(list, FILES_READ.map((path) => `${PACKAGE}/${path}\n`).join(""));
  // tar complains of files that this kernel lacks; which of them are needed is for the compiler to say.
  spawnSync("tar", ["-xJf", ARCHIVE, "-C", part, "--strip-components=1", "-T", list], { stdio: "ignore" });
  if (!existsSync(join(part, "Makefile"))) throw new LinuxProblem(`${ARCHIVE} could not be unpacked: install tar and xz-utils.`);
  renameSync(part, folder);
  return treeIn(folder, PACKAGE);
}

function install(): void {
  const advice = `install one (on Debian: "sudo apt-get install ${PACKAGE}") or name a kernel tree with --linux`;
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) throw new LinuxProblem(`No kernel source was found: ${advice}.`);
  process.stderr.write(`Installing Debian's ${PACKAGE} (apt-get) ...\n`);
  const apt = (...args: readonly string[]): void => {
    spawnSync("apt-get", args, { stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
  };
  apt("update", "-qq");
  apt("install", "-y", "-qq", "--no-install-recommends", PACKAGE);
  if (!existsSync(ARCHIVE)) throw new LinuxProblem(`Debian's ${PACKAGE} could not be installed: ${advice}.`);
}
