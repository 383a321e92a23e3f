/**
 * Proves or refutes a routine's keys: equal keys must mean equal futures.
 *
 * Walks the automaton that merging by key gives. Wherever two histories meet in one
 * key, both states are compared: what they do next, where they stand, and, to a
 * depth, everything that may follow.
 */
import type { Routine, RoutineState, Suspended } from "../routine.ts";

export interface KeyCheck {
  readonly nodes: number;
  /** Times a second history reached a known key. */
  readonly merges: number;
  readonly labels: ReadonlySet<string>;
  /** The first two histories that part after meeting, if any do. */
  readonly difference?: string;
}

interface Arrival {
  readonly state: Suspended;
  readonly history: readonly bigint[];
}

/** What may be observed of a state's next operation. */
export type Answers = (state: Suspended) => readonly bigint[];

const MOST_NODES = 20_000;

export function checkKeys(routine: Routine, answers: Answers, depth = 1): KeyCheck {
  const known = new Map<string, Arrival>();
  const labels = new Set<string>();
  let merges = 0;
  const frontier: Arrival[] = [];
  const result = (difference?: string): KeyCheck => ({
    nodes: known.size,
    merges,
    labels,
    ...(difference !== undefined && { difference }),
  });

  const arrive = (state: RoutineState, history: readonly bigint[]): string | undefined => {
    if (state.status === "returned") return undefined;
    const first = known.get(state.key);
    if (first === undefined) {
      known.set(state.key, { state, history });
      frontier.push({ state, history });
      return undefined;
    }
    merges += 1;
    const apart = parting(routine, first.state, state, answers, depth);
    return apart && `${state.key}: after ${show(first.history)} and after ${show(history)}: ${apart}`;
  };

  arrive(routine.start, []);
  for (let at = frontier.shift(); at !== undefined; at = frontier.shift()) {
    if (known.size > MOST_NODES) throw new Error("too many keys for an exhaustive check");
    for (const frame of at.state.stack) labels.add(frame.label);
    for (const observed of answers(at.state)) {
      const difference = arrive(routine.advance(at.state, observed), [...at.history, observed]);
      if (difference !== undefined) return result(difference);
    }
  }
  return result();
}

/** How two states of one key differ in what they do from here on; undefined if they do not. */
function parting(routine: Routine, a: Suspended, b: Suspended, answers: Answers, depth: number): string | undefined {
  const [doesA, doesB] = [doing(a), doing(b)];
  if (doesA !== doesB) return `${doesA} or ${doesB}`;
  if (depth === 0) return undefined;
  for (const observed of answers(a)) {
    const [nextA, nextB] = [routine.advance(a, observed), routine.advance(b, observed)];
    const [summaryA, summaryB] = [summary(nextA), summary(nextB)];
    if (summaryA !== summaryB) return `on ${observed.toString(16)}: ${summaryA} or ${summaryB}`;
    if (nextA.status === "suspended" && nextB.status === "suspended") {
      const apart = parting(routine, nextA, nextB, answers, depth - 1);
      if (apart !== undefined) return apart;
    }
  }
  return undefined;
}

const spell = (value: unknown): string => JSON.stringify(value, (_, v: unknown) => (typeof v === "bigint" ? `0x${v.toString(16)}` : v));

/** The next operation and the labels of the stack; locals that are only shown may differ. */
const doing = (state: Suspended): string => spell([state.next, state.stack.map((frame) => frame.label)]);

const summary = (state: RoutineState): string => spell(state.status === "returned" ? [state.value, state.notes] : [state.key, state.notes]);

const show = (history: readonly bigint[]): string => `[${history.map((w) => w.toString(16)).join(" ")}]`;
