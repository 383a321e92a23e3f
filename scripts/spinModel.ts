/** Generates, compiles and runs a model with SPIN, in a folder of its own. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface PanRun {
  readonly states: number;
  /** Steps from the start to the failure that the search stopped at; undefined if it found none. */
  readonly failedAt: number | undefined;
  readonly transitions: number;
  /** A bit for each property that fails; only of a tally. */
  readonly violated: number;
  readonly seconds: { readonly generate: number; readonly compile: number; readonly run: number };
}

/** No reduction and no compaction: every state is stored whole, as ours are. */
const FLAGS = ["-DNOREDUCE", "-DSAFETY", "-DMEMLIM=8000"];

/**
 * Everything, where nothing may fail; everything, what fails being added up; or breadth-first until something fails.
 */
export type Aim = "all" | "tally" | "shortest";

/** @param optimize the C compiler's level */
export function runModel(text: string, optimize: "-O0" | "-O2", aim: Aim = "all"): PanRun {
  const folder = mkdtempSync(join(tmpdir(), "contpte-lab-spin-"));
  try {
    writeFileSync(join(folder, "model.pml"), text);
    const began = performance.now();
    call(folder, "spin", ...(aim === "tally" ? ["-DTALLY"] : []), "-a", "model.pml");
    const generated = performance.now();
    call(folder, "gcc", optimize, ...FLAGS, ...(aim === "shortest" ? ["-DBFS"] : []), "-w", "-o", "pan", "pan.c");
    const compiled = performance.now();
    const said = call(folder, "./pan", "-m200000", "-E", "-b");
    const figure = (pattern: RegExp): number => Number(pattern.exec(said)?.[1] ?? Number.NaN);
    if (aim !== "shortest" && !/errors: 0/.test(said)) throw new Error(`SPIN's checker stopped early:\n${said}`);
    const failedAt = figure(/at depth (\d+)/);
    return {
      failedAt: Number.isNaN(failedAt) ? undefined : failedAt,
      states: figure(/(\d+) states, stored/),
      transitions: figure(/(\d+) transitions/),
      violated: aim === "tally" ? figure(/a bit each: (-?\d+)/) : 0,
      seconds: {
        generate: (generated - began) / 1000,
        compile: (compiled - generated) / 1000,
        run: (performance.now() - compiled) / 1000,
      },
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function call(folder: string, command: string, ...args: readonly string[]): string {
  const { stdout, stderr, error } = spawnSync(command, args, { cwd: folder, encoding: "utf8", maxBuffer: 1 << 28 });
  if (error !== undefined) throw new Error(`${command} cannot be run: ${error.message}`);
  if (command !== "./pan" && /error/i.test(stderr + stdout)) throw new Error(`${command}: ${(stdout + stderr).slice(0, 2000)}`);
  return stdout;
}

/** @returns a sentence where SPIN or a compiler is missing and cannot be installed */
export function spinMissing(): string | undefined {
  const isHere = (): boolean => ["spin", "gcc"].every((command) => spawnSync(command, ["-V"]).error === undefined);
  if (isHere()) return undefined;
  const advice = 'install SPIN and a C compiler (on Debian: "sudo apt-get install spin gcc libc6-dev")';
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return `SPIN was not found: ${advice}.`;
  process.stderr.write("Installing spin and gcc (apt-get) ...\n");
  for (const args of [
    ["update", "-qq"],
    ["install", "-y", "-qq", "--no-install-recommends", "spin", "gcc", "libc6-dev"],
  ])
    spawnSync("apt-get", args, { stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
  return isHere() ? undefined : `SPIN could not be installed: ${advice}.`;
}
