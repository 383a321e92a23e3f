/** A run as kernel commit messages draw races: plain text, one column for each CPU, time downwards. */
import type { Run } from "../../machine/run.ts";
import { changeOf } from "../../machine/step.ts";
import type { Scenario } from "../../scenario/scenario.ts";
import { inColumns, WIDTH, wrap } from "./columns.ts";
import { happenings } from "./happenings.ts";
import { LETTERS, type Letter, lettersOf, tableText } from "./looks.ts";

/**
 * @param kernel whose code ran, as the title tells it
 * @param all every access on a line of its own, instead of only those that matter
 * @returns lines of at most 75 characters, each ended
 */
export function diagram(scenario: Scenario, { states, steps }: Run, kernel: string, all: boolean): string {
  const { granule, actors, title } = scenario;
  const moved = actors.flatMap((_, actor) => (steps.some((step) => step.actor === actor) ? [actor] : []));
  const lines = happenings(scenario, steps, all).map((line) => ({ ...line, column: moved.indexOf(line.column) }));
  const names = moved.map((actor) => `${actors[actor]?.name ?? ""}${actors[actor]?.kind === "mmu" ? " (MMU)" : ""}`);
  const [first, last] = [states[0]?.table.words() ?? [], states.at(-1)?.table.words() ?? []];
  const paragraphs: readonly (readonly string[])[] = [
    wrapped(`${title === "" ? "A run" : title} (${kernel})`),
    wrapped(`At first: ${tableText(granule, first)}`),
    ...(steps.length === 0 ? [["Nothing has moved yet."]] : [inColumns(names, lines), wrapped(`At the end: ${tableText(granule, last)}`)]),
    wrapped(legend([...first, ...steps.flatMap((step) => changeOf(step)?.new ?? [])].flatMap((word) => lettersOf(granule, word)))),
  ];
  return `${paragraphs.map((paragraph) => paragraph.join("\n")).join("\n\n")}\n`;
}

const wrapped = (text: string): readonly string[] => wrap(text, WIDTH, "", "  ");

function legend(letters: readonly Letter[]): string {
  const used = new Set(letters);
  const known = (Object.keys(LETTERS) as Letter[]).filter((letter) => used.has(letter));
  return ["[n]: the pte of page n, told by its frame", ...known.map((letter) => `${letter}: ${LETTERS[letter]}`)].join(", ");
}
