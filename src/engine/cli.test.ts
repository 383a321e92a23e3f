/** The program itself, as a shell starts it. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { afterAll, describe, expect, it, vi } from "vitest";
import { LIMITS } from "./scenario/limits.ts";
import { hexWords } from "./testing/drawing.ts";
import { kernel, mmu } from "./testing/scenarioOf.ts";

vi.setConfig({ testTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), "contpte-lab-cli-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const start = (args: readonly string[]): ChildProcessWithoutNullStreams =>
  spawn(process.execPath, ["--import", "tsx", "src/engine/cli.ts", ...args]);

interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

async function lab(args: readonly string[], input: Iterable<string> = []): Promise<Ended> {
  const child = start(args);
  let [out, err] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    err += text;
  });
  const closed = once(child, "close");
  await pipeline(Readable.from(input), child.stdin);
  const [status] = await closed;
  return { status: status as number | null, out, err };
}

const text = (parts: object): string => JSON.stringify({ version: 1, machine: { ptes: hexWords("W .*15") }, ...parts });
const reads = text({ actors: [kernel({ fn: "ptep_get", index: 0 })] });
const walker = mmu({ rw: "read", index: 3 }, { rw: "read", index: 4 }, { rw: "read", index: 3 });
const conflicts = text({ machine: { ptes: hexWords("CWy*3 Wy CWy*12") }, actors: [walker] });
const race = text({
  machine: { ptes: hexWords("CW*16") },
  actors: [kernel({ fn: "pte_clear", index: 4 }), kernel({ fn: "ptep_get_lockless", index: 9 })],
});

const linesOf = (out: string) =>
  out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe("lab", () => {
  it("answers a document from a file, or from standard input", async () => {
    const file = join(folder, "reads.json");
    writeFileSync(file, reads);
    const [named, dash, none] = await Promise.all([lab(["run", file]), lab(["run", "-"], [reads]), lab(["run"], [reads])]);
    expect(named).toEqual({
      status: 0,
      out: expect.stringMatching(/^\{"steps":\[\{"actor":0,"fn":"ptep_get","op":"read".*\}\n$/),
      err: "",
    });
    expect([dash, none]).toEqual([named, named]);
  });

  it("explores, and ends with 0, 1, 2 or 3", async () => {
    const [holds, violated, bad, stopped] = await Promise.all([
      lab(["explore"], [race]),
      lab(["explore"], [conflicts]),
      lab(["explore"], ["{}"]),
      lab(["explore", "--states", "50", "--seconds", "60", "--memory", "100000"], [race]),
    ]);
    expect(holds.status).toBe(0);
    expect(linesOf(holds.out)).toMatchObject([
      { verdict: "holds", loops: true, stuck: [], interleavings: expect.stringMatching(/^[1-9]\d*$/) },
    ]);
    expect(violated.status).toBe(1);
    expect(linesOf(violated.out)).toMatchObject([
      { verdict: "violated", properties: expect.arrayContaining([{ id: "no-deadlock", verdict: "holds" }]) },
    ]);
    expect(bad).toEqual({ status: 2, out: "", err: "version should be given, and is missing\n" });
    expect(stopped.status).toBe(3);
    expect(linesOf(stopped.out)).toMatchObject([{ verdict: "stopped", stopped: "states", states: 50 }]);
  });

  it("compares two kernels, ends with 0, 1 or 2, and says in sentences what matters", async () => {
    const [same, worse, bad, lines] = await Promise.all([
      lab(["compare", "--after", "6.12"], [race]),
      lab(["compare", "--after", "+convert-no-tlbi"], [race]),
      lab(["compare", "--after", "6.12+convert-no-tlb"], [race]),
      lab(["compare", "--jsonl", "--after", "+convert-no-tlbi"], [`${race}\n{}\n`]),
    ]);
    expect(same.status).toBe(0);
    expect(same.err).toBe("no verdict and no outcome changed\nthe run of each actor in turn is the same run on both\n");
    expect(worse.status).toBe(1);
    expect(linesOf(worse.out)).toMatchObject([{ verdicts: [{ property: "break-before-make", change: "worse" }] }]);
    expect(worse.err).toMatch(/^break-before-make: worse, holds before, violated after\n/);
    expect(worse.err).toMatch(/parts at step \d+: before, CPU0 flushes entries 0 to 15 .*; after, CPU0 writes/);
    expect(bad).toEqual({ status: 2, out: "", err: expect.stringMatching(/did you mean convert-no-tlbi\?\n$/) });
    expect([lines.status, lines.err]).toEqual([2, ""]);
    expect(linesOf(lines.out)).toMatchObject([{ verdicts: [{ change: "worse" }] }, { error: { path: "version" } }]);
  });

  it("stops by memory in use", async () => {
    const large = text({ machine: { ptes: hexWords("CW*16") }, actors: [...JSON.parse(race).actors, mmu({ rw: "any", index: "any" })] });
    const { status, out } = await lab(["explore", "--memory", "1"], [large]);
    expect(status).toBe(3);
    expect(linesOf(out)).toMatchObject([{ verdict: "stopped", stopped: "memory" }]);
  });

  it("answers every line in order, whatever becomes of those before it, and ends with the worst", async () => {
    const [begins, ends] = [conflicts.slice(0, 40), conflicts.slice(40)];
    const { status, out, err } = await lab(["explore", "--jsonl"], [`${reads}\n\nnonsense\n${begins}`, `${ends}\r\n${reads}`]);
    expect(status).toBe(2);
    expect(err).toBe("");
    expect(linesOf(out)).toMatchObject([
      { verdict: "holds" },
      { error: { path: "", expected: expect.stringMatching(/^JSON/) } },
      { verdict: "violated" },
      { verdict: "holds" },
    ]);
  });

  it("answers a line as soon as it is complete", async () => {
    const child = start(["run", "--jsonl", "-"]);
    const answers = child.stdout.setEncoding("utf8")[Symbol.asyncIterator]();
    for (let i = 0; i < 3; i++) {
      child.stdin.write(`${reads}\n`);
      expect((await answers.next()).value).toMatch(/^\{"steps".*\}\n$/);
    }
    child.stdin.end();
    expect(await once(child, "close")).toEqual([0, null]);
  });

  it("answers a line that is too long with an error and goes on", async () => {
    const piece = " ".repeat(1024 * 1024);
    const long = Array.from({ length: LIMITS.documentLength / piece.length + 1 }, () => piece);
    const { status, out } = await lab(["run", "--jsonl"], [`${reads}\n`, ...long, "x\n", `${reads}\n`]);
    expect(status).toBe(2);
    expect(linesOf(out)).toMatchObject([
      { faults: [] },
      { error: { path: "", expected: "at most 8 MiB of JSON, not 10 MiB" } },
      { faults: [] },
    ]);
  });

  it("ends quietly when nobody reads on", async () => {
    const file = join(folder, "many.jsonl");
    writeFileSync(file, `${reads}\n`.repeat(20_000));
    const child = start(["run", "--jsonl", file]);
    let err = "";
    child.stderr.setEncoding("utf8").on("data", (more: string) => {
      err += more;
    });
    const closed = once(child, "close");
    await once(child.stdout, "data");
    child.stdout.destroy();
    expect(await closed).toEqual([0, null]);
    expect(err).toBe("");
  });

  it("says how it is used to whoever asks", async () => {
    const { status, out } = await lab(["--help"]);
    expect([status, out]).toEqual([0, expect.stringMatching(/^usage: .*explore/s)]);
  });

  it("says in one sentence what is wrong with its words, and how it is used", async () => {
    const [unknown, missing, none, property] = await Promise.all([
      lab(["run", "--frobnicate"]),
      lab(["run", join(folder, "missing.json")]),
      lab([]),
      lab(["explore", "--properties", "no-such"]),
    ]);
    expect(unknown).toEqual({ status: 2, out: "", err: expect.stringMatching(/^Unknown option '--frobnicate'\nusage: /) });
    expect(missing).toEqual({ status: 2, out: "", err: expect.stringMatching(/missing\.json cannot be read: .*\n$/) });
    expect(none).toEqual({ status: 2, out: "", err: expect.stringMatching(/^say what to do.*\nusage: /) });
    expect(property).toEqual({
      status: 2,
      out: "",
      err: expect.stringMatching(/"no-such" is not known; no-lost-dirty, .*, no-deadlock are\nusage: /),
    });
  });

  it("says in one sentence why a kernel tree cannot be used, and compiles nothing", async () => {
    const [patch, tree, two] = await Promise.all([
      lab(["run", "--patch", "a.patch"], [reads]),
      lab(["explore", "--linux", folder], [reads]),
      lab(["compare", "--linux", folder, "--linux", folder, "--after", "6.17"], [reads]),
    ]);
    expect(patch).toEqual({
      status: 2,
      out: "",
      err: expect.stringMatching(/^--patch changes a kernel tree: name it with --linux\nusage: /),
    });
    expect(tree).toEqual({ status: 2, out: "", err: `${folder} is no kernel tree: it has no Makefile.\n` });
    expect(two).toEqual(tree);
  });
});
