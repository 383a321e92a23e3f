/** How the runs of a space end: the distinct outcomes. */
import type { MachineState } from "../machine/state.ts";
import { ACTORS, TABLE } from "./automata/automata.ts";
import { type Pass, SLICE } from "./graph/graph.ts";
import type { MachineGraph } from "./machineGraph.ts";
import type { Search } from "./search.ts";

export interface Outcome {
  /** The machine states in which nobody can move that look like this, soonest reached first. */
  readonly ends: readonly number[];
  readonly state: MachineState;
}

/** States in which nobody can move, finished or blocked, by what everybody got and the table that is left. */
export function* outcomesOf(space: Search, graph: MachineGraph): Pass<readonly Outcome[]> {
  const { automata, width } = space.product;
  const row = new Int32Array(width);
  const found = new Map<string, { ends: number[]; state: MachineState }>();
  for (let node = 0; node < graph.expanded; node++) {
    if (node % SLICE === SLICE - 1) yield;
    if (graph.edges(node) < graph.edges(node + 1)) continue;
    space.row(graph.first(node), row);
    const got = automata.scenario.actors.map((_, actor) => gotBy(space, actor, row[ACTORS + actor] as number));
    const key = `${row[TABLE]} ${got.join(";")}`;
    const outcome = found.get(key) ?? { ends: [], state: automata.stateOf(row) };
    found.set(key, outcome);
    outcome.ends.push(node);
  }
  return [...found.values()];
}

function gotBy({ product: { automata } }: Search, actor: number, node: number): string {
  const kernel = automata.kernels[actor]?.node(node).own;
  if (kernel !== undefined) return kernel.returns.filter((value) => value !== undefined).join();
  return automata.mmus[actor]?.node(node).own.results.join() ?? "";
}
