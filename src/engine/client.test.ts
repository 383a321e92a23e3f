import { describe, expect, it, vi } from "vitest";
import { unfoldRace } from "../stories/scenarios/unfoldRace.ts";
import { Cancelled, createClient, EngineFault, type Transport } from "./client.ts";
import { createHost } from "./host.ts";
import {
  type Act,
  changed,
  type ExploreProgress,
  type FromEngine,
  PROTOCOL_VERSION,
  type ScenarioDocument,
  type ToEngine,
} from "./protocol.ts";
import { compiled } from "./testing/compiled.ts";
import { hexWords } from "./testing/drawing.ts";

vi.setConfig({ testTimeout: 60_000 });

/** Client and engine in one thread; `kill` lets the engine die as a worker does: its state gone, its answers lost. */
function loopback() {
  let listener: (message: FromEngine) => void = () => {};
  let restarted: (reason: string) => void = () => {};
  let gone: (reason: string) => void = () => {};
  const sent: ToEngine[] = [];
  let life = 0;
  let pauses = 0;
  let silent = false;
  const begin = () => {
    const own = ++life;
    const pause = async (): Promise<void> => {
      pauses++;
      await new Promise<void>((resolve) => setTimeout(resolve, 0));
    };
    return createHost(
      (message) => {
        if (own === life && !silent) listener(structuredClone(message));
      },
      pause,
      () => performance.now() / 1000,
      async () => compiled,
    );
  };
  let host = begin();
  const transport: Transport = {
    post(message) {
      sent.push(message);
      void host.receive(structuredClone(message));
    },
    onMessage: (l) => {
      listener = l;
    },
    onRestart: (l) => {
      restarted = l;
    },
    onGone: (l) => {
      gone = l;
    },
    close() {},
  };
  return {
    client: createClient(transport),
    sent,
    pauses: () => pauses,
    mute(on: boolean) {
      silent = on;
    },
    kill(reason: string) {
      host = begin();
      restarted(reason);
    },
    vanish: (reason: string) => gone(reason),
    say: (message: FromEngine) => listener(message),
  };
}

const choices = [0, 1, 1, 0, 0, 1];

describe("the client", () => {
  it("opens a document and gets a view of any position of its run", async () => {
    const { client } = loopback();
    const opened = await client.open({ document: unfoldRace });
    expect(opened).toMatchObject({ ok: true, entries: 16 });
    const view = await client.call("view", { handle: opened.handle, choices, at: 2, knownSteps: 0 });
    expect(view.steps).toHaveLength(choices.length);
    expect(view.snapshot).toMatchObject({ at: 2, ptl: 0, last: { actor: 1, op: "read", index: 9 } });
  });

  it("is told only the steps it does not know yet", async () => {
    const { client } = loopback();
    const { handle } = await client.open({ document: unfoldRace });
    const view = await client.call("view", { handle, choices, at: 6, knownSteps: 4 });
    expect(view.firstStep).toBe(4);
    expect(view.steps).toHaveLength(2);
  });

  it("says where a run left the road, and keeps the steps before", async () => {
    const { client } = loopback();
    const { handle } = await client.open({ document: unfoldRace });
    const view = await client.call("view", { handle, choices: [0, 1, { actor: 1, land: 0 }, 0], at: 4, knownSteps: 0 });
    expect(view.diverged).toMatchObject({ step: 2 });
    expect(view.diverged?.expected).toContain("one of the choices on offer there: 1");
    expect(view.snapshot.at).toBe(2);
  });

  it("refuses a document as data, with the place and what was expected, not as an error", async () => {
    const { client } = loopback();
    const refused = await client.open({ document: { ...unfoldRace, version: 2 } });
    expect(refused).toMatchObject({ ok: false, problem: { path: "version", expected: "1, the version this program reads" } });
  });

  it("answers a question about a scenario that is not open with a fault", async () => {
    const { client } = loopback();
    await expect(client.call("view", { handle: 99, choices: [], at: 0, knownSteps: 0 })).rejects.toThrow(EngineFault);
  });

  it("refuses to talk to a page of another version", async () => {
    const messages: FromEngine[] = [];
    await createHost(
      (message) => messages.push(message),
      async () => {},
      () => 0,
    ).receive({ v: PROTOCOL_VERSION + 1, id: 7, method: "describe", params: {} });
    expect(messages).toMatchObject([{ id: 7, type: "fault", fault: { kind: "protocol" } }]);
  });
});

describe("cancellation", () => {
  /** Enough steps for several slices. */
  const long = {
    ...unfoldRace,
    actors: [{ kind: "kernel", calls: Array.from({ length: 300 }, () => ({ fn: "ptep_get", index: 3 })) }],
  };

  it("shows progress, and stops between two slices", async () => {
    const { client, sent, pauses } = loopback();
    const { handle } = await client.open({ document: long });
    const stop = new AbortController();
    const seen: number[] = [];
    const finishing = client.call(
      "finish",
      { handle, choices: [], at: 0 },
      {
        signal: stop.signal,
        onProgress: ({ steps }) => {
          seen.push(steps);
          stop.abort();
        },
      },
    );
    await expect(finishing).rejects.toThrow(Cancelled);
    expect(seen).toEqual([500]);
    expect(sent.at(-1)).toMatchObject({ cancel: expect.any(Number) });
    // The engine is free for the next question, and did not go on to the end.
    await client.call("view", { handle, choices: [], at: 0, knownSteps: 0 });
    expect(pauses()).toBe(1);
  });

  it("runs to the end when nobody stops it: 300 calls of 17 reads each", async () => {
    const { client } = loopback();
    const { handle } = await client.open({ document: long });
    const finished = await client.call("finish", { handle, choices: [], at: 0 });
    expect(finished).toMatchObject({ ended: "end", spinning: [], blocked: [] });
    expect(finished.choices).toHaveLength(300 * 17);
  });

  it("drops what is still said about a cancelled request", async () => {
    const { client, say, sent } = loopback();
    const stop = new AbortController();
    const asked = client.call("describe", {}, { signal: stop.signal });
    stop.abort();
    await expect(asked).rejects.toThrow(Cancelled);
    const first = sent[0];
    if (first === undefined || !("id" in first)) throw new Error("the request was not sent");
    expect(() => say({ v: PROTOCOL_VERSION, id: first.id, type: "answer", answer: {} })).not.toThrow();
  });
});

describe("an engine that dies", () => {
  it("is given the document again, and the question it had not answered", async () => {
    const lab = loopback();
    const { handle } = await lab.client.open({ document: unfoldRace });
    const before = await lab.client.call("view", { handle, choices, at: 6, knownSteps: 0 });
    const reasons: string[] = [];
    lab.client.onRestart((reason) => reasons.push(reason));

    lab.mute(true);
    const asked = lab.client.call("view", { handle, choices, at: 6, knownSteps: 0 });
    await new Promise((resolve) => setTimeout(resolve, 5));
    lab.mute(false);
    lab.kill("out of memory");

    expect(await asked).toEqual(before);
    expect(reasons).toEqual(["out of memory"]);
  });

  it("tells a snapshot as a whole, as it does where the page starts from one that was not told last", async () => {
    const lab = loopback();
    const { handle } = await lab.client.open({ document: unfoldRace });
    const { snapshot: first } = await lab.client.call("view", { handle, choices, at: 5, knownSteps: 0 });
    const { snapshot: second } = await lab.client.call("view", { handle, choices, at: 6, knownSteps: 0 });
    const next = (at: number, from: number, as: number) => lab.client.call("nextView", { handle, choices, at, knownSteps: 6, from, as });

    expect(await next(5, 0, 1)).toEqual({ firstStep: 6, steps: [], change: { to: first } });
    const { change } = await next(6, 1, 2);
    expect(change).toHaveProperty("parts");
    expect(changed(first, change ?? { to: undefined })).toEqual(second);
    expect(await next(6, 2, 3)).toEqual({ firstStep: 6, steps: [] });
    expect((await next(6, 1, 4)).change).toEqual({ to: second });
    lab.kill("out of memory");
    expect((await next(5, 4, 5)).change).toEqual({ to: first });
  });

  it("for good leaves no question waiting", async () => {
    const lab = loopback();
    lab.mute(true);
    const asked = [lab.client.call("describe", {}), lab.client.open({ document: unfoldRace })];
    lab.vanish("no such file");
    for (const answer of asked) await expect(answer).rejects.toThrow("the engine does not start: no such file");
  });

  it("twice on the same question is a fault, not a loop", async () => {
    const lab = loopback();
    lab.mute(true);
    const asked = lab.client.call("describe", {});
    lab.kill("first");
    lab.kill("second");
    await expect(asked).rejects.toThrow(/died twice on "describe": second/);
  });
});

const keeps = {
  version: 1 as const,
  machine: {},
  actors: [
    { kind: "kernel" as const, calls: [{ fn: "ptl_lock" }] },
    { kind: "kernel" as const, calls: [{ fn: "ptl_lock" }, { fn: "ptl_unlock" }] },
  ],
};

describe("an act", () => {
  const beats = [
    { caption: "", checks: ["block 0 folded"] },
    { caption: "", moves: [{ actors: ["CPU0"], until: "entry 4 none" }], focus: { entries: "4" } },
  ] satisfies Act["beats"];

  it("is told on its scenario: the run, where the beats stand, what is so there", async () => {
    const { client } = loopback();
    const { handle } = await client.open({ document: unfoldRace });
    const told = await client.call("tell", { handle, beats });
    expect(told).toMatchObject({ ok: true, beats: [{ at: 0, checks: [{ holds: true }] }, { focus: { entries: [4] } }] });
    const played = told.ok ? told.choices : [];
    const { snapshot } = await client.call("view", { handle, choices: played, at: played.length, knownSteps: 0 });
    expect(snapshot.entries[4]?.kind).toBe("none");
  });

  it("that cannot be told as it is written is a sentence, not an error", async () => {
    const { client } = loopback();
    const { handle } = await client.open({ document: unfoldRace });
    const told = await client.call("tell", { handle, beats: [beats[0], { caption: "", checks: ["entry 99 none"] }] });
    expect(told).toMatchObject({ ok: false, beat: 1, sentence: expect.stringContaining("99 should be an entry of the table") });
  });
});

describe("a challenge", () => {
  const goal = { so: "actor 1 returned none" };

  it("is judged by its run, and the engine knows what to do next", async () => {
    const { client } = loopback();
    const { handle } = await client.open({ document: unfoldRace });
    expect(await client.call("judge", { handle, goal, choices: [0, 1] })).toEqual({});
    const first = await client.call("hint", { handle, goal, choices: [] });
    if (first.kind !== "way") throw new Error(`there is a way, and not ${first.kind}`);
    expect(first).toMatchObject({ actor: 0, switches: 1, upTo: expect.stringContaining("out of entry 9 and leaves none") });
    const then = await client.call("hint", { handle, goal, choices: first.turn });
    expect(then).toEqual({ kind: "way", actor: 1, switches: 1, turn: [1], upTo: "CPU1 reads entry 9: none" });
    const run = [...first.turn, 1];
    expect(await client.call("judge", { handle, goal, choices: run })).toEqual({ met: { at: run.length, switches: 1 } });
    expect(await client.call("hint", { handle, goal, choices: run })).toEqual({ kind: "met" });
    // Another goal of the same scenario is another search.
    expect(await client.call("hint", { handle, goal: { so: "actor 1 finished" }, choices: [] })).toMatchObject({ kind: "way", actor: 1 });
  });

  it("is not thought about for longer than the person wants", async () => {
    const { client } = loopback();
    const readers = [1, 5, 13].map((index) => ({ kind: "kernel", calls: [{ fn: "ptep_get_lockless", index }] }));
    const { handle } = await client.open({ document: { ...unfoldRace, actors: [...unfoldRace.actors, ...readers] } });
    const stop = new AbortController();
    const seen: number[] = [];
    const hint = await client.call(
      "hint",
      { handle, goal, choices: [] },
      {
        stop: stop.signal,
        onProgress: ({ states }) => {
          seen.push(states);
          stop.abort();
        },
      },
    );
    expect(hint).toEqual({ kind: "stopped" });
    expect(seen[0]).toBeGreaterThan(0);
  });
});

describe("an exploration", () => {
  const race: ScenarioDocument = {
    version: 1,
    machine: { ptes: hexWords("CW*16") },
    actors: [
      { name: "CPU0", kind: "kernel", calls: [{ fn: "ptep_get_and_clear", index: 4 }] },
      { name: "CPU1", kind: "kernel", calls: [{ fn: "ptep_get_lockless", index: 9 }] },
      {
        name: "CPU2",
        kind: "mmu",
        accesses: [
          { rw: "any", index: "any" },
          { rw: "any", index: "any" },
        ],
      },
    ],
  };
  const bounds = { states: 1_000_000 };

  it("answers with verdicts, outcomes and runs that can be played, and reports how far it is", async () => {
    const { client } = loopback();
    const { handle } = await client.open({ document: race });
    const progress: ExploreProgress[] = [];
    const asked = { handle, choices: [0], at: 1, questions: ["CPU1 retried", "never CPU1 returned dirty"], bounds };
    const explored = await client.call("explore", asked, { onProgress: (told) => progress.push(told) });
    expect(explored).toMatchObject({ verdict: "violated", loops: true, limits: expect.stringContaining("sequentially consistent") });
    expect(explored.properties.filter(({ verdict }) => verdict !== "holds")).toEqual([]);
    expect(explored.questions).toMatchObject([
      { mode: "sometimes", verdict: "holds" },
      { mode: "never", verdict: "violated" },
    ]);
    expect(progress.length).toBeGreaterThan(1);
    expect(progress.at(-1)?.states).toBeLessThanOrEqual(explored.states);
    const total = explored.outcomes.reduce((sum, { interleavings }) => sum + BigInt(interleavings ?? 0), 0n);
    expect(total.toString()).toBe(explored.interleavings);
    for (const { choices } of explored.questions) {
      if (choices === undefined) throw new Error("neither a witness nor a counterexample");
      expect(choices[0]).toBe(0);
      const shown = await client.call("view", { handle, choices, at: choices.length, knownSteps: 0 });
      expect(shown.diverged).toBeUndefined();
      expect(shown.steps).toHaveLength(choices.length);
    }
  });

  it("that is stopped answers with what it has, and says so", async () => {
    const { client } = loopback();
    const { handle } = await client.open({ document: race });
    const stop = new AbortController();
    const explored = await client.call(
      "explore",
      { handle, choices: [], at: 0, questions: [], bounds },
      { stop: stop.signal, onProgress: () => stop.abort() },
    );
    expect(explored).toMatchObject({ verdict: "stopped", stopped: "person" });
    expect(explored.states).toBeGreaterThan(0);
    expect(explored).not.toHaveProperty("interleavings");
  });

  it("tells what has failed before it reads how", async () => {
    const { client } = loopback();
    for (const [document, failed] of [
      [race, []],
      [keeps, ["no-deadlock"]],
    ] as const) {
      const { handle } = await client.open({ document });
      const told: ExploreProgress[] = [];
      const asked = { handle, choices: [], at: 0, questions: [], bounds };
      await client.call("explore", asked, { onProgress: (progress) => told.push(progress) });
      expect(told.find(({ phase }) => phase === "reading")).toMatchObject({ failed, whole: true, frontier: 0 });
    }
  });

  it("is kept to tell what the future holds along any run, until something takes its place", async () => {
    const { client } = loopback();
    const { handle } = await client.open({ document: keeps });
    const along = (from: readonly number[], choices: readonly number[]) => client.call("futures", { handle, from, choices });
    const explore = (choices: readonly number[]) => client.call("explore", { handle, choices, at: choices.length, questions: [], bounds });
    expect(await along([], [0])).toEqual({ explored: false });
    await explore([]);
    expect(await along([], [0])).toEqual({ explored: true, futures: ["open", "doomed"] });
    expect(await along([], [1, 1, 0])).toEqual({ explored: true, futures: ["open", "safe", "safe", "safe"] });
    expect(await along([1], [1, 1])).toEqual({ explored: false });
    await explore([1]);
    expect(await along([], [1, 1])).toEqual({ explored: false });
    expect(await along([1], [1, 1])).toEqual({ explored: true, futures: ["unknown", "safe", "safe"] });
    await client.open({ document: keeps });
    expect(await along([1], [1, 1])).toEqual({ explored: false });
  });

  it("whose futures are asked for and no longer waited for still answers who asks next", async () => {
    const { client } = loopback();
    const { handle } = await client.open({ document: unfoldRace });
    await client.call("explore", { handle, choices: [], at: 0, questions: [], bounds });
    const cancel = new AbortController();
    const given = client.call("futures", { handle, from: [], choices: [0] }, { signal: cancel.signal });
    cancel.abort();
    await expect(given).rejects.toBeInstanceOf(Cancelled);
    expect(await client.call("futures", { handle, from: [], choices: [0] })).toMatchObject({ explored: true, futures: { length: 2 } });
  });

  it("is drawn as a grid of two actors with the run on it, and knows a run to each of its cells", async () => {
    const { client } = loopback();
    const { handle } = await client.open({ document: keeps });
    const asked = { handle, from: [] };
    const drawn = () => client.call("grid", { ...asked, actors: [0, 1], choices: [1, 0] });
    expect(await drawn()).toEqual({ explored: false });
    expect(await client.call("gridWay", { ...asked, actors: [0, 1], cell: [0, 1] })).toEqual({ explored: false });
    await client.call("explore", { handle, choices: [], at: 0, questions: [], bounds });
    const lock = { number: 0, call: "ptl_lock()", fn: "ptl_lock", line: 1 };
    const unlock = { number: 1, call: "ptl_unlock()", fn: "ptl_unlock", line: 1 };
    const finished = { call: "finished" };
    expect(await drawn()).toMatchObject({
      explored: true,
      // CPU0 cannot move while CPU1 holds the lock: the run is not followed further.
      grid: {
        axes: [
          [lock, finished],
          [lock, unlock, finished],
        ],
        path: [[0, 0], [0, 1], undefined],
      },
    });
    // One that waits for ever has failed as soon as it cannot move, which is told of its cell, not of a step.
    const failing = await client.call("grid", { ...asked, actors: [0, 1], choices: [0] });
    expect(failing).toMatchObject({
      grid: {
        path: [
          [0, 0],
          [1, 0],
        ],
      },
    });
    expect(failing).not.toHaveProperty("grid.failedAt");
    const way = (cell: readonly [number, number]) => client.call("gridWay", { ...asked, actors: [0, 1], cell });
    expect(await way([1, 0])).toEqual({ explored: true, choices: [0] });
    expect(await way([0, 2])).toEqual({ explored: true, choices: [1, 1] });
    expect(await way([1, 1])).toEqual({ explored: true, choices: undefined });
    expect(await client.call("gridWay", { ...asked, actors: [1, 0], cell: [0, 1] })).toEqual({ explored: false });
    await expect(client.call("grid", { ...asked, actors: [1, 1], choices: [] })).rejects.toThrow("no grid of actors 1 and 1");
    await expect(client.call("grid", { ...asked, actors: [0, 2], choices: [] })).rejects.toThrow("no grid of actors 0 and 2");
  });

  it("is drawn as a grid that tells from where on a run has failed", async () => {
    const { client } = loopback();
    const { handle } = await client.open({ document: { ...race, kernel: { variants: ["convert-no-tlbi"] } } });
    const { properties } = await client.call("explore", { handle, choices: [], at: 0, questions: [], bounds });
    const choices = properties.find(({ verdict }) => verdict === "violated")?.choices ?? [];
    const onward = await client.call("finish", { handle, choices, at: choices.length });
    const grid = await client.call("grid", { handle, from: [], actors: [0, 1], choices: onward.choices });
    expect(choices.length).toBeGreaterThan(0);
    expect(grid).toMatchObject({ explored: true, grid: { failedAt: choices.length } });
    expect(await client.call("futures", { handle, from: [], choices: onward.choices })).toMatchObject({ failedAt: choices.length });
    expect(await client.call("futures", { handle, from: [], choices: choices.slice(0, -1) })).not.toHaveProperty("failedAt");
  });

  it("is drawn as a grid for whoever asks next, though others no longer wait or ask for another pair", async () => {
    const { client } = loopback();
    const { handle } = await client.open({ document: unfoldRace });
    await client.call("explore", { handle, choices: [], at: 0, questions: [], bounds });
    const grid = (actors: readonly [number, number], choices: readonly number[], signal?: AbortSignal) =>
      client.call("grid", { handle, from: [], actors, choices }, signal && { signal });
    const cancel = new AbortController();
    const given = grid([0, 1], [], cancel.signal);
    cancel.abort();
    await expect(given).rejects.toBeInstanceOf(Cancelled);
    const [first, second, turned] = await Promise.all([grid([0, 1], []), grid([0, 1], [0]), grid([1, 0], [])]);
    expect(turned).toMatchObject({ explored: true, grid: { path: [[0, 0]] } });
    // Those who asked for what another pair took the place of are told so, or were in time.
    for (const early of [first, second]) if (early.explored) expect(early.grid.path.length).toBeGreaterThan(0);
    expect(await grid([0, 1], [0])).toMatchObject({
      explored: true,
      grid: {
        path: [
          [0, 0],
          [1, 0],
        ],
      },
    });
  });

  it("under two kernels tells what changed, how far each side is, and compares what it has when it is stopped", async () => {
    const { client } = loopback();
    const sides = { before: race, after: { ...race, kernel: { variants: ["convert-no-tlbi"] } } };
    const told: string[] = [];
    const compared = await client.call(
      "compare",
      { ...sides, questions: ["CPU1 retried"], bounds },
      { onProgress: ({ side, phase }) => told.push(`${side} ${phase}`) },
    );
    expect([...new Set(told)].filter((text) => text.endsWith("searching"))).toEqual(["before searching", "after searching"]);
    expect(compared.verdicts).toContainEqual(expect.objectContaining({ property: "break-before-make", change: "worse", side: "after" }));
    expect(compared).toMatchObject({ before: { kernel: "6.12" }, after: { kernel: "6.12+convert-no-tlbi" } });
    for (const { ptes, told: got } of compared.outcomes.before) {
      expect(ptes.every((pte) => pte in compared.words)).toBe(true);
      expect(got).toHaveLength(race.actors.length);
    }

    const stop = new AbortController();
    const early = await client.call("compare", { ...sides, questions: [], bounds }, { stop: stop.signal, onProgress: () => stop.abort() });
    expect(early).toMatchObject({ before: { stopped: "person" }, after: { stopped: "person" } });
    expect(early.verdicts.filter(({ change }) => change !== "unknown")).toEqual([]);
  });

  it("refuses a question at the word that is wrong", async () => {
    const { client } = loopback();
    const { handle } = await client.open({ document: race });
    expect(await client.call("ask", { handle, text: "CPU1 retried" })).toEqual({ ok: true, mode: "sometimes" });
    const refused = await client.call("ask", { handle, text: "CPU1 retird" });
    expect(refused).toMatchObject({ ok: false, at: 5, length: 6, sentence: expect.stringContaining("retried") });
  });
});
