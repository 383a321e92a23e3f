import { expect, it } from "vitest";
import type { ScenarioDocument } from "../../engine/protocol.ts";
import { localEngine } from "../../engine/testing/localEngine.ts";
import { READY_SCENARIOS } from "../../stories/scenarios/index.ts";
import { cutAt, examplesFor } from "./questions.ts";

async function taken(document: ScenarioDocument): Promise<readonly string[]> {
  const client = localEngine();
  const { handle } = await client.open({ document });
  const examples = examplesFor(document.actors.map(({ name = "", kind }) => ({ name, kind })));
  const answers = await Promise.all(examples.map((text) => client.call("ask", { handle, text })));
  return examples.filter((_, n) => answers[n]?.ok);
}

it("every ready scenario has examples that can be asked of it", async () => {
  for (const { document } of READY_SCENARIOS) expect(await taken(document), document.title ?? "").not.toEqual([]);
});

it("names that mean something else are quoted", async () => {
  const names = ["lock", "the writer", 'a "b"', "CPU1"];
  const document: ScenarioDocument = {
    version: 1,
    machine: { ptes: [{ index: 0, pfn: "0x1", prot: "rw" }] },
    actors: names.map((name) => ({ name, kind: "mmu", accesses: [{ rw: "read", index: 0 }] })),
  };
  const faults = names.length;
  expect((await taken(document)).filter((text) => text.endsWith("faulted"))).toHaveLength(faults);
});

it("a refused question is cut at the offending word, and marked at its end where something is missing", () => {
  expect(cutAt("CPU1 returned dirtyy now", { ok: false, at: 14, length: 6, sentence: "" })).toEqual(["CPU1 returned ", "dirtyy", " now"]);
  expect(cutAt("CPU1", { ok: false, at: 4, length: 0, sentence: "" })).toEqual(["CPU1", "…", ""]);
});
