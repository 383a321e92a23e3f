/** Answers questions about a space that has been searched. */
import { ACTORS, type Automata, SHARED, TABLE } from "../automata/automata.ts";
import { eventually } from "../graph/fairness.ts";
import { type Pass, SLICE, type Turn, turnOf } from "../graph/graph.ts";
import type { Search } from "../search.ts";
import type { Condition, Leaf, Question } from "./question.ts";
import type { RetryColumns } from "./retries.ts";

export interface QuestionAnswer {
  /** `stopped`: what was explored does not decide it. */
  readonly verdict: "holds" | "violated" | "stopped";
  /** A run that shows it: a witness of what happens sometimes, a counterexample otherwise. */
  readonly way?: readonly Turn[];
}

/** Gives way now and then. */
export function* answerTo({ mode, atEnd, condition }: Question, space: Search, retryColumns: RetryColumns): Pass<QuestionAnswer> {
  const holds = testOfStates(space, condition, retryColumns);
  const isComplete = space.expanded === space.states;
  if (mode === "eventually") {
    const found = yield* eventually(space, holds);
    if (found.verdict === "violated") return { verdict: "violated", way: found.edges.map((edge) => turnOf(space, edge)) };
    return { verdict: found.verdict === "holds" ? "holds" : "stopped" };
  }
  const wanted = mode !== "always";
  for (let state = 0; state < space.states; state++) {
    if (state % SLICE === SLICE - 1) yield;
    if (atEnd && (state >= space.expanded || space.edges(state) < space.edges(state + 1))) continue;
    if (holds(state) === wanted) return { verdict: mode === "sometimes" ? "holds" : "violated", way: space.wayTo(state) };
  }
  if (!isComplete) return { verdict: "stopped" };
  return { verdict: mode === "sometimes" ? "violated" : "holds" };
}

/** @returns whether a condition holds in a state of the space, by its number */
export function testOfStates(space: Search, condition: Condition, retryColumns: RetryColumns): (state: number) => boolean {
  const holdsIn = conditionOn(space.product.automata, condition, retryColumns);
  const row = new Int32Array(space.product.width);
  return (state) => {
    space.row(state, row);
    return holdsIn(row);
  };
}

/** Whether a condition holds in a state, by its row. Each leaf is asked once for each value of the column it looks at. */
function conditionOn(automata: Automata, condition: Condition, retryColumns: RetryColumns): (row: Int32Array) => boolean {
  switch (condition.kind) {
    case "leaf": {
      const { column, ask } = leafOn(automata, condition.leaf, retryColumns);
      const known: boolean[] = [];
      return (row) => {
        const value = row[column] as number;
        known[value] ??= ask(value);
        return known[value];
      };
    }
    case "not": {
      const of = conditionOn(automata, condition.of, retryColumns);
      return (row) => !of(row);
    }
    case "and": {
      const parts = condition.of.map((part) => conditionOn(automata, part, retryColumns));
      return (row) => parts.every((holds) => holds(row));
    }
    case "or": {
      const parts = condition.of.map((part) => conditionOn(automata, part, retryColumns));
      return (row) => parts.some((holds) => holds(row));
    }
    default:
      return condition satisfies never;
  }
}

function leafOn(automata: Automata, leaf: Leaf, retryColumns: RetryColumns): { readonly column: number; ask(value: number): boolean } {
  switch (leaf.on) {
    case "table":
      return { column: TABLE, ask: (table) => leaf.holds(automata.tables.at(table)) };
    case "shared":
      return { column: SHARED, ask: (shared) => leaf.holds(automata.shared.at(shared)) };
    case "actor":
      return { column: ACTORS + leaf.actor, ask: (node) => leaf.holds(automata.actorAt(leaf.actor, node)) };
    case "retries": {
      const column = retryColumns(leaf.actor);
      if (column === undefined) throw new Error(`nobody counted the retries of actor ${leaf.actor}`);
      return { column, ask: (retries) => leaf.holds(retries) };
    }
    default:
      return leaf satisfies never;
  }
}
