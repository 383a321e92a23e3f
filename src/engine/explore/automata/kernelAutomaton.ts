/**
 * A kernel actor as an automaton: a node for every local state it can be in (its place
 * in the call under way, what it will still use, what its calls have returned), an edge
 * for every word that its next operation may observe. Both are made when the search
 * first needs them, so that routines run once for each distinct local state and the
 * search itself over integers.
 */
import type { Pte } from "../../hardware/descriptor.ts";
import { type Advance, cutOff, goOn } from "../../machine/kernelActor.ts";
import { isTouch, leftBy } from "../../machine/operations.ts";
import type { KernelState } from "../../machine/state.ts";
import type { Event } from "../../machine/step.ts";
import type { Operation, RoutineProvider } from "../../routine.ts";
import type { KernelActorSpec } from "../../scenario/scenario.ts";
import type { Words } from "../states/words.ts";
import type { Flushes } from "./flushes.ts";
import { NO_PROGRAM, type Program } from "./programs.ts";

export interface KernelNode {
  readonly own: KernelState;
  /** Steps from the actor's start when it was first found. */
  readonly distance: number;
  /** Undefined when it is through with its calls. */
  readonly next: Operation | undefined;
  /** The number of the range that its next operation flushes, if it is a flush. */
  readonly flush: number;
  /** It has performed an operation of the call it is in. */
  readonly inCall: boolean;
  /** By the number of the word observed. */
  readonly edges: (KernelEdge | undefined)[];
}

export interface KernelEdge {
  readonly from: KernelNode;
  readonly to: KernelNode;
  /** Number of the node it leads to. */
  readonly target: number;
  /** Number of the word it leaves in the entry, if it is an access to one. */
  readonly stores: number;
  readonly old: Pte;
  readonly new: Pte;
  readonly events: readonly Event[];
  /** What those who look on do on a step along it. */
  readonly program: Program;
}

/** Told of every edge when it is made, which has no program yet. */
export type OnEdge = (edge: KernelEdge) => Program;

export class KernelAutomaton {
  readonly actor: number;
  readonly #spec: KernelActorSpec;
  readonly #provider: RoutineProvider;
  readonly #entries: number;
  readonly #words: Words;
  readonly #flushes: Flushes;
  readonly #onEdge: OnEdge;
  readonly #numbers = new Map<string, number>();
  readonly #nodes: KernelNode[] = [];

  constructor(
    actor: number,
    spec: KernelActorSpec,
    provider: RoutineProvider,
    entries: number,
    words: Words,
    flushes: Flushes,
    onEdge: OnEdge,
  ) {
    this.actor = actor;
    this.#spec = spec;
    this.#provider = provider;
    this.#entries = entries;
    this.#words = words;
    this.#flushes = flushes;
    this.#onEdge = onEdge;
  }

  node(number: number): KernelNode {
    return this.#nodes[number] as KernelNode;
  }

  numberOf(own: KernelState, distance = 0): number {
    const key = `${own.call} ${own.at?.state.key ?? "-"} ${own.returns.join()}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#nodes.length;
    this.#numbers.set(key, number);
    const next = own.at?.state.next;
    this.#nodes.push({
      own,
      distance,
      next,
      flush: next?.op === "tlbi" ? this.#flushes.numberOf(next) : -1,
      inCall: own.at !== undefined && own.at.state !== own.at.routine.start,
      edges: [],
    });
    return number;
  }

  /** @param observed the number of the word that the operation meets in its entry; 0 if it looks at none */
  edge(from: KernelNode, observed: number): KernelEdge {
    return from.edges[observed] ?? this.#makeEdge(from, observed);
  }

  #makeEdge(from: KernelNode, observed: number): KernelEdge {
    const { next: operation, own } = from;
    if (operation === undefined) throw new Error("an actor that is through with its calls has no edges");
    const old = this.#words.at(observed);
    const beyond = isTouch(operation) && this.isBeyond(operation.index);
    const { own: after, events }: Advance = beyond ? cutOff(own, operation) : goOn(this.#provider, this.#spec, own, old);
    const left = isTouch(operation) && !beyond ? leftBy(operation, old) : old;
    const target = this.numberOf(after, from.distance + 1);
    const bare = { from, to: this.node(target), target, stores: this.#words.numberOf(left), old, new: left, events, program: NO_PROGRAM };
    const edge = { ...bare, program: this.#onEdge(bare) };
    while (from.edges.length < observed) from.edges.push(undefined);
    from.edges[observed] = edge;
    return edge;
  }

  /** Outside the table. */
  isBeyond(index: number): boolean {
    return index < 0 || index >= this.#entries;
  }
}
