/**
 * Routines written as straight-line code: a generator that yields operations and is
 * resumed with what they observed.
 *
 * A generator is mutable and runs once, a routine state is neither. The bridge is a
 * tree: each state remembers the observations that led to it and the states that
 * followed. The generator that reached a state is handed on to the first successor;
 * any other successor runs a fresh one through the same observations.
 */
import type { Frame, Local, LocalValue, Note, Operation, Routine, RoutineState, Suspended } from "../routine.ts";

/** Where an operation stands, what it will still use (`live`) and what is merely shown. */
export interface Site {
  readonly label: string;
  readonly live: Locals;
  readonly shown: Locals;
}

export type Locals = Readonly<Record<string, LocalValue>>;

type Yielded =
  | { readonly kind: "operation"; readonly operation: Operation; readonly sites: readonly Site[] }
  | { readonly kind: "note"; readonly note: Note };

/** Straight-line code that returns a `T`. */
export type Script<T> = Generator<Yielded, T, bigint>;

/**
 * @param live variables that the code will still use after this place: they make up the key
 * @param merelyShown variables worth showing that the code has done with
 */
export const site = (label: string, live: Locals = {}, merelyShown: Locals = {}): Site => ({ label, live, shown: merelyShown });

/** Variables that may not have a value yet: only those that have one. */
export const shown = (locals: Readonly<Record<string, LocalValue | undefined>>): Locals =>
  Object.fromEntries(Object.entries(locals).filter((entry): entry is [string, LocalValue] => entry[1] !== undefined));

/** Performs one operation and returns what it observed. */
export function* perform(at: Site, operation: Operation): Script<bigint> {
  return yield { kind: "operation", operation, sites: [at] };
}

/** No step at all: what a piece of code runs that a variant has taken out. */
export function* noStep(): Script<void> {}

export function* warn(label: string, message: string): Script<void> {
  yield { kind: "note", note: { kind: "warning", label, message } };
}

export function* noteRetry(label: string): Script<void> {
  yield { kind: "note", note: { kind: "retry", label } };
}

/** Runs a callee; its operations carry the caller's site below their own. */
export function* within<T>(at: Site, callee: Script<T>): Script<T> {
  let step = callee.next();
  while (!step.done) {
    const yielded = step.value;
    const observed: bigint = yield yielded.kind === "note" ? yielded : { ...yielded, sites: [at, ...yielded.sites] };
    step = callee.next(observed);
  }
  return step.value;
}

type Body = Script<bigint | undefined>;

/** What the tree keeps beside each suspended state. */
interface Node {
  /** Undefined for the start. */
  readonly from: { readonly node: Node; readonly observed: bigint } | undefined;
  readonly successors: Map<bigint, RoutineState>;
  /** The generator standing here, until a successor takes it. */
  generator: Body | undefined;
}

/** Makes a routine of a script. `begin` must give an equal script every time. */
export function routineOf(fn: string, begin: () => Body): Routine {
  const nodes = new WeakMap<Suspended, Node>();

  function settle(generator: Body, from: Node["from"]): RoutineState {
    const notes: Note[] = [];
    let step = from === undefined ? generator.next() : generator.next(from.observed);
    while (!step.done && step.value.kind === "note") {
      notes.push(step.value.note);
      step = generator.next(0n);
    }
    if (step.done) return { status: "returned", value: step.value, notes };
    if (step.value.kind === "note") throw new Error("unreachable: notes are consumed above");
    const { operation, sites } = step.value;
    const state: Suspended = { status: "suspended", next: operation, stack: sites.map(frameOf), key: keyOf(sites), notes };
    nodes.set(state, { from, successors: new Map(), generator });
    return state;
  }

  function rerun(observations: readonly bigint[]): Body {
    const generator = begin();
    const replies = observations.values();
    let step = generator.next();
    for (;;) {
      if (step.done) throw new Error(`${fn} returned while it was being run again`);
      if (step.value.kind === "note") {
        step = generator.next(0n);
        continue;
      }
      const reply = replies.next();
      if (reply.done) return generator;
      step = generator.next(reply.value);
    }
  }

  return {
    fn,
    start: settle(begin(), undefined),
    advance(state, observed) {
      const node = nodes.get(state);
      if (node === undefined) throw new Error(`a state of another routine was given to ${fn}`);
      const known = node.successors.get(observed);
      if (known !== undefined) return known;
      const generator = node.generator ?? rerun(observationsOf(node));
      node.generator = undefined;
      const next = settle(generator, { node, observed });
      node.successors.set(observed, next);
      return next;
    },
  };
}

function observationsOf(node: Node): readonly bigint[] {
  const observations: bigint[] = [];
  for (let at = node.from; at !== undefined; at = at.node.from) observations.push(at.observed);
  return observations.reverse();
}

const localsOf = (locals: Locals): readonly Local[] => Object.entries(locals).map(([name, value]) => ({ name, value }));

const frameOf = (at: Site): Frame => ({ label: at.label, locals: [...localsOf(at.live), ...localsOf(at.shown)] });

const keyOf = (sites: readonly Site[]): string => sites.map((at) => `${at.label}(${Object.values(at.live).join(",")})`).join("/");
