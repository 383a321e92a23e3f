/** What the words after `lab` ask for. Reads no files and prints nothing: a wrong word gives a sentence. */
import { type Bounds, USUAL_STATES } from "../explore/explore.ts";
import { PROPERTIES } from "../explore/properties/property.ts";
import { type Command, exploreCommand, runCommand, type Surroundings } from "./commands.ts";

export const USAGE = `usage: npm run -s lab -- run [FILE] [--jsonl]
       npm run -s lab -- explore [FILE] [--jsonl] [--first] [--reduced] [--properties ID,ID] [--ask QUESTION]…
                              [--states N] [--seconds N] [--memory MB]
FILE left out, or -, is standard input.`;

/** As node:util's parseArgs takes them. */
export const OPTIONS = {
  jsonl: { type: "boolean" },
  first: { type: "boolean" },
  reduced: { type: "boolean" },
  properties: { type: "string" },
  ask: { type: "string", multiple: true },
  states: { type: "string" },
  seconds: { type: "string" },
  memory: { type: "string" },
} as const;

export interface Words {
  readonly positionals: readonly string[];
  readonly values: {
    readonly [K in keyof typeof OPTIONS]?: Value<(typeof OPTIONS)[K]> | undefined;
  };
}

type Value<O> = O extends { readonly type: "boolean" } ? boolean : O extends { readonly multiple: true } ? readonly string[] : string;

type ExploreValues = Omit<Words["values"], "jsonl">;

export interface Task {
  readonly command: Command;
  /** A path, or `-` for standard input. */
  readonly file: string;
  readonly jsonl: boolean;
}

/** @returns a sentence if the words ask for nothing that can be done */
export function taskOf({ positionals, values }: Words, surroundings: Surroundings): Task | string {
  const [name, file = "-", ...rest] = positionals;
  if (name === undefined) return "say what to do: run or explore";
  if (rest.length > 0) return `one file at a time: ${rest.join(" ")} is too much`;
  const { jsonl = false, ...forExplore } = values;
  if (name === "run") {
    const [stray] = Object.keys(forExplore);
    return stray === undefined ? { command: runCommand, file, jsonl } : `--${stray} is for explore; run does not take it`;
  }
  if (name !== "explore") return `${name} is no command; run and explore are`;
  const command = exploring(forExplore, surroundings);
  return typeof command === "string" ? command : { command, file, jsonl };
}

function exploring(values: ExploreValues, surroundings: Surroundings): Command | string {
  const known: readonly string[] = PROPERTIES;
  const wanted = values.properties?.split(",") ?? known;
  const unknown = wanted.find((id) => !known.includes(id));
  if (unknown !== undefined) return `--properties: ${JSON.stringify(unknown)} is not known; ${PROPERTIES.join(", ")} are`;
  const bounds = boundsOf(values);
  if (typeof bounds === "string") return bounds;
  return exploreCommand(
    { bounds, properties: PROPERTIES.filter((id) => wanted.includes(id)), first: values.first ?? false, reduced: values.reduced ?? false },
    values.ask ?? [],
    surroundings,
  );
}

function boundsOf(values: ExploreValues): Bounds | string {
  const bounds: { -readonly [K in keyof Bounds]: Bounds[K] } = { states: USUAL_STATES };
  for (const name of ["states", "seconds", "memory"] as const) {
    const text = values[name];
    if (text === undefined) continue;
    if (!/^\d+(\.\d+)?$/.test(text) || Number(text) === 0) return `--${name} takes a number above 0, not ${JSON.stringify(text)}`;
    bounds[name] = Number(text);
  }
  return Number.isSafeInteger(bounds.states) ? bounds : `--states takes a whole number, not ${bounds.states}`;
}
