/** Each atom against states that real runs go through. */
import { describe, expect, it } from "vitest";
import { machineFor } from "../../lab.ts";
import type { MachineState } from "../../machine/state.ts";
import type { Step } from "../../machine/step.ts";
import { actorOf, type Choice, type Scenario } from "../../scenario/scenario.ts";
import { hexWords } from "../../testing/drawing.ts";
import { kernel, lock, mmu, scenarioOf, unlock } from "../../testing/scenarioOf.ts";
import { PREDICATES } from "./atoms.ts";
import { parseQuestion } from "./grammar.ts";
import { holds, refusalSentence } from "./question.ts";

/** A run that goes on as a test wants it to, and is asked in between. */
function running(scenario: Scenario) {
  const machine = machineFor(scenario);
  const retries = scenario.actors.map(() => 0);
  let state: MachineState = machine.initial;

  function step(choice: Choice): Step {
    const transition = machine.step(state, choice);
    if (transition === undefined) throw new Error("a test's own choice was refused");
    state = transition.state;
    const again = transition.step.events.filter(({ kind }) => kind === "retry").length;
    retries[actorOf(choice)] = (retries[actorOf(choice)] ?? 0) + again;
    return transition.step;
  }

  return {
    /** Steps of one actor. */
    steps: (actor: Choice, many = 1): void => {
      for (let i = 0; i < many; i++) step(actor);
    },
    /** Steps of one actor up to one that `is` accepts. */
    until: (actor: number, is: (step: Step) => boolean): void => {
      while (!is(step(actor)));
    },
    toTheEnd: (actor: number): void => {
      while (machine.offer(state, actor).idle === undefined) step(actor);
    },
    /** Those of the questions that hold now. */
    holding: (...questions: readonly string[]): readonly string[] =>
      questions.filter((text) => {
        const parsed = parseQuestion(scenario, text);
        if (!parsed.ok) throw new Error(`${text}: ${refusalSentence(text, parsed)}`);
        return holds(parsed.question.condition, state, retries);
      }),
  };
}

const drawn = (drawing: string) => ({ folios: [{ pfn: "0x1000", pages: 64 }], ptes: hexWords(drawing) });

const stores =
  (index: number) =>
  (step: Step): boolean =>
    step.kind === "kernel" && "new" in step.effect && step.effect.index === index;
const flushes = (step: Step): boolean => step.kind === "kernel" && step.effect.op === "tlbi";
const returns = (step: Step): boolean => step.events.some(({ kind }) => kind === "return");

describe("entries", () => {
  const ptes = [...hexWords("W Wy Wh Wd R Rd N Ws CW ."), "0x5004"];
  const scenario = scenarioOf({ machine: { ptes }, actors: [mmu()] });
  const { holding } = running(scenario);

  it.each([
    ["a writable one", 0, "valid present write readonly user"],
    ["a young one", 1, "valid present young write readonly user"],
    ["one dirtied by hardware", 2, "valid present dirty write user"],
    ["one dirtied by software", 3, "valid present dirty write user"],
    ["a read-only one", 4, "valid present readonly user"],
    ["a dirty read-only one", 5, "valid present dirty readonly user"],
    ["one of PROT_NONE", 6, "present readonly"],
    ["a special one", 7, "valid present write readonly special user"],
    ["one with CONT", 8, "valid present cont write readonly user"],
    ["an empty one", 9, "none"],
    ["one that is swapped out", 10, "swap"],
  ])("%s", (_, index, words) => {
    const names = [...PREDICATES.keys()];
    const positive = names.filter((name) => holding(`entry ${index} ${name}`).length > 0);
    expect(positive.sort()).toEqual(words.split(" ").sort());
    const negative = names.filter((name) => holding(`entry ${index} is not ${name}`).length > 0);
    expect(negative.sort()).toEqual(names.filter((name) => !positive.includes(name)).sort());
  });

  it("by frame, if they are present", () => {
    expect(
      holding("entry 4 pfn = 0x1004", "entry 4 pfn = 4100", "entry 4 pfn = 0x1005", "entry 4 pfn != 0x1005", "entry 6 pfn = 0x1006"),
    ).toEqual(["entry 4 pfn = 0x1004", "entry 4 pfn = 4100", "entry 4 pfn != 0x1005", "entry 6 pfn = 0x1006"]);
    expect(holding("entry 9 pfn = 0", "entry 10 pfn = 5", "entry 9 pfn != 0")).toEqual(["entry 9 pfn != 0"]);
  });

  it("by their word", () => {
    expect(holding("entry 10 = 0x5004", "entry 10 is 0x5004", "entry 10 != 0x5004", "entry 10 = 0x5005", "entry 9 = 0")).toEqual([
      "entry 10 = 0x5004",
      "entry 10 is 0x5004",
      "entry 9 = 0",
    ]);
  });

  it("all of them, or any", () => {
    expect(holding("entries 0-5 all valid", "entries 0-6 all valid", "entries 0 to 6 any not valid", "entries 0..5 any not valid")).toEqual(
      ["entries 0-5 all valid", "entries 0 to 6 any not valid"],
    );
    expect(holding("entries 2-3 all dirty", "entries 1-3 all dirty", "entries 3-4 any dirty", "entries 0-1 any dirty")).toEqual([
      "entries 2-3 all dirty",
      "entries 3-4 any dirty",
    ]);
  });
});

it("a block is folded until the unfold clears its first entry", () => {
  const machine = { ...drawn("CW*32"), entries: 32 };
  const run = running(scenarioOf({ machine, actors: [kernel(lock, { fn: "ptep_get_and_clear", index: 20 }, unlock)] }));
  const both = ["block 0 folded", "block 1 folded"];
  expect(run.holding(...both)).toEqual(both);
  run.until(0, stores(16));
  expect(run.holding(...both, "block 1 is not folded")).toEqual(["block 0 folded", "block 1 is not folded"]);
  run.until(0, flushes);
  expect(run.holding("entries 16-31 all none", "entries 0-15 all cont", "entries 0-31 all none")).toEqual([
    "entries 16-31 all none",
    "entries 0-15 all cont",
  ]);
  run.toTheEnd(0);
  expect(run.holding("entry 20 none", "entry 21 valid", "entry 21 cont", "entry 20 valid")).toEqual(["entry 20 none", "entry 21 valid"]);
});

it.each([
  ["a frame out of step", "CW*3 CW@1009 CW*12"],
  ["another protection", "CW*3 CR CW*12"],
  ["no CONT in one", "CW*3 W CW*12"],
  ["an empty entry", "CW*15 ."],
])("a block is not folded: %s", (_, drawing) => {
  const { holding } = running(scenarioOf({ machine: drawn(drawing), actors: [mmu()] }));
  expect(holding("block 0 folded", "block 0 not folded")).toEqual(["block 0 not folded"]);
});

it("a block is folded whatever is accessed and dirty in it", () => {
  const { holding } = running(scenarioOf({ machine: drawn("CW CWy CWdy CWhy CW*12"), actors: [mmu()] }));
  expect(holding("block 0 folded")).toEqual(["block 0 folded"]);
});

describe("what calls return", () => {
  const calls = [lock, { fn: "ptep_get", index: 0 }, { fn: "ptep_test_and_clear_young", index: 0 }, { fn: "ptep_get", index: 1 }, unlock];
  const start = () => running(scenarioOf({ machine: drawn("Wdy W"), actors: [kernel(...calls)] }));

  it("nothing holds before the first one that returns something", () => {
    const run = start();
    const questions = ["CPU0 returned dirty", "CPU0 returned not dirty", "CPU0 returned != 0", "CPU0 call 2 returned not none"];
    expect(run.holding(...questions)).toEqual([]);
    run.until(0, returns);
    expect(run.holding(...questions), "ptl_lock returns nothing").toEqual([]);
    run.until(0, returns);
    expect(run.holding(...questions)).toEqual(["CPU0 returned dirty", "CPU0 returned != 0", "CPU0 call 2 returned not none"]);
  });

  it("the last pte stays the last while calls return numbers; a value is the last result of any kind", () => {
    const run = start();
    run.until(0, returns);
    run.until(0, returns);
    run.until(0, returns);
    expect(
      run.holding("CPU0 returned dirty", "CPU0 returned 1", "CPU0 returned 0", "CPU0 call 3 returned 1", "CPU0 call 4 returned 1"),
    ).toEqual(["CPU0 returned dirty", "CPU0 returned 1", "CPU0 call 3 returned 1"]);
  });

  it("the next pte takes its place, and numbered calls keep theirs", () => {
    const run = start();
    run.toTheEnd(0);
    const [first, second] = hexWords("Wdy W");
    expect(
      run.holding(
        "CPU0 returned dirty",
        "CPU0 returned not dirty",
        "CPU0 call 2 returned dirty",
        "CPU0 call 4 returned dirty",
        "CPU0 returned pfn = 0x1001",
        "CPU0 call 2 returned pfn = 0x1000",
        `CPU0 returned ${first}`,
        `CPU0 returned ${second}`,
        `CPU0 call 2 returned = ${first}`,
      ),
    ).toEqual([
      "CPU0 returned not dirty",
      "CPU0 call 2 returned dirty",
      "CPU0 returned pfn = 0x1001",
      "CPU0 call 2 returned pfn = 0x1000",
      `CPU0 returned ${second}`,
      `CPU0 call 2 returned = ${first}`,
    ]);
  });

  it("which of them is under way, and when all are through", () => {
    const run = start();
    const questions = ["CPU0 is in ptl_lock", "CPU0 is in ptep_get", "CPU0 is in ptep_test_and_clear_young", "CPU0 finished"];
    expect(run.holding(...questions)).toEqual(["CPU0 is in ptl_lock"]);
    run.until(0, returns);
    expect(run.holding(...questions)).toEqual(["CPU0 is in ptep_get"]);
    run.until(0, returns);
    expect(run.holding(...questions)).toEqual(["CPU0 is in ptep_test_and_clear_young"]);
    run.toTheEnd(0);
    expect(run.holding(...questions)).toEqual(["CPU0 finished"]);
  });
});

it("an actor that ran off the table has finished", () => {
  const kernelOf = { variants: ["clear-young-dirty-overrun"] };
  const run = running(
    scenarioOf({
      machine: drawn("CWy*16"),
      kernel: kernelOf,
      actors: [kernel({ fn: "clear_young_dirty_ptes", index: 0, nr: 16, flags: 1 })],
    }),
  );
  run.until(0, stores(15));
  expect(run.holding("CPU0 finished")).toEqual([]);
  run.until(0, (step) => step.events.some(({ kind }) => kind === "scope"));
  expect(run.holding("CPU0 finished", "CPU0 is in clear_young_dirty_ptes")).toEqual(["CPU0 finished"]);
});

it("a reader's retries, counted", () => {
  const machine = drawn("CW*16");
  const [writer, reader] = [kernel({ fn: "ptep_get_and_clear", index: 4 }), kernel({ fn: "ptep_get_lockless", index: 9 })];
  const run = running(scenarioOf({ machine, actors: [writer, reader] }));
  const questions = ["retried", ">= 1", "≥ 2", "> 1", "> 2", "= 0", "= 1", "= 2", "!= 2", "≠ 0", "< 2", "<= 1", "≤ 2"].map((q) =>
    q === "retried" ? "reader retried" : `reader retried ${q}`,
  );
  const counts = () => run.holding(...questions).map((q) => q.replace(/^reader (retried (?=\S))?/, ""));
  expect(counts()).toEqual(["= 0", "!= 2", "< 2", "<= 1", "≤ 2"]);
  run.steps(1, 2);
  run.until(0, stores(0));
  run.steps(1);
  expect(counts(), "the first entry is gone").toEqual(["retried", ">= 1", "= 1", "!= 2", "≠ 0", "< 2", "<= 1", "≤ 2"]);
  run.steps(1);
  expect(counts(), "its target is still there").toContain("= 1");
  run.steps(1);
  expect(counts()).toEqual(["retried", ">= 1", "≥ 2", "> 1", "= 2", "≠ 0", "≤ 2"]);
  expect(run.holding("CPU0 retried", "actor 1 retried = 2")).toEqual(["actor 1 retried = 2"]);
});

it("what accesses got", () => {
  const accesses = [
    { rw: "read", index: 0 },
    { rw: "read", index: 1 },
    { rw: "read", index: 2 },
    { rw: "write", index: 3 },
    { rw: "read", index: 0 },
  ] as const;
  const run = running(scenarioOf({ machine: { ...drawn("Wy . W Ry"), hardwareAD: "none" }, actors: [mmu(...accesses)] }));
  const results = ["ok", "fault-translation", "fault-access", "fault-permission"];
  const questions = [...results.map((result) => `CPU0 got ${result}`), "CPU0 faulted", "CPU0 finished"];
  expect(run.holding(...questions)).toEqual([]);
  const seen = [0, 1, 2, 3, 4].map(() => {
    run.steps(0);
    return run.holding(...questions);
  });
  expect(seen).toEqual([
    ["CPU0 got ok"],
    ["CPU0 got fault-translation", "CPU0 faulted"],
    ["CPU0 got fault-access", "CPU0 faulted"],
    ["CPU0 got fault-permission", "CPU0 faulted"],
    ["CPU0 got ok", "CPU0 faulted", "CPU0 finished"],
  ]);
  expect(run.holding("CPU0 access 1 got ok", "CPU0 access 2 got ok", "CPU0 access 4 got fault-permission")).toEqual([
    "CPU0 access 1 got ok",
    "CPU0 access 4 got fault-permission",
  ]);
});

it("an access that has not been made got nothing", () => {
  const run = running(scenarioOf({ machine: drawn("Wy"), actors: [mmu({ rw: "read", index: 0 }, { rw: "read", index: 0 })] }));
  run.steps(0);
  expect(run.holding("CPU0 access 1 got ok", "CPU0 access 2 got ok")).toEqual(["CPU0 access 1 got ok"]);
});

it("what a TLB holds: the page first, read-only, then the block over it, writable", () => {
  const reads = mmu({ rw: "read", index: 0 }, { rw: "read", index: 1 });
  const run = running(scenarioOf({ machine: drawn("Wy CWdy*15"), actors: [reads] }));
  const kinds = ["", " writable", " as page", " as block", " writable as page", " writable as block", " as block writable"];
  const caches = (index: number) =>
    run.holding(...kinds.map((kind) => `CPU0 caches entry ${index}${kind}`)).map((text) => text.slice(`CPU0 caches entry ${index}`.length));
  expect(caches(0)).toEqual([]);
  run.steps(0);
  expect(caches(0)).toEqual(["", " as page"]);
  expect(caches(9)).toEqual([]);
  run.steps(0);
  expect(caches(0)).toEqual(["", " writable", " as page", " as block", " writable as block", " as block writable"]);
  expect(caches(9)).toEqual(["", " writable", " as block", " writable as block", " as block writable"]);
});

it("who holds the lock, and whether a flush is still to land", () => {
  const young = { fn: "ptep_clear_flush_young", index: 3 };
  const run = running(scenarioOf({ machine: drawn("CWy*16"), actors: [kernel(lock, young, unlock, lock), kernel(lock)] }));
  const questions = ["lock held", "lock held by CPU0", "lock held by CPU1", "lock is held", "flush pending"];
  expect(run.holding(...questions)).toEqual([]);
  run.steps(0);
  expect(run.holding(...questions)).toEqual(["lock held", "lock held by CPU0", "lock is held"]);
  run.until(0, flushes);
  expect(run.holding(...questions)).toEqual(["lock held", "lock held by CPU0", "lock is held", "flush pending"]);
  run.steps({ actor: 0, land: 0 });
  run.steps(0);
  expect(run.holding(...questions)).toEqual([]);
  run.steps(1);
  expect(run.holding(...questions)).toEqual(["lock held", "lock held by CPU1", "lock is held"]);
});
