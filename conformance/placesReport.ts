/** Judges where both sides stood, for all granules together, and says it as a table. */
import type { CallPlaces, CodePlace } from "../src/engine/linux/toolchain.ts";
import { ALL_LABELS, OF_THE_SHIM, type Sighting, type WrongPlace, wrongPlace } from "./places.ts";
import type { Findings } from "./sequential.ts";

/** What was seen in one module. */
export interface Seen {
  readonly places: CallPlaces;
  readonly sightings: readonly Sighting[];
}

/** @param enough whether so many documents were run that every label must have been reached */
export function placesReport(seen: readonly Seen[], enough: boolean): Findings {
  const proven = new Map<string, number>();
  const wrong = new Map<string, WrongPlace>();
  for (const { places, sightings } of seen) {
    for (const sighting of sightings) {
      const problem = wrongPlace(sighting, (offset) => places.get(offset) ?? []);
      if (problem !== undefined) wrong.set(problem.label, problem);
      else for (const label of sighting.labels) proven.set(label, (proven.get(label) ?? 0) + sighting.times);
    }
  }
  return placesFindings(proven, wrong, enough);
}

/** @param proven how often each label was */
export function placesFindings(proven: ReadonlyMap<string, number>, wrong: ReadonlyMap<string, WrongPlace>, enough: boolean): Findings {
  const missed = ALL_LABELS.filter((label) => !proven.has(label) && !wrong.has(label) && !OF_THE_SHIM.has(label));
  return {
    differences: wrong.size + (enough ? missed.length : 0),
    lines: [
      "Places: whether the kernel's debug information names the same function, file and line",
      ...ALL_LABELS.map((label) => `  ${label.padEnd(52)} ${stateOf(label, proven.get(label))}`),
      ...[...wrong.values()].flatMap(wrongLines),
      ...(missed.length > 0 ? [missedLine(missed.length, enough)] : []),
    ],
  };
}

function stateOf(label: string, times: number | undefined): string {
  if (OF_THE_SHIM.has(label)) return "made by the shim: nothing to compare";
  return times === undefined ? "not reached" : `proven, ${times} times`;
}

const missedLine = (missed: number, enough: boolean): string =>
  enough ? `  WRONG: ${missed} labels not reached` : `  ${missed} labels not reached in so few documents`;

const wrongLines = ({ label, labels, claimed, kernel }: WrongPlace): readonly string[] => [
  `  WRONG ${label}, seen at ${labels.join(" < ")}`,
  `    this engine: ${stackLine(claimed)}`,
  `    Linux:       ${stackLine(kernel)}`,
];

const stackLine = (places: readonly (CodePlace | undefined)[]): string =>
  places.map((place) => (place === undefined ? "(not listed)" : `${place.fn} ${place.file}:${place.line}`)).join(" < ");
