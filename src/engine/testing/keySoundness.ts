/**
 * Refutes a routine's keys, or fails to: equal keys must mean equal futures.
 *
 * Two parts. One history of every key is followed through every answer, which goes
 * everywhere the automaton goes. Then random histories run from the start to the end:
 * what a key forgets may show only many steps later, where the one history that was
 * followed never differs.
 *
 * Either way everything that is seen of a key is held against what was seen of it before:
 * what is done next, where it stands, and what each observation leads to. If that depends on
 * nothing but the key, histories that meet have one future.
 */
import type { Routine, RoutineState, Suspended } from "../routine.ts";

export interface KeyCheck {
  readonly nodes: number;
  /** Times another history reached a known key. */
  readonly merges: number;
  readonly labels: ReadonlySet<string>;
  /** The first two histories that part after meeting, if any do. */
  readonly difference?: string;
}

type History = readonly bigint[];

/** What may be observed of a state's next operation. */
export type Answers = (state: Suspended) => readonly bigint[];

/** What one history finds, operation after operation; undefined where it ends. */
export type Finding = (state: Suspended, n: number) => bigint | undefined;

const MOST_NODES = 20_000;

/** A lockless reader may try for ever. */
const LONGEST_HISTORY = 400;

/** @param findings histories to follow beside */
export function checkKeys(routine: Routine, answers: Answers, findings: Iterable<Finding> = []): KeyCheck {
  const known = new Known(routine);
  followEveryAnswer(known, answers);
  for (const finding of findings) if (known.difference === undefined) followOne(known, finding);
  const { nodes, merges, labels, difference } = known;
  return { nodes, merges, labels, ...(difference !== undefined && { difference }) };
}

/** What has been seen of a routine, by key. */
class Known {
  readonly routine: Routine;
  readonly labels = new Set<string>();
  merges = 0;
  /** The first that was met. */
  difference: string | undefined;
  readonly #doings = new Map<string, Sight>();
  readonly #steps = new Map<string, Sight>();

  constructor(routine: Routine) {
    this.routine = routine;
  }

  get nodes(): number {
    return this.#doings.size;
  }

  /** @returns whether its key is new */
  arrive(state: Suspended, history: History): boolean {
    for (const { label } of state.stack) this.labels.add(label);
    const isNew = this.#see(this.#doings, state.key, doing(state), history);
    if (!isNew) this.merges += 1;
    return isNew;
  }

  step(state: Suspended, observed: bigint, history: History): RoutineState {
    const next = this.routine.advance(state, observed);
    this.#see(this.#steps, `${state.key} on ${observed.toString(16)}`, summary(next), history);
    return next;
  }

  #see(sights: Map<string, Sight>, where: string, what: string, history: History): boolean {
    const first = sights.get(where);
    if (first === undefined) sights.set(where, { what, history: [...history] });
    else if (first.what !== what)
      this.difference ??= `${where}: after ${show(first.history)} ${first.what}, after ${show(history)} ${what}`;
    return first === undefined;
  }
}

/** What was seen, and after which history first. */
interface Sight {
  readonly what: string;
  readonly history: History;
}

function followEveryAnswer(known: Known, answers: Answers): void {
  const frontier: { readonly state: Suspended; readonly history: History }[] = [];
  const reach = (state: RoutineState, history: History): void => {
    if (state.status === "returned") return;
    if (known.arrive(state, history)) frontier.push({ state, history });
    else for (const observed of answers(state)) known.step(state, observed, history);
  };
  reach(known.routine.start, []);
  for (let at = frontier.shift(); at !== undefined && known.difference === undefined; at = frontier.shift()) {
    if (known.nodes > MOST_NODES) throw new Error("too many keys for an exhaustive check");
    for (const observed of answers(at.state)) reach(known.step(at.state, observed, at.history), [...at.history, observed]);
  }
}

function followOne(known: Known, finding: Finding): void {
  const history: bigint[] = [];
  for (let state = known.routine.start; state.status === "suspended" && history.length < LONGEST_HISTORY; ) {
    known.arrive(state, history);
    const observed = finding(state, history.length);
    if (observed === undefined) return;
    state = known.step(state, observed, history);
    history.push(observed);
  }
}

/** The next operation and the labels of the stack; locals that are only shown may differ. */
const doing = ({ next, stack }: Suspended): string => `${spell(next)} at ${stack.map(({ label }) => label).join("/")}`;

const summary = (state: RoutineState): string =>
  `${state.status === "returned" ? `returns ${state.value?.toString(16)}` : state.key} ${state.notes.map(spell).join(" ")}`;

/** Written often, and read only where two differ. */
function spell(fields: object): string {
  let text = "";
  for (const [name, value] of Object.entries(fields)) text += `${name} ${typeof value === "bigint" ? value.toString(16) : value} `;
  return text;
}

const show = (history: History): string => `[${history.map((w) => w.toString(16)).join(" ")}]`;
