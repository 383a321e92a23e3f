/**
 * A scenario as a SPIN model: one state of ours is one state of the model, one step one
 * transition. Kernel actors are their automata as tables, the rest of the machine and the
 * properties are C on the state vector (docs/spin.md).
 */
import type { Subject } from "../explore/explore.ts";
import type { PropertyId } from "../explore/properties/property.ts";
import { closureOf, NoModel } from "./closure.ts";
import { machineText, type Process } from "./machine.ts";
import { hooksOf, monitorsFor } from "./monitors.ts";

/** @throws NoModel */
export function promelaOf(subject: Subject, properties: readonly PropertyId[]): string {
  const { scenario } = subject;
  if (scenario.choices.length > 0) throw new NoModel("one without choices, because a model begins at the start");
  const closure = closureOf(subject);
  const monitors = monitorsFor(subject, closure, properties);
  const machine = machineText(closure, hooksOf(monitors));
  const lines = (parts: readonly string[]): string => parts.join("\n");
  return `/*
 * ${(scenario.title ?? "A scenario").replaceAll("*/", "")}
 * A model of contpte-lab, for SPIN: docs/spin.md tells how it is run and read.
 */
${lines(inPieces([...machine.constants, ...monitors.flatMap(({ constants }) => constants)]).map((piece) => `c_decl {\n${piece}\n}`))}

${lines(machine.vector)}
${lines(monitors.flatMap(({ vector }) => vector))}

c_code {
${machine.functions}
}
${lines(machine.processes.map(processText))}
`;
}

/** An actor that has nothing to do is none. */
function processText({ name, options }: Process, actor: number): string {
  if (options.length === 0) return "";
  const texts = options.map(
    ([can, step]) => `  :: d_step { c_expr { (${can}) } -> c_code { bad = 0; ${step}; }; assert(c_expr { !bad }) }`,
  );
  return `
/* ${name.replaceAll("*/", "")} */
active proctype actor${actor}() {
  do
${texts.join("\n")}
  od
}`;
}

/** SPIN takes no more C than this at a time. */
const MOST_CHARACTERS = 30_000;

function inPieces(parts: readonly string[]): readonly string[] {
  const pieces: string[] = [];
  let piece = "";
  for (const part of parts) {
    if (part.length > 2 * MOST_CHARACTERS) throw new NoModel("one with fewer entries or fewer words that they may hold, for a model");
    if (piece.length + part.length > MOST_CHARACTERS && piece !== "") {
      pieces.push(piece);
      piece = "";
    }
    piece += `${part}\n`;
  }
  return [...pieces, piece];
}
