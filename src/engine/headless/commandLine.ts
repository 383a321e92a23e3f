/** What the words after `lab` ask for. Reads no files and prints nothing: a wrong word gives a sentence. */
import { type Gauges, USUAL_STATES } from "../explore/explore.ts";
import { BREACHES, type Breach } from "../machine/step.ts";
import { type Command, exploreCommand, runCommand } from "./commands.ts";

export const USAGE = `usage: npm run -s lab -- run [FILE] [--jsonl]
       npm run -s lab -- explore [FILE] [--jsonl] [--first] [--properties ID,ID] [--states N] [--seconds N] [--memory MB]
FILE left out, or -, is standard input.`;

/** As node:util's parseArgs takes them. */
export const OPTIONS = {
  jsonl: { type: "boolean" },
  first: { type: "boolean" },
  properties: { type: "string" },
  states: { type: "string" },
  seconds: { type: "string" },
  memory: { type: "string" },
} as const;

export interface Words {
  readonly positionals: readonly string[];
  readonly values: {
    readonly [K in keyof typeof OPTIONS]?: ((typeof OPTIONS)[K]["type"] extends "boolean" ? boolean : string) | undefined;
  };
}

export interface Task {
  readonly command: Command;
  /** A path, or `-` for standard input. */
  readonly file: string;
  readonly jsonl: boolean;
}

/** @returns a sentence if the words ask for nothing that can be done */
export function taskOf({ positionals, values }: Words, gauges: Gauges): Task | string {
  const [name, file = "-", ...rest] = positionals;
  if (name === undefined) return "say what to do: run or explore";
  if (rest.length > 0) return `one file at a time: ${rest.join(" ")} is too much`;
  const { jsonl = false, ...forExplore } = values;
  if (name === "run") {
    const [stray] = Object.keys(forExplore);
    return stray === undefined ? { command: runCommand, file, jsonl } : `--${stray} is for explore; run does not take it`;
  }
  if (name !== "explore") return `${name} is no command; run and explore are`;
  const command = exploring(forExplore, gauges);
  return typeof command === "string" ? command : { command, file, jsonl };
}

function exploring(values: Omit<Words["values"], "jsonl">, gauges: Gauges): Command | string {
  const properties = values.properties === undefined ? BREACHES : values.properties.split(",");
  const unknown = properties.find((id) => !isBreach(id));
  if (unknown !== undefined) return `--properties: ${JSON.stringify(unknown)} is not known; ${BREACHES.join(" and ")} are`;
  const bounds = { states: USUAL_STATES, ...numbersOf(values) };
  const wrong = (["states", "seconds", "memory"] as const).find((name) => bounds[name] !== undefined && !(Number(bounds[name]) > 0));
  if (wrong !== undefined) return `--${wrong} takes a number above 0, not ${JSON.stringify(values[wrong])}`;
  if (!Number.isSafeInteger(bounds.states)) return `--states takes a whole number, not ${values.states}`;
  return exploreCommand({ bounds, properties: properties.filter(isBreach), first: values.first ?? false }, gauges);
}

const numbersOf = ({ states, seconds, memory }: Omit<Words["values"], "jsonl">) => ({
  ...(states !== undefined && { states: numberOf(states) }),
  ...(seconds !== undefined && { seconds: numberOf(seconds) }),
  ...(memory !== undefined && { memory: numberOf(memory) }),
});

/** NaN for what is not written in decimal digits. */
const numberOf = (text: string): number => (/^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN);

const isBreach = (id: string): id is Breach => (BREACHES as readonly string[]).includes(id);
