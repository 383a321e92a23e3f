import { describe, expect, it } from "vitest";
import { word, words } from "../testing/drawing.ts";
import { type Parsed, parseScenario, parseScenarioText } from "./parse.ts";
import { problemSentence } from "./problem.ts";
import type { Scenario } from "./scenario.ts";

const KERNEL = { kind: "kernel", calls: [{ fn: "ptep_get", index: 0 }] };
const MMU = { kind: "mmu", accesses: [{ rw: "read", index: 0 }] };

const withActors = (...actors: readonly unknown[]) => ({ version: 1, machine: {}, actors });
const withMachine = (machine: object) => ({ version: 1, machine, actors: [KERNEL] });
const withCall = (call: object) => withActors({ kind: "kernel", calls: [{ fn: "ptep_get", index: 0 }, call] });
const withAccess = (access: object) => withActors({ kind: "mmu", accesses: [access] });

function accepted(json: unknown): Scenario {
  const parsed: Parsed = parseScenario(json);
  if (!parsed.ok) throw new Error(`refused: ${problemSentence(parsed.problem)}`);
  return parsed.scenario;
}

const tableOf = (machine: object) => accepted(withMachine(machine)).ptes;

describe("a scenario that says as little as it may", () => {
  const scenario = accepted(withActors(KERNEL, MMU));

  it("gets the defaults of the design", () => {
    expect(scenario).toMatchObject({
      title: "untitled",
      granule: "4K",
      va: 0x10000000n,
      mm: "user",
      features: { hardwareAD: "af+dirty", bbm: 0, adUpdate: "walked", tlbAnswer: "smallest" },
      folios: [],
      profile: "6.12",
      variants: [],
      choices: [],
    });
  });

  it("has one empty block", () => {
    expect(scenario.ptes).toEqual(words(".*16"));
  });

  it("names its actors after their position", () => {
    expect(scenario.actors.map((actor) => actor.name)).toEqual(["CPU0", "CPU1"]);
  });
});

describe("a page table", () => {
  const run = (prot: string, flags: readonly string[] = []) => tableOf({ ptes: [{ index: 0, pfn: "0x1000", prot, flags }] })[0];

  it("is as long as the smallest whole number of blocks, unless said otherwise", () => {
    const at = (index: number, more: object = {}) => tableOf({ ptes: [{ index, pfn: "0x1000", prot: "rw" }], ...more }).length;
    expect([at(0), at(15), at(16), at(5, { entries: 64 })]).toEqual([16, 16, 32, 64]);
    expect([at(0, { granule: "16K" }), at(0, { granule: "64K" }), at(32, { granule: "64K" })]).toEqual([128, 32, 64]);
  });

  it("given in words holds those words, and 0 after them", () => {
    expect(tableOf({ ptes: ["0xffffffffffffffff", "0x1"] })).toEqual([0xffffffffffffffffn, 1n, ...words(".*14")]);
  });

  it("given in runs advances the frame entry by entry and leaves the rest empty", () => {
    expect(tableOf({ ptes: [{ index: 2, count: 3, pfn: "0x1002", prot: "rw", flags: ["cont", "young"] }] })).toEqual(
      words(".*2 CWy*3 .*11"),
    );
  });

  it("spells frames by the granule", () => {
    expect(tableOf({ granule: "64K", ptes: [{ index: 0, pfn: "0x12", prot: "ro" }] })[0]).toBe(word("R", 0x12n, 16n));
    expect(tableOf({ granule: "16K", ptes: [{ index: 0, pfn: "0x12", prot: "ro" }] })[0]).toBe(word("R", 0x12n, 14n));
  });

  it("knows three protections and six flags", () => {
    expect([run("rw"), run("ro"), run("none")]).toEqual([word("W"), word("R"), word("N")]);
    const flags = ["cont", "young", "dirty", "hwdirty", "special", "uffd"].map((flag) => run("rw", [flag]));
    expect(flags).toEqual([word("CW"), word("Wy"), word("Wd"), word("Wh"), word("Ws"), word("Wu")]);
    expect(run("ro", ["dirty"])).toBe(word("Rd"));
  });
});

describe("a document is refused, saying where and what was expected", () => {
  const cases: readonly [what: string, document: unknown, path: string, expected: RegExp][] = [
    ["no object", 5, "", /object/],
    ["null", null, "", /object/],
    ["no version", { machine: {}, actors: [KERNEL] }, "version", /missing|1, the version/],
    ["a later version", { ...withActors(KERNEL), version: 2 }, "version", /1, the version/],
    ["a version in quotes", { ...withActors(KERNEL), version: "1" }, "version", /1, the version/],
    ["an unknown field", { ...withActors(KERNEL), colour: "red" }, "colour", /one of the fields .*machine/],
    ["an unknown field of the machine", withMachine({ granulle: "4K" }), "machine.granulle", /one of the fields granule/],
    ["no machine", { version: 1, actors: [KERNEL] }, "machine", /missing/],
    ["no actors", { version: 1, machine: {} }, "actors", /missing|list/],
    ["an empty list of actors", withActors(), "actors", /at least one actor/],
    ["an unknown granule", withMachine({ granule: "8K" }), "machine.granule", /one of 4K, 16K, 64K/],
    ["an unknown mm", withMachine({ mm: "kernel" }), "machine.mm", /one of user, init, efi/],
    ["BBM level 1", withMachine({ bbm: 1 }), "machine.bbm", /0 or 2/],
    ["unknown hardware", withMachine({ hardwareAD: "yes" }), "machine.hardwareAD", /one of af\+dirty, af, none/],
    ["an unknown adUpdate", withMachine({ adUpdate: "all" }), "machine.adUpdate", /one of walked, any/],
    ["an unknown tlbAnswer", withMachine({ tlbAnswer: "largest" }), "machine.tlbAnswer", /one of smallest, any/],
    ["a va that is not on a block", withMachine({ va: "0x10001000" }), "machine.va", /aligned to a block of 0x10000 bytes/],
    [
      "a va that is not on a 2 MiB block",
      withMachine({ granule: "64K", va: "0x10010000" }),
      "machine.va",
      /aligned to a block of 0x200000 bytes/,
    ],
    ["a va that leaves no room", withMachine({ va: "0xffffffffffff0000", entries: 32 }), "machine.va", /below 2\^64/],
    ["a va in decimal", withMachine({ va: "65536" }), "machine.va", /unsigned hex string/],
    ["a va as a number", withMachine({ va: 65536 }), "machine.va", /unsigned hex string/],
    ["half a block of entries", withMachine({ entries: 24 }), "machine.entries", /multiple of the block size, 16/],
    ["too many entries", withMachine({ entries: 8192 }), "machine.entries", /at most 4096/],
    [
      "more words than entries",
      withMachine({ entries: 16, ptes: Array.from({ length: 17 }, () => "0x0") }),
      "machine.ptes",
      /at most 16 words/,
    ],
    ["upper-case hex", withMachine({ ptes: ["0xFF"] }), "machine.ptes.0", /lower case/],
    ["leading zeros", withMachine({ ptes: ["0x0", "0x00ff"] }), "machine.ptes.1", /no leading zeros/],
    ["a negative word", withMachine({ ptes: ["-0x1"] }), "machine.ptes.0", /unsigned/],
    ["65 bits", withMachine({ ptes: ["0x10000000000000000"] }), "machine.ptes.0", /at most 64 bits/],
    ["an unknown protection", withMachine({ ptes: [{ index: 0, pfn: "0x1", prot: "rwx" }] }), "machine.ptes.0.prot", /one of rw, ro, none/],
    [
      "an unknown flag",
      withMachine({ ptes: [{ index: 0, pfn: "0x1", prot: "rw", flags: ["old"] }] }),
      "machine.ptes.0.flags.0",
      /one of cont/,
    ],
    ["a run without a frame", withMachine({ ptes: [{ index: 0, prot: "rw" }] }), "machine.ptes.0.pfn", /missing|hex/],
    [
      "hwdirty read-only",
      withMachine({ ptes: [{ index: 0, pfn: "0x1", prot: "ro", flags: ["young", "hwdirty"] }] }),
      "machine.ptes.0.flags.1",
      /^left out: hardware dirties only entries with prot rw$/,
    ],
    [
      "a run past the end",
      withMachine({ entries: 16, ptes: [{ index: 10, count: 7, pfn: "0x1", prot: "rw" }] }),
      "machine.ptes.0.count",
      /^at most 6 entries from entry 10 to the end of the table$/,
    ],
    [
      "a run that begins past the end",
      withMachine({ entries: 16, ptes: [{ index: 16, pfn: "0x1", prot: "rw" }] }),
      "machine.ptes.0.index",
      /^an entry inside the table, 0 to 15$/,
    ],
    [
      "runs that overlap",
      withMachine({
        ptes: [
          { index: 0, count: 4, pfn: "0x1", prot: "rw" },
          { index: 3, pfn: "0x9", prot: "rw" },
        ],
      }),
      "machine.ptes.1.index",
      /entry 3 is set twice/,
    ],
    [
      "a frame too large",
      withMachine({ ptes: [{ index: 0, pfn: "0x4000000000", prot: "rw" }] }),
      "machine.ptes.0.pfn",
      /frames below 0x4000000000/,
    ],
    [
      "a run into frames too large",
      withMachine({ ptes: [{ index: 0, count: 2, pfn: "0x3fffffffff", prot: "rw" }] }),
      "machine.ptes.0.pfn",
      /frames below/,
    ],
    [
      "a frame too large for 64K",
      withMachine({ granule: "64K", ptes: [{ index: 0, pfn: "0x400000000", prot: "rw" }] }),
      "machine.ptes.0.pfn",
      /frames below 0x400000000/,
    ],
    ["a folio of no pages", withMachine({ folios: [{ pfn: "0x1", pages: 0 }] }), "machine.folios.0.pages", /1 or more/],
    [
      "folios that overlap",
      withMachine({
        folios: [
          { pfn: "0x10", pages: 16 },
          { pfn: "0x1f", pages: 2 },
        ],
      }),
      "machine.folios.1",
      /^frames outside the folio of frame 0x10$/,
    ],
    ["another profile", { ...withActors(KERNEL), kernel: { profile: "2.6" } }, "kernel.profile", /6\.12/],
    ["an unknown variant", { ...withActors(KERNEL), kernel: { variants: ["faster"] } }, "kernel.variants.0", /no variant|one of/],
    ["an unknown kind of actor", withActors({ kind: "dma" }), "actors.0.kind", /an actor/],
    ["calls for an MMU", withActors({ kind: "mmu", calls: [] }), "actors.0.accesses", /missing|list/],
    ["an empty name", withActors({ ...KERNEL, name: "" }), "actors.0.name", /not empty/],
    ["an unknown call", withCall({ fn: "ptep_frob", index: 0 }), "actors.0.calls.1.fn", /^one of set_pte, set_ptes, /],
    ["an inherited name as a call", withCall({ fn: "toString" }), "actors.0.calls.1.fn", /one of/],
    ["a call without its index", withCall({ fn: "ptep_get" }), "actors.0.calls.1.index", /^given: ptep_get needs it$/],
    [
      "a call with an argument too many",
      withCall({ fn: "ptep_get", index: 0, nr: 2 }),
      "actors.0.calls.1.nr",
      /^left out: ptep_get takes index$/,
    ],
    [
      "an argument for the lock",
      withCall({ fn: "ptl_lock", index: 0 }),
      "actors.0.calls.1.index",
      /^left out: ptl_lock takes no arguments$/,
    ],
    ["an unknown argument", withCall({ fn: "ptep_get", index: 0, addr: 5 }), "actors.0.calls.1.addr", /one of the fields fn, index/],
    [
      "a huge page that begins inside a block",
      withCall({ fn: "huge_ptep_get", index: 3 }),
      "actors.0.calls.1.index",
      /^the first entry of a block$/,
    ],
    ["one taken out there", withCall({ fn: "get_clear_contig", index: 15 }), "actors.0.calls.1.index", /^the first entry of a block$/],
    ["an index outside", withCall({ fn: "ptep_get", index: 16 }), "actors.0.calls.1.index", /inside the table, 0 to 15/],
    ["a negative index", withCall({ fn: "ptep_get", index: -1 }), "actors.0.calls.1.index", /0 or more/],
    ["half an index", withCall({ fn: "ptep_get", index: 0.5 }), "actors.0.calls.1.index", /an entry number/],
    ["no entries at all", withCall({ fn: "set_ptes", index: 0, nr: 0, pte: "0x0" }), "actors.0.calls.1.nr", /1 or more/],
    [
      "more entries than there are",
      withCall({ fn: "set_ptes", index: 10, nr: 7, pte: "0x0" }),
      "actors.0.calls.1.nr",
      /at most 6 entries from entry 10/,
    ],
    ["a pte that is no word", withCall({ fn: "set_ptes", index: 0, nr: 1, pte: "pte" }), "actors.0.calls.1.pte", /hex|word/],
    [
      "the result of a later call",
      withCall({ fn: "set_ptes", index: 0, nr: 1, pte: { result: 2 } }),
      "actors.0.calls.1.pte.result",
      /earlier call/,
    ],
    [
      "the result of the call itself",
      withCall({ fn: "set_ptes", index: 0, nr: 1, pte: { result: 1 } }),
      "actors.0.calls.1.pte.result",
      /earlier call/,
    ],
    [
      "the result of a void call",
      withActors({ kind: "kernel", calls: [{ fn: "ptl_lock" }, { fn: "set_ptes", index: 0, nr: 1, pte: { result: 0 } }] }),
      "actors.0.calls.1.pte.result",
      /returns a pte/,
    ],
    [
      "an unknown pte helper",
      withCall({ fn: "set_ptes", index: 0, nr: 1, pte: { result: 0, apply: ["mkred"] } }),
      "actors.0.calls.1.pte.apply.0",
      /one of mkold/,
    ],
    ["something among words", withMachine({ ptes: ["0x0", 5] }), "machine.ptes.1", /hex string/],
    ["a run among words", withMachine({ ptes: ["0x0", { index: 1, pfn: "0x1", prot: "rw" }] }), "machine.ptes.1", /hex string/],
    ["a misspelt freedom", { ...withActors(MMU), choices: [{ actor: 0, entri: 3 }] }, "choices.0.entri", /one of the fields actor, access/],
    ["a landing before the first", { ...withActors(KERNEL), choices: [0, { actor: 0, land: -1 }] }, "choices.1.land", /a pending flush/],
    [
      "a choice of no access",
      { ...withActors(MMU), choices: [{ actor: 0, access: ["any", 1] }] },
      "choices.0.access.0",
      /one of read, write/,
    ],
    ["an unknown access", withAccess({ rw: "execute", index: 0 }), "actors.0.accesses.0.rw", /one of read, write, speculate, evict, any/],
    ["an access outside", withAccess({ rw: "read", index: 16 }), "actors.0.accesses.0.index", /inside the table, 0 to 15/],
    ["an access anywhere", withAccess({ rw: "read", index: "all" }), "actors.0.accesses.0.index", /an entry number or "any"/],
    ["a choice of nobody", { ...withActors(KERNEL), choices: [0, 1] }, "choices.1", /an actor's number below 1/],
    ["a choice that is no choice", { ...withActors(KERNEL), choices: ["first"] }, "choices.0", /an actor's number/],
    ["a title that is no text", { ...withActors(KERNEL), title: 7 }, "title", /a text/],
  ];

  it.each(cases)("%s", (_, document, path, expected) => {
    const parsed = parseScenario(document);
    if (parsed.ok) throw new Error("it was accepted");
    expect(parsed.problem.path).toBe(path);
    expect(parsed.problem.expected).toMatch(expected);
    expect(problemSentence(parsed.problem)).not.toMatch(/\n|undefined/);
  });

  it("text that is not JSON", () => {
    expect(parseScenarioText("{")).toMatchObject({ ok: false, problem: { path: "", expected: expect.stringMatching(/^JSON/) } });
  });

  it("a document of more than 8 MiB, before anything else is done with it", () => {
    const parsed = parseScenarioText(" ".repeat(8 * 1024 * 1024 + 1));
    expect(parsed).toMatchObject({ ok: false, problem: { path: "", expected: expect.stringMatching(/at most 8 MiB/) } });
  });

  it("more actors, calls or choices than the limits", () => {
    const at = (json: unknown) => {
      const parsed = parseScenario(json);
      return parsed.ok ? "accepted" : `${parsed.problem.path}: ${parsed.problem.expected}`;
    };
    expect(at(withActors(...Array.from({ length: 17 }, () => KERNEL)))).toBe("actors: at most 16 actors");
    expect(at(withActors({ kind: "kernel", calls: Array.from({ length: 1025 }, () => KERNEL.calls[0]) }))).toBe(
      "actors.0.calls: at most 1024 calls",
    );
    expect(at({ ...withActors(KERNEL), choices: Array.from({ length: 200_001 }, () => 0) })).toBe("choices: at most 200000 choices");
  });
});

describe("the sizes that the design promises", () => {
  it("512 entries, 8 actors, 64 calls each", () => {
    const calls = Array.from({ length: 64 }, (_, i) => ({ fn: "ptep_get", index: i * 8 }));
    const accesses = Array.from({ length: 64 }, (_, i) => ({ rw: "read", index: i * 8 }));
    const actors = Array.from({ length: 8 }, (_, n) => (n < 7 ? { kind: "kernel", calls } : { kind: "mmu", accesses }));
    const scenario = accepted({ version: 1, machine: { ptes: Array.from({ length: 512 }, () => "0x68000001000bc3") }, actors });
    expect(scenario.ptes).toHaveLength(512);
    expect(scenario.actors.map((actor) => (actor.kind === "kernel" ? actor.calls.length : actor.accesses.length))).toEqual(
      Array.from({ length: 8 }, () => 64),
    );
  });

  it.each(["4K", "16K", "64K"])("512 entries of %s pages, in one run", (granule) => {
    expect(tableOf({ granule, ptes: [{ index: 0, count: 512, pfn: "0x1000", prot: "rw" }] })).toHaveLength(512);
  });
});
