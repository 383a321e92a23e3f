/** Judges where both sides stood, for all granules together, and says it as a table. */
import type { CodePlace, Toolchain } from "../src/engine/linux/toolchain.ts";
import { ALL_LABELS, OF_THE_SHIM, type Sighting, type WrongPlace, wrongPlace } from "./places.ts";
import type { Findings } from "./sequential.ts";

/** What was seen in one module. */
export interface Seen {
  readonly module: Uint8Array;
  readonly sightings: readonly Sighting[];
}

export async function placesReport(toolchain: Toolchain, seen: readonly Seen[]): Promise<Findings> {
  const proven = new Map<string, number>();
  const wrong = new Map<string, WrongPlace>();
  for (const { module, sightings } of seen) {
    const offsets = [...new Set(sightings.flatMap((sighting) => sighting.offsets))];
    const frames = await toolchain.locate(module, offsets);
    const at = new Map(offsets.map((offset, n) => [offset, frames[n] ?? []]));
    for (const sighting of sightings) {
      const problem = wrongPlace(sighting, (offset) => at.get(offset) ?? []);
      if (problem !== undefined) wrong.set(problem.label, problem);
      else for (const label of sighting.labels) proven.set(label, (proven.get(label) ?? 0) + sighting.times);
    }
  }
  return {
    differences: wrong.size,
    lines: [
      "Places: whether the kernel's debug information names the same function, file and line",
      ...ALL_LABELS.map((label) => `  ${label.padEnd(52)} ${stateOf(label, proven.get(label))}`),
      ...[...wrong.values()].flatMap(wrongLines),
    ],
  };
}

function stateOf(label: string, times: number | undefined): string {
  if (OF_THE_SHIM.has(label)) return "made by the shim: nothing to compare";
  return times === undefined ? "not reached" : `proven, ${times} times`;
}

const wrongLines = ({ label, labels, claimed, kernel }: WrongPlace): readonly string[] => [
  `  WRONG ${label}, seen at ${labels.join(" < ")}`,
  `    this engine: ${stackLine(claimed)}`,
  `    Linux:       ${stackLine(kernel)}`,
];

const stackLine = (places: readonly (CodePlace | undefined)[]): string =>
  places.map((place) => (place === undefined ? "(not listed)" : `${place.fn} ${place.file}:${place.line}`)).join(" < ");
