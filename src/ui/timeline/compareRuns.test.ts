import { describe, expect, it } from "vitest";
import { type Choice, type ScenarioDocument, sharedChoices } from "../../engine/protocol.ts";
import { localEngine } from "../../engine/testing/localEngine.ts";
import { compareRuns, type RunEnd } from "./compareRuns.ts";

/** A writer that takes entry 4 out of the block, and a device that writes through whatever it finds there. */
const document: ScenarioDocument = {
  version: 1,
  machine: { folios: [{ pfn: "0x1000", pages: 16 }], ptes: [{ index: 0, count: 16, pfn: "0x1000", prot: "rw" }] },
  actors: [
    { name: "CPU0", kind: "kernel", calls: [{ fn: "ptl_lock" }, { fn: "ptep_get_and_clear", index: 4 }, { fn: "ptl_unlock" }] },
    { name: "SMMU", kind: "mmu", accesses: [{ rw: "write", index: 4 }] },
  ],
};

async function compared(a: readonly Choice[], b: readonly Choice[]) {
  const client = localEngine();
  const { handle } = await client.open({ document });
  const endOf = async (choices: readonly Choice[]): Promise<RunEnd> => {
    const { steps, snapshot } = await client.call("view", { handle, choices, at: choices.length, knownSteps: 0 });
    return { steps, end: snapshot };
  };
  return compareRuns(sharedChoices(a, b), [await endOf(a), await endOf(b)]);
}

describe("two runs of a scenario", () => {
  it("are told apart by the first step that differs, by who faulted, and by what was returned", async () => {
    const apart = await compared([0, 0, 0, 1, 0], [0, 1, 0, 0, 0]);
    expect(apart.shared).toBe(1);
    expect(apart.next.map((step) => step?.actor)).toEqual([0, 1]);
    expect(apart.more).toEqual([4, 4]);
    // After the entry was taken the device faults; before, it gets through and marks the entry the writer then takes.
    expect(apart.alarms[0]).toHaveLength(1);
    expect(apart.alarms[0][0]).toMatch(/fault/);
    expect(apart.alarms[1]).toEqual([]);
    const device = apart.results.find(({ actor }) => actor === "SMMU");
    expect(device?.both).toEqual(["fault-translation", "ok"]);
    expect(apart.results.find(({ actor }) => actor === "CPU0")?.call).toMatch(/ptep_get_and_clear/);
    expect(apart.entries).toEqual([]);
    expect(apart.standing).toEqual(["every actor has finished", "every actor has finished"]);
  });

  it("of which one is over before the other show what that one leaves", async () => {
    const apart = await compared([0, 0], [0, 0, 0]);
    expect(apart.next[0]).toBeUndefined();
    expect(apart.next[1]?.text).toMatch(/entry 4/);
    expect(apart.entries.map(({ index }) => index)).toEqual([4]);
    expect(apart.entries[0]?.both.map((entry) => entry?.kind)).toEqual(["valid", "none"]);
    expect(apart.results.map(({ both }) => both[0])).toEqual([undefined]);
    expect(apart.standing[0]).toBe("CPU0, SMMU can go on");
  });
});
