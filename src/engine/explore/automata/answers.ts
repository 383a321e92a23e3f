/** What the inner loop asks: each part of a step once. Answers of more than a number are written into its memory. */

import { GRANULES } from "../../hardware/granule.ts";
import { looksAtBlock, type Mmu } from "../../hardware/mmu.ts";
import { isTouch } from "../../machine/operations.ts";
import type { Operation } from "../../routine.ts";
import type { Scenario } from "../../scenario/scenario.ts";
import * as at from "../inner/layout.ts";
import type { InnerLoop } from "../innerLoop.ts";
import { PROPERTIES, type PropertyId } from "../properties/property.ts";
import type { Rows } from "../states/rows.ts";
import type { Automata } from "./automata.ts";
import { Footprints } from "./footprints.ts";
import type { ProductStep } from "./handler.ts";
import type { KernelNode } from "./kernelAutomaton.ts";
import type { Program, ProgramLooks } from "./programs.ts";

const BIT_OF = new Map(PROPERTIES.map((id, n) => [id, 1 << n]));

/** What the answers are drawn from. */
export interface Product {
  readonly automata: Automata;
  readonly width: number;
  readonly loop: InnerLoop;
  readonly remembered: Rows;
  programOnLanding(flush: number): Program;
  looks(program: Program): ProgramLooks;
  fact(fact: number, table: number): number;
  look(program: Program, step: ProductStep): void;
  end(row: Int32Array): void;
  takeSeen(): readonly { readonly property: PropertyId }[];
}

export class Answers {
  readonly #product: Product;
  readonly #footprints: Footprints;
  #before: Int32Array = new Int32Array(0);
  #after: Int32Array = new Int32Array(0);

  /** A call has accessed an entry outside the blocks that it is made for, or written to one that it only reads. */
  isOffItsFootprint = false;

  constructor(product: Product, scenario: Scenario) {
    this.#product = product;
    this.#footprints = new Footprints(scenario);
  }

  /** @returns the answer, or of how many words it is */
  to(kind: number, a: number, b: number, c: number): number {
    switch (kind) {
      case at.ASK_WORD:
        return this.#word(a);
      case at.ASK_NODE:
        return this.#write(this.#node(a, b));
      case at.ASK_SHARED:
        return this.#write(this.#shared(a));
      case at.ASK_PROGRAM:
        return this.#write(this.#program(b));
      case at.ASK_FACT:
        return this.#product.fact(a, b);
      case at.ASK_EDGE:
        return this.#write(this.#edge(a, b, c));
      case at.ASK_MOVES:
        return this.#write(this.#moves(a & (at.MOST_ACTORS - 1), a >> 4, b, c));
      case at.ASK_FLUSHED:
        return this.#write([this.#product.automata.mmus[a]?.afterFlush(b, c) ?? 0]);
      case at.ASK_LANDINGS:
        return this.#write(this.#landings(a, b));
      case at.ASK_SHARED_AFTER:
        return this.#write([this.#sharedAfter(a & 7, a >> 3, b, c)]);
      case at.ASK_WATCHED:
        return this.#write(this.#watched(a, b, c));
      case at.ASK_END:
        return this.#end();
      default:
        throw new RangeError(`the inner loop asked for ${kind}, which nobody knows`);
    }
  }

  #write(numbers: readonly number[]): number {
    if (numbers.length > at.OUT_WORDS) throw new RangeError(`an answer of ${numbers.length} numbers is too long`);
    this.#product.loop.write(at.OUT, numbers);
    return numbers.length;
  }

  #word(word: number): number {
    const { scenario, words } = this.#product.automata;
    const mmu: Mmu = { granule: GRANULES[scenario.granule], features: scenario.features };
    return at.IS_KNOWN | (words.isValid(word) ? at.IS_VALID : 0) | (looksAtBlock(mmu, words.at(word)) ? at.LOOKS_AT_BLOCK : 0);
  }

  #node(actor: number, number: number): readonly number[] {
    const { kernels, mmus } = this.#product.automata;
    const kernel = kernels[actor];
    if (kernel !== undefined) {
      const node = kernel.node(number);
      const call = callIn(node);
      const { accesses, writes } = this.#footprints.left(actor, node.own.call);
      if (node.next === undefined) return [at.THROUGH, 0, 0, call, 0, 0];
      const isAside = isTouch(node.next) && kernel.isBeyond(node.next.index);
      return [isAside ? at.QUIET : kindOf(node.next), isTouch(node.next) ? node.next.index : 0, node.flush, call, accesses, writes];
    }
    const mmu = mmus[actor]?.node(number);
    if (mmu === undefined || mmu.kinds.length === 0) return [at.THROUGH, 0, 0, 0, 0, 0];
    const { index, kinds, own } = mmu;
    const { accesses, writes } = this.#footprints.left(actor, own.next);
    const left = this.#product.automata.accessesOf(actor) - own.next;
    return [index < 0 ? at.ACCESS_ANY : at.ACCESS, Math.max(index, 0), kinds.length, left, accesses, writes];
  }

  #shared(number: number): readonly number[] {
    const { ptl, pending } = this.#product.automata.shared.at(number);
    return [ptl === undefined ? at.NOBODY : at.NOBODY + 1, pending.length > 0 ? 1 : 0];
  }

  /** What it looks at beside facts, of how many tables before the step it wants a fact, and of how many after it; their numbers. */
  #program(program: Program): readonly number[] {
    const { bits, before, after } = this.#product.looks(program);
    return [bits, before.length, after.length, ...before, ...after];
  }

  #edge(actor: number, number: number, word: number): readonly number[] {
    const kernel = this.#product.automata.kernels[actor];
    if (kernel === undefined) throw new RangeError(`actor ${actor} has no edges`);
    const node = kernel.node(number);
    const { target, stores, program, to } = kernel.edge(node, word);
    const isOnward = to.distance > node.distance;
    const { next } = node;
    if (next !== undefined && isTouch(next) && !kernel.isBeyond(next.index)) {
      const { accesses, writes } = this.#footprints.left(actor, node.own.call);
      const block = this.#footprints.blockOf(next.index);
      if (((stores === word ? accesses : writes) & block) === 0) this.isOffItsFootprint = true;
    }
    return [target, stores, program, to.next === undefined ? 1 : 0, isOnward ? 1 : 0, callIn(node) === callIn(to) ? 1 : 0];
  }

  /** @param looked the number of the word met, or of its table, all bits turned round */
  #moves(actor: number, slot: number, node: number, looked: number): readonly number[] {
    const { loop, automata } = this.#product;
    const table = looked < 0 ? ~looked : loop.get(at.ROW + at.TABLE);
    const index = slot >> 2;
    const moves = automata.mmus[actor]?.moves(node, index, slot & 3, table) ?? [];
    return [
      moves.length,
      ...moves.flatMap(({ target, updates, stores, program, outcome }) => [
        target,
        updates + 1,
        stores,
        program,
        outcome.hit ? 0 : index + 1,
      ]),
    ];
  }

  /** Of each pending flush its place among all, its number, and the program for when it lands. */
  #landings(actor: number, shared: number): readonly number[] {
    const { automata } = this.#product;
    const places = automata.shared.landings(shared, actor);
    const landings = places.flatMap((k) => {
      const flush = automata.shared.flushAt(shared, k);
      return [k, flush, this.#product.programOnLanding(flush)];
    });
    return [places.length, ...landings];
  }

  #sharedAfter(happens: number, a: number, number: number, b: number): number {
    const { shared } = this.#product.automata;
    switch (happens) {
      case at.LOCKED:
        return shared.locked(number, a);
      case at.UNLOCKED:
        return shared.unlocked(number, a);
      case at.ISSUED:
        return shared.issued(number, a, b);
      case at.LANDED:
        return shared.landed(number, a);
      default:
        return shared.allLanded(number, a);
    }
  }

  #watched(actor: number, program: number, watch: number): readonly number[] {
    const { remembered, automata } = this.#product;
    this.#before = this.#wide(at.ROW, watch, this.#before);
    this.#after = this.#wide(at.AFTER, watch, this.#after);
    this.#product.look(program, { actor, before: this.#before, after: this.#after });
    return [remembered.numberOf(this.#after.subarray(automata.width)), this.#failing()];
  }

  #end(): number {
    const { automata, loop } = this.#product;
    this.#before = this.#wide(at.ROW, loop.get(at.ROW + automata.width), this.#before);
    this.#product.end(this.#before);
    return this.#failing();
  }

  #failing(): number {
    return this.#product.takeSeen().reduce((bits, { property }) => bits | (BIT_OF.get(property) ?? 0), 0);
  }

  /** A row of the inner loop, what watches remember spelt out. */
  #wide(from: number, watch: number, into: Int32Array): Int32Array {
    const { automata, width, remembered, loop } = this.#product;
    const row = into.length === width ? into : new Int32Array(width);
    loop.read(from, row, automata.width);
    remembered.read(watch, row, automata.width);
    return row;
  }
}

/** The call that a node is in, counted from 1; 0 for none. */
const callIn = (node: KernelNode): number => (node.inCall ? node.own.call + 1 : 0);

function kindOf(next: Operation): number {
  switch (next.op) {
    case "tlbi":
      return next.local ? at.QUIET : next.sync ? at.FLUSH : at.FLUSH_LATER;
    case "lock":
      return at.LOCK;
    case "unlock":
      return at.UNLOCK;
    case "ref":
      return at.QUIET;
    default:
      return at.TOUCH;
  }
}
