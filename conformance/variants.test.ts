/** Every variant that changes what one CPU alone does is caught by the recording; for the others it is said why not. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { builtInRoutines } from "../src/engine/kernel/calls.ts";
import { codeOf, VARIANTS } from "../src/engine/kernel/variants/profiles.ts";
import { kernelOf } from "../src/engine/lab.ts";
import { recordingFile } from "./folders.ts";
import { differing, documentsOf, type Recording } from "./recording.ts";
import type { ProviderOf } from "./sequential.ts";

const recording = JSON.parse(readFileSync(recordingFile, "utf8")) as Recording;
const documents = documentsOf(recording);

/** Variants that one CPU alone cannot tell from Linux 6.12.117. */
const ALIKE: ReadonlyMap<string, string> = new Map([
  ["convert-bool-accumulators", "the same accesses and values, only gathered in other variables"],
  ["gup-compare-modulo-ad", "the two looks differ only if somebody else moves in between"],
  ["fault-compare-modulo-ad", "the two looks differ only if somebody else moves in between"],
]);

const running =
  (id: string): ProviderOf =>
  (scenario) => {
    const code = codeOf({ profile: "6.12", variants: [id] }, VARIANTS.get(id)?.needs?.bbm ?? 0);
    return builtInRoutines({ ...kernelOf(scenario), code });
  };

const firstDifference = (id: string): number | undefined => differing(recording, documents, running(id)).next().value ?? undefined;

describe("the recording of Linux 6.12.117", { timeout: 60_000 }, () => {
  it.each([...VARIANTS.keys()].filter((id) => !ALIKE.has(id)))("catches %s", (id) => {
    expect(firstDifference(id)).toBeDefined();
  });

  it.each([...ALIKE])("does not catch %s: %s", (id) => {
    expect(firstDifference(id)).toBeUndefined();
  });

  it("excuses only variants that there are", () => {
    expect([...ALIKE.keys()].filter((id) => !VARIANTS.has(id))).toEqual([]);
  });
});
