import { describe, expect, it } from "vitest";
import { machineFor } from "../lab.ts";
import { replay } from "../machine/run.ts";
import { parseScenario } from "../scenario/parse.ts";
import { stepView } from "./stepView.ts";

/** One CPU's accesses to page 0 of a table with this entry. */
function steps(flags: readonly string[], accesses: readonly string[]) {
  const parsed = parseScenario({
    version: 1,
    machine: { ptes: [{ index: 0, pfn: "0x10", prot: "rw", flags }] },
    actors: [{ kind: "mmu", accesses: accesses.map((rw) => ({ rw, index: 0 })) }],
  });
  if (!parsed.ok) throw new Error(parsed.problem.expected);
  return replay(
    machineFor(parsed.scenario),
    accesses.map(() => 0),
  ).steps.map((step) => stepView(step, ["CPU0"]));
}

describe("what hardware records in an entry", () => {
  it("is told of the step that sets it, and of no other", () => {
    expect(steps([], ["read", "read", "write", "write"]).map(({ recorded }) => recorded)).toEqual([
      { young: true, dirty: false },
      undefined,
      { young: false, dirty: true },
      undefined,
    ]);
    expect(steps([], ["write"])[0]?.recorded).toEqual({ young: true, dirty: true });
    expect(steps(["young"], ["read"])[0]?.recorded).toBeUndefined();
  });
});
