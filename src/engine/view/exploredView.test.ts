import { expect, it } from "vitest";
import type { Explored, ScenarioDocument } from "../protocol.ts";
import { localEngine } from "../testing/localEngine.ts";

async function explored(document: ScenarioDocument): Promise<Explored> {
  const client = localEngine();
  const { handle } = await client.open({ document });
  return client.call("explore", { handle, choices: [], at: 0, questions: [], bounds: { states: 10_000 } });
}

it("tells what was returned as a pte, a number or nothing, and decodes every pte of an outcome", async () => {
  const { outcomes, words } = await explored({
    version: 1,
    machine: { folios: [{ pfn: "0x1000", pages: 16 }], ptes: [{ index: 0, count: 16, pfn: "0x1000", prot: "rw", flags: ["cont"] }] },
    actors: [
      {
        kind: "kernel",
        calls: [
          { fn: "ptl_lock" },
          { fn: "pte_batch_hint", index: 4, pte: "0x78000001004bc3" },
          { fn: "ptep_get", index: 4 },
          { fn: "ptl_unlock" },
        ],
      },
      { kind: "mmu", accesses: [{ rw: "read", index: 15 }] },
    ],
  });
  // The hint is that twelve entries of the block are left from slot 4 on; nobody else gets a number.
  for (const { told, returns } of outcomes) {
    expect(told[0]).toEqual(["12", returns[0]?.[1]]);
    expect(returns[0]?.[0]).toBe("0xc");
    expect(told[1]).toEqual(["ok"]);
  }
  const got = outcomes.map(({ returns }) => words[returns[0]?.[1] ?? ""]);
  expect(got.map((word) => word?.young).toSorted()).toEqual([false, true]);
  for (const word of got) expect(word).toMatchObject({ kind: "valid", pfn: "0x1004", cont: true, dirty: "clean" });
  for (const { ptes } of outcomes) for (const pte of ptes) expect(words[pte]?.word).toBe(pte);
});
