/** What the words after `lab` ask for. Reads no files and prints nothing: a wrong word gives a sentence. */
import { type Bounds, USUAL_STATES, type Wishes } from "../explore/explore.ts";
import { PROPERTIES } from "../explore/properties/property.ts";
import { parseScenarioText } from "../scenario/parse.ts";
import { BUILT_IN, type Code } from "./code.ts";
import { type Command, exploreCommand, type RunForm, runCommand, type Surroundings } from "./commands.ts";
import { compareCommand, kernelsNamed, treesCompared } from "./compareCommand.ts";
import type { DocumentText } from "./documents.ts";
import { promelaCommand } from "./promelaCommand.ts";

export const USAGE = `usage: npm run -s lab -- run [FILE] [--jsonl] [--itf | --diagram [--all-accesses]] [TREE]
       npm run -s lab -- explore [FILE] [--jsonl] [--first] [--reduced] [--properties ID,ID] [--ask QUESTION]…
                              [--states N] [--seconds N] [--memory MB] [TREE]
       npm run -s lab -- compare [FILE] [--before KERNEL] --after KERNEL [--jsonl] [--reduced]
                              [--properties ID,ID] [--ask QUESTION]… [--states N] [--seconds N] [--memory MB]
       npm run -s lab -- promela [FILE] [--properties ID,ID]
       npm run -s lab -- compare [FILE] --linux DIR (--linux DIR | --patch DIFF…) …
KERNEL is a profile, 6.17; with variants, 6.12+convert-no-tlbi; or +convert-no-tlbi, on the document's own.
TREE is --linux DIR [--patch DIFF]…: the code of that kernel tree, with these patches.
FILE left out, or -, is standard input.`;

/** As node:util's parseArgs takes them. */
export const OPTIONS = {
  jsonl: { type: "boolean" },
  itf: { type: "boolean" },
  diagram: { type: "boolean" },
  "all-accesses": { type: "boolean" },
  first: { type: "boolean" },
  reduced: { type: "boolean" },
  properties: { type: "string" },
  ask: { type: "string", multiple: true },
  states: { type: "string" },
  seconds: { type: "string" },
  memory: { type: "string" },
  before: { type: "string" },
  after: { type: "string" },
  linux: { type: "string", multiple: true },
  patch: { type: "string", multiple: true },
} as const;

export interface Words {
  readonly positionals: readonly string[];
  readonly values: {
    readonly [K in keyof typeof OPTIONS]?: Value<(typeof OPTIONS)[K]> | undefined;
  };
}

type Value<O> = O extends { readonly type: "boolean" } ? boolean : O extends { readonly multiple: true } ? readonly string[] : string;

type Values = Omit<Words["values"], "jsonl">;

export interface Task {
  readonly command: Command;
  /** A path, or `-` for standard input. */
  readonly file: string;
  readonly jsonl: boolean;
  /** To be waited for before the document is given to the command. */
  ready(document: DocumentText): Promise<void>;
}

/**
 * @param codes of the kernel trees that the words name (trees.ts): what scenarios are run on
 * @returns a sentence if the words ask for nothing that can be done
 */
export function taskOf({ positionals, values }: Words, surroundings: Surroundings, codes: readonly Code[] = []): Task | string {
  const [name, file = "-", ...rest] = positionals;
  if (name === undefined) return `say what to do: ${COMMANDS.slice(0, -1).join(", ")} or ${COMMANDS.at(-1)}`;
  if (rest.length > 0) return `one file at a time: ${rest.join(" ")} is too much`;
  const { jsonl = false, ...own } = values;
  const command = commandOf(name, own, surroundings, codes);
  return typeof command === "string" ? command : { command, file, jsonl, ready: (document) => makeReady(codes, document) };
}

/** A tree's code is compiled for a granule when the first document needs it. */
async function makeReady(codes: readonly Code[], document: DocumentText): Promise<void> {
  if (codes.length === 0 || typeof document !== "string") return;
  const parsed = parseScenarioText(document);
  if (parsed.ok) for (const code of codes) await code.ready?.(parsed.scenario.granule);
}

const COMMANDS = ["run", "explore", "compare", "promela"] as const;
type CommandName = (typeof COMMANDS)[number];

/** The commands that take an option. */
const TAKEN_BY: Readonly<Record<keyof Values, readonly CommandName[]>> = {
  itf: ["run"],
  diagram: ["run"],
  "all-accesses": ["run"],
  first: ["explore"],
  reduced: ["explore", "compare"],
  properties: ["explore", "compare", "promela"],
  ask: ["explore", "compare"],
  states: ["explore", "compare"],
  seconds: ["explore", "compare"],
  memory: ["explore", "compare"],
  before: ["compare"],
  after: ["compare"],
  linux: ["run", "explore", "compare", "promela"],
  patch: ["run", "explore", "compare", "promela"],
};

const isCommand = (name: string): name is CommandName => (COMMANDS as readonly string[]).includes(name);

function commandOf(name: string, values: Values, surroundings: Surroundings, codes: readonly Code[]): Command | string {
  if (!isCommand(name)) return `${name} is no command; ${COMMANDS.slice(0, -1).join(", ")} and ${COMMANDS.at(-1)} are`;
  const stray = (Object.keys(values) as (keyof Values)[]).find((option) => !TAKEN_BY[option].includes(name));
  if (stray !== undefined) return `--${stray} is for ${TAKEN_BY[stray].join(" and ")}; ${name} does not take it`;
  const [code = BUILT_IN, other] = codes;
  if (name === "run") {
    const form = formOf(values);
    return "sentence" in form ? form.sentence : runCommand(code, form.form);
  }
  const said = wishesOf(values);
  if (typeof said === "string") return said;
  const wishes = { ...said, compiled: surroundings.compiled };
  const { ask = [], before, after } = values;
  if (name === "promela") return promelaCommand(said.properties, code);
  if (name === "explore") return exploreCommand({ ...wishes, first: values.first ?? false }, ask, surroundings, code);
  if (other !== undefined && (before ?? after) !== undefined)
    return "--before and --after name kernels of ours; with --linux trees are compared";
  if (other !== undefined) return compareCommand(treesCompared({ before: code, after: other }), wishes, ask, surroundings);
  if (after === undefined)
    return "say with which kernel to compare: --after 6.17, or --after +VARIANT on the document's own, or two trees with --linux";
  return compareCommand(kernelsNamed(before, after), wishes, ask, surroundings);
}

function formOf({ itf, diagram, "all-accesses": all }: Values): { readonly form: RunForm } | { readonly sentence: string } {
  if (itf && diagram) return { sentence: "--itf and --diagram tell the same run: take one" };
  if (all && !diagram) return { sentence: "--all-accesses is for --diagram" };
  return { form: itf ? "itf" : diagram ? (all ? "whole-diagram" : "diagram") : "report" };
}

function wishesOf(values: Values): (Pick<Wishes, "bounds" | "properties"> & { readonly reduced: boolean }) | string {
  const known: readonly string[] = PROPERTIES;
  const wanted = values.properties?.split(",") ?? known;
  const unknown = wanted.find((id) => !known.includes(id));
  if (unknown !== undefined) return `--properties: ${JSON.stringify(unknown)} is not known; ${PROPERTIES.join(", ")} are`;
  const bounds = boundsOf(values);
  if (typeof bounds === "string") return bounds;
  return { bounds, properties: PROPERTIES.filter((id) => wanted.includes(id)), reduced: values.reduced ?? false };
}

function boundsOf(values: Values): Bounds | string {
  const bounds: { -readonly [K in keyof Bounds]: Bounds[K] } = { states: USUAL_STATES };
  for (const name of ["states", "seconds", "memory"] as const) {
    const text = values[name];
    if (text === undefined) continue;
    if (!/^\d+(\.\d+)?$/.test(text) || Number(text) === 0) return `--${name} takes a number above 0, not ${JSON.stringify(text)}`;
    bounds[name] = Number(text);
  }
  return Number.isSafeInteger(bounds.states) ? bounds : `--states takes a whole number, not ${bounds.states}`;
}
