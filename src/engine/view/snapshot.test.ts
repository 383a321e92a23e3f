import { describe, expect, it } from "vitest";
import { hex } from "../hardware/descriptor.ts";
import { listingsOf } from "../kernel/listings.ts";
import { kernelOf, machineFor } from "../lab.ts";
import type { Snapshot } from "../protocol.ts";
import { words } from "../testing/drawing.ts";
import { kernel, scenarioOf } from "../testing/scenarioOf.ts";
import { placesOf } from "./places.ts";
import { snapshot } from "./snapshot.ts";

/** The start of a scenario with the drawn table, all of it one folio. */
function shown(drawing: string): Snapshot {
  const scenario = scenarioOf({
    machine: { folios: [{ pfn: "0x1000", pages: 16 }], ptes: words(drawing).map(hex) },
    actors: [kernel()],
  });
  const machine = machineFor(scenario);
  return snapshot(machine, placesOf(listingsOf(kernelOf(scenario).code)), machine.initial, 0, undefined);
}

describe("a block as the page shows it", () => {
  const blocks: readonly (readonly [drawing: string, state: string, misfits: readonly string[]])[] = [
    ["CW*16", "folded", []],
    ["CW*2 CWhy CWd CW*12", "folded", []],
    ["W*16", "single", []],
    [".*16", "empty", []],
    [".*6 CW*10", "mixed", ["not-valid"]],
    ["CW*15 N", "mixed", ["not-valid"]],
    ["CR*8 CW*8", "mixed", ["protections"]],
    ["W CW*15", "mixed", ["no-cont"]],
    ["CW*15 CW@1f00", "mixed", ["frames"]],
    [".*2 CR W*12 CW@1f00", "mixed", ["not-valid", "no-cont", "frames", "protections"]],
  ];
  it.each(blocks)("of %s is %s: %j", (drawing, state, misfits) => {
    expect(shown(drawing).blocks).toEqual([{ start: 0, count: 16, state, misfits }]);
  });
});
