import { describe, expect, it } from "vitest";
import { hex } from "../hardware/descriptor.ts";
import { listingsOf } from "../kernel/listings.ts";
import { kernelOf, machineFor } from "../lab.ts";
import type { Snapshot } from "../protocol.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { words } from "../testing/drawing.ts";
import { kernel, scenarioOf } from "../testing/scenarioOf.ts";
import { placesOf } from "./places.ts";
import { snapshot } from "./snapshot.ts";

/** The start of a scenario with the drawn table, all of it one folio. */
const shown = (drawing: string): Snapshot =>
  snapshotOf(
    scenarioOf({
      machine: { folios: [{ pfn: "0x1000", pages: 16 }], ptes: words(drawing).map(hex) },
      actors: [kernel()],
    }),
  );

function snapshotOf(scenario: Scenario): Snapshot {
  const machine = machineFor(scenario);
  return snapshot(machine, placesOf(listingsOf(kernelOf(scenario).code)), machine.initial, 0);
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

describe("the folio lane", () => {
  const lanes: readonly (readonly [drawing: string, spans: readonly (readonly [start: number, count: number])[]])[] = [
    ["W*16", [[0, 16]]],
    ["W*4 N*4 W*8", [[0, 16]]],
    ["N*3 .*13", [[0, 3]]],
    [
      "W*4 .*2 R*10",
      [
        [0, 4],
        [6, 10],
      ],
    ],
    [
      "W*8 W@2000 N@2001 .*6",
      [
        [0, 8],
        [8, 1],
        [9, 1],
      ],
    ],
  ];
  it.each(lanes)("of %s holds what is present: %j", (drawing, spans) => {
    expect(shown(drawing).folios.map(({ start, count }) => [start, count])).toEqual(spans);
  });

  it("leaves out what is swapped out", () => {
    const scenario = { machine: { ptes: ["0x5004", "0x68000001000bc3"] }, actors: [kernel()] };
    expect(snapshotOf(scenarioOf(scenario)).folios).toMatchObject([{ start: 1, count: 1 }]);
  });
});
