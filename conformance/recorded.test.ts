/** Our routines against what Linux's own code did when it was recorded (npm run conformance -- --record). */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { builtInRoutines, CALLS } from "../src/engine/kernel/calls.ts";
import { kernelOf } from "../src/engine/lab.ts";
import { recordingFile } from "./folders.ts";
import { differing, digestOfDocuments, documentsOf, RECORDED_DOCUMENTS, type Recording } from "./recording.ts";
import type { ProviderOf } from "./sequential.ts";

const recording = JSON.parse(readFileSync(recordingFile, "utf8")) as Recording;
const documents = documentsOf(recording);
const ours: ProviderOf = (scenario) => builtInRoutines(kernelOf(scenario));

/** Ours, with one call doing what another does. */
const confusing =
  (fn: string, other: string): ProviderOf =>
  (scenario) => {
    const provider = ours(scenario);
    return {
      ...provider,
      routine: (call) => (call.fn === fn ? { ...provider.routine({ ...call, fn: other }), fn } : provider.routine(call)),
    };
  };

describe("the recording", () => {
  it("is of the documents that are drawn now; if not, record again", () => {
    expect(documents).toHaveLength(RECORDED_DOCUMENTS);
    expect(digestOfDocuments(documents)).toBe(recording.documents);
  });

  it("makes every call that Linux's code is compiled for; if not, record again", () => {
    expect([...recording.calls].sort()).toEqual([...CALLS.keys()].sort());
  });

  it("holds for our routines: on each document they did what Linux did", { timeout: 60_000 }, () => {
    const numbers = [...differing(recording, documents, ours)];
    expect(numbers.map((number) => `document ${number}: npm run conformance -- --document ${number}`)).toEqual([]);
  });

  it.each([
    ["ptep_clear_flush", "ptep_get_and_clear"],
    ["ptep_get", "ptep_get_lockless"],
    ["clear_full_ptes", "get_and_clear_full_ptes"],
    ["ptep_modify_prot_start", "ptep_clear_flush"],
  ])("notices a %s that does what %s does", (fn, other) => {
    expect(differing(recording, documents, confusing(fn, other)).next().done).toBe(false);
  });
});
