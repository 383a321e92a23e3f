import { describe, expect, it } from "vitest";
import { createClient, type Transport } from "../../engine/client.ts";
import { createHost } from "../../engine/host.ts";
import type { FromEngine, ScenarioDocument } from "../../engine/protocol.ts";
import { READY_SCENARIOS } from "../../stories/scenarios/index.ts";
import { createLab, type Lab } from "./lab.ts";
import { createQueryClient } from "./queryClient.ts";

/** The lab over an engine in the same thread. */
async function openLab(document: ScenarioDocument = READY_SCENARIOS[0].document): Promise<Lab> {
  let listener: (message: FromEngine) => void = () => {};
  const host = createHost(
    (message) => listener(structuredClone(message)),
    () => new Promise((resolve) => setTimeout(resolve, 0)),
    () => performance.now() / 1000,
  );
  const transport: Transport = {
    post: (message) => void host.receive(structuredClone(message)),
    onMessage: (l) => {
      listener = l;
    },
    onRestart() {},
    onGone() {},
    close() {},
  };
  const lab = createLab(createClient(transport), createQueryClient());
  await lab.open({ base: READY_SCENARIOS[0], document, choices: [], at: 0 });
  return lab;
}

/** Until everything asked for so far is done: a last action waits for those before it. */
async function settled(lab: Lab): Promise<void> {
  await expect.poll(() => lab.store.getState().running).toBeUndefined();
  await new Promise((resolve) => setTimeout(resolve, 30));
}

const shown = (lab: Lab) => {
  const { choices, at } = lab.store.getState();
  return { choices, at };
};

const twoReads: ScenarioDocument = {
  version: 1,
  machine: { ptes: [{ index: 0, pfn: "0x1", prot: "rw" }] },
  actors: [
    {
      kind: "mmu",
      accesses: [
        { rw: "read", index: "any" },
        { rw: "write", index: "any" },
      ],
    },
  ],
};

describe("undo and redo", () => {
  it("bring back more scenarios than the engine keeps open, each with its run, and take them away again", async () => {
    const lab = await openLab();
    const titles = Array.from({ length: 12 }, (_, n) => `scenario ${n}`);
    for (const title of titles) {
      expect(await lab.openSource({ document: { ...twoReads, title } })).toBeUndefined();
      lab.stepActor(0);
      await lab.settled();
    }
    const seen = (): string => `${lab.store.getState().scenario?.document.title} after ${lab.store.getState().at}`;
    const walk = async (step: () => void): Promise<readonly string[]> => {
      const told: string[] = [];
      for (const _ of titles) {
        step();
        await lab.settled();
        told.push(seen());
      }
      return told;
    };
    const back = await walk(() => lab.undo());
    expect(back.slice(0, -1)).toEqual(
      titles
        .slice(0, -1)
        .toReversed()
        .map((title) => `${title} after 1`),
    );
    expect(lab.store.getState().scenario?.document.title).toBe(READY_SCENARIOS[0].document.title);
    expect(await walk(() => lab.redo())).toEqual(titles.map((title) => `${title} after 1`));
  });
});

describe("the lab", () => {
  it("makes one step for each key, however fast they come", async () => {
    const lab = await openLab();
    for (const actor of [0, 1, 1, 0]) lab.stepActor(actor);
    await settled(lab);
    expect(shown(lab)).toEqual({ choices: [0, 1, 1, 0], at: 4 });
  });

  it("goes along the recorded run when the same move is made again, and cuts it off when another is", async () => {
    const lab = await openLab(twoReads);
    lab.stepActor(0);
    lab.stepActor(0);
    lab.seek(0);
    lab.stepActor(0);
    await settled(lab);
    expect(shown(lab)).toMatchObject({ at: 1 });
    expect(shown(lab).choices).toHaveLength(2);

    const race = await openLab();
    for (const actor of [0, 1, 1]) race.stepActor(actor);
    race.seek(1);
    race.stepActor(0);
    await settled(race);
    expect(shown(race)).toEqual({ choices: [0, 0], at: 2 });
  });

  it("keeps the run that another choice or a restart takes the place of, until another scenario is opened", async () => {
    const lab = await openLab();
    const kept = () => lab.store.getState().forks.kept.map(({ choices }) => choices);
    for (const actor of [0, 1, 1]) lab.stepActor(actor);
    lab.seek(1);
    lab.stepActor(0);
    await settled(lab);
    expect(kept()).toEqual([[0, 1, 1]]);

    lab.takeFork(lab.store.getState().forks.lastId);
    await settled(lab);
    expect(shown(lab)).toEqual({ choices: [0, 1, 1], at: 1 });
    expect(kept()).toEqual([[0, 0]]);

    lab.restart();
    await settled(lab);
    expect(kept()).toEqual([
      [0, 0],
      [0, 1, 1],
    ]);
    await lab.openReady("batch-and-fold");
    expect(kept()).toEqual([]);
  });

  it("skips positions that a dragging hand has left already, and ends at the last", async () => {
    const lab = await openLab();
    for (let n = 0; n < 8; n++) lab.stepActor(0);
    await settled(lab);
    const seen: number[] = [];
    lab.store.subscribe(({ at }) => void seen.push(at));
    for (let at = 7; at >= 2; at--) lab.scrub(at);
    await settled(lab);
    expect(seen).toEqual([2]);

    // What else was asked for keeps its turn.
    lab.scrub(3);
    lab.forward();
    lab.scrub(6);
    await settled(lab);
    expect(seen).toEqual([2, 3, 4, 6]);
  });

  it("scrubs after another scenario was opened in the middle of it", async () => {
    const lab = await openLab();
    for (let n = 0; n < 4; n++) lab.stepActor(0);
    await settled(lab);
    lab.scrub(1);
    await lab.openReady("batch-and-fold");
    for (let n = 0; n < 3; n++) lab.stepActor(0);
    await settled(lab);
    lab.scrub(2);
    await settled(lab);
    expect(shown(lab).at).toBe(2);
  });

  it("refuses a move from a list that is older than the position", async () => {
    const lab = await openLab(twoReads);
    lab.choose({ actor: 0, access: ["write", 0] });
    await settled(lab);
    expect(shown(lab)).toEqual({ choices: [], at: 0 });
  });

  it("does not step the next scenario with keys pressed for the last", async () => {
    const lab = await openLab();
    lab.stepActor(0);
    lab.stepActor(0);
    await lab.openReady("batch-and-fold");
    await settled(lab);
    expect(lab.store.getState().scenario?.base.name).toBe("batch-and-fold");
    expect(shown(lab)).toEqual({ choices: [], at: 0 });
  });

  it("keeps the run out of the document, where a link would tell it twice", async () => {
    const lab = await openLab({ ...twoReads, choices: [{ actor: 0, access: ["read", 0] }] });
    expect(lab.store.getState().scenario?.document).not.toHaveProperty("choices");
    expect(shown(lab)).toEqual({ choices: [{ actor: 0, access: ["read", 0] }], at: 1 });
  });

  it("keeps what is open when a document is refused, and says where it is wrong", async () => {
    const lab = await openLab();
    lab.stepActor(1);
    await settled(lab);
    const before = lab.store.getState();
    expect(await lab.openSource({ text: '{"version":1}' })).toEqual({ path: "machine", expected: "given, and is missing" });
    expect(lab.store.getState()).toEqual(before);
  });

  it("names both who spins and who waits at the end of a run", async () => {
    const torn = { index: 0, count: 8, pfn: "0x1000", prot: "rw", flags: ["cont"] } as const;
    const lab = await openLab({
      version: 1,
      machine: { ptes: [{ ...torn, flags: ["cont"] }] },
      actors: [
        { name: "reader", kind: "kernel", calls: [{ fn: "ptep_get_lockless", index: 0 }] },
        { name: "locker", kind: "kernel", calls: [{ fn: "ptl_lock" }, { fn: "ptl_lock" }] },
      ],
    });
    lab.runToEnd();
    await settled(lab);
    expect(lab.store.getState().notice?.text).toMatch(/^reader can only repeat .*\. locker cannot go on: .*\.$/);
  });
});
