/**
 * Everything that a scenario's kernel actors may ever do, found without a search: which
 * words an entry may hold, and which edges of the automata that makes possible, feed
 * each other until nothing new comes. More than a search meets, but finite and small.
 *
 * What calls have returned is no part of a node here, but where a later call uses it: the
 * model has variables for that, or nodes would be as many as there are combinations.
 */

import type { KernelEdge, KernelNode } from "../explore/automata/kernelAutomaton.ts";
import { Product } from "../explore/automata/product.ts";
import type { Subject } from "../explore/explore.ts";
import { BIT, clear, isValid, set } from "../hardware/descriptor.ts";
import { createMachine } from "../machine/machine.ts";
import { isTouch } from "../machine/operations.ts";

/** More is no model that anybody would want to compile. */
const MOST_NODES = 30_000;
const MOST_EDGES = 400_000;

/** The scenario does not fit a model: what it should be instead, as a `Problem` says it. */
export class NoModel extends Error {}

export interface ModelNode {
  readonly node: KernelNode;
  readonly actor: number;
  /** Its edges: by the place of a word among those of the entry that it looks at; only one if it looks at none. */
  readonly edges: readonly ModelEdge[];
}

export interface ModelEdge {
  readonly edge: KernelEdge;
  readonly actor: number;
  /** Position among the nodes of the closure. */
  readonly target: number;
  /** What calls return that end with it. */
  readonly returned: readonly Returned[];
}

export interface Returned {
  readonly call: number;
  readonly value: bigint;
}

export interface Closure {
  readonly product: Product;
  /** By entry: numbers of the words that it may hold, in the order in which they were found. */
  readonly words: readonly (readonly number[])[];
  /** Of all actors, each actor's together. */
  readonly nodes: readonly ModelNode[];
  /** By actor: the position of its first node; -1 for an MMU. */
  readonly starts: readonly number[];
  /** Numbers of the words at the start. */
  readonly table: readonly number[];
}

export function closureOf({ scenario, provider }: Subject): Closure {
  const product = new Product(scenario, provider);
  const { automata } = product;
  const state = createMachine(scenario, provider).initial;
  const row = product.begin(state);
  const table = state.table.words().map((pte) => automata.words.numberOf(pte));
  const possible = table.map((word) => new Set([word]));
  const hasHardware = automata.mmus.some((mmu) => mmu !== undefined) && scenario.features.hardwareAD !== "none";
  const found = automata.kernels.map((kernel, actor) => (kernel === undefined ? [] : [row[2 + actor] as number]));
  const known = found.map((numbers) => new Set(numbers));

  const lookedAt = (actor: number, number: number): number | undefined => {
    const kernel = automata.kernels[actor];
    const next = kernel?.node(number).next;
    return next !== undefined && isTouch(next) && kernel?.isBeyond(next.index) === false ? next.index : undefined;
  };
  const used = scenario.actors.map(
    (spec) => new Set(spec.kind === "kernel" ? spec.calls.flatMap(({ pte }) => (typeof pte === "object" ? [pte.result] : [])) : []),
  );
  /** The first node found that goes on like this one. */
  const likes = new Map<string, number>();
  const like = (actor: number, number: number): number => {
    const own = automata.kernels[actor]?.node(number).own;
    const returns = own?.returns.map((value, call) => (used[actor]?.has(call) ? value : "-"));
    const key = `${actor} ${own?.call} ${own?.at?.state.key ?? "-"} ${returns?.join()}`;
    const known = likes.get(key) ?? number;
    likes.set(key, known);
    return known;
  };
  const edgesOf = (actor: number, number: number): readonly KernelEdge[] => {
    const kernel = automata.kernels[actor];
    if (kernel === undefined || kernel.node(number).next === undefined) return [];
    const index = lookedAt(actor, number);
    const words = index === undefined ? [0] : [...(possible[index] ?? [])];
    return words.map((word) => kernel.edge(kernel.node(number), word));
  };

  for (const [actor, numbers] of found.entries()) for (const number of numbers) like(actor, number);
  for (let grown = true; grown; ) {
    grown = false;
    let edges = 0;
    const add = (index: number, word: number): void => {
      if (possible[index]?.has(word) !== false) return;
      possible[index].add(word);
      grown = true;
    };
    if (hasHardware)
      for (const [index, words] of possible.entries()) for (const word of words) for (const after of updatedBy(word)) add(index, after);
    for (const [actor, numbers] of found.entries()) {
      for (const number of numbers) {
        const index = lookedAt(actor, number);
        for (const edge of edgesOf(actor, number)) {
          edges += 1;
          if (index !== undefined) add(index, edge.stores);
          const target = like(actor, edge.target);
          if (known[actor]?.has(target) !== false) continue;
          known[actor].add(target);
          numbers.push(target);
          grown = true;
        }
      }
      if (numbers.length > MOST_NODES || edges > MOST_EDGES)
        throw new NoModel(
          `one whose kernel actors have no more than ${MOST_NODES} local states and ${MOST_EDGES} steps between them, for a model`,
        );
    }
  }

  function updatedBy(word: number): readonly number[] {
    const pte = automata.words.at(word);
    if (!isValid(pte)) return [];
    const young = set(pte, BIT.AF);
    const dirty = scenario.features.hardwareAD === "af+dirty" && (pte & BIT.DBM) !== 0n ? [clear(young, BIT.RDONLY)] : [];
    return [young, ...dirty].map((after) => automata.words.numberOf(after));
  }

  const starts: number[] = [];
  let size = 0;
  for (const numbers of found) {
    starts.push(numbers.length === 0 ? -1 : size);
    size += numbers.length;
  }
  const places = found.map((numbers, actor) => new Map(numbers.map((number, n) => [number, (starts[actor] ?? 0) + n])));
  const nodes = found.flatMap((numbers, actor) =>
    numbers.map((number): ModelNode => {
      const node = automata.kernels[actor]?.node(number) as KernelNode;
      const edges = edgesOf(actor, number).map((edge) => ({
        ...{ edge, actor, target: places[actor]?.get(like(actor, edge.target)) ?? -1 },
        returned: returnedBy(edge),
      }));
      return { node, actor, edges };
    }),
  );
  return { product, words: possible.map((words) => [...words]), nodes, starts, table };
}

/** Calls that access nothing end with the one before them. */
const returnedBy = ({ from, to }: KernelEdge): readonly Returned[] =>
  to.own.returns.flatMap((value, call) => (call < from.own.returns.length || value === undefined ? [] : [{ call, value }]));
