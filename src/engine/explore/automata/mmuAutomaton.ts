/**
 * An MMU as an automaton: a node for its next access, what its TLB holds and what its
 * accesses gave so far. What an access may do depends on the descriptor walked to and,
 * where hardware is free to update another entry of the block, on the whole table.
 */
import { type AccessOutcome, access, looksAtBlock, type Mmu, type Rw } from "../../hardware/mmu.ts";
import { invalidate } from "../../hardware/tlb.ts";
import { afterAccess, kindsOf } from "../../machine/mmuActor.ts";
import type { MmuState } from "../../machine/state.ts";
import type { MmuActorSpec } from "../../scenario/scenario.ts";
import { Rows } from "../states/rows.ts";
import type { Tables } from "../states/tables.ts";
import type { Words } from "../states/words.ts";
import type { Flushes } from "./flushes.ts";
import { NO_PROGRAM, type Program } from "./programs.ts";

export interface MmuNode {
  readonly own: MmuState;
  /** Entry to access: -1 for any that is valid. */
  readonly index: number;
  /** In the order of the machine's choices; none when it is through. */
  readonly kinds: readonly Rw[];
  /** By the number of a flush: the number of the node after it. */
  readonly flushed: (number | undefined)[];
}

/** One way that an access may go. */
export interface MmuMove {
  readonly from: MmuNode;
  readonly to: MmuNode;
  /** Number of the node it leads to. */
  readonly target: number;
  readonly rw: Rw;
  /** The entry accessed. */
  readonly index: number;
  readonly outcome: AccessOutcome;
  /** The entry that hardware updates, -1 for none, and the number of the word it leaves there. */
  readonly updates: number;
  readonly stores: number;
  /** What those who look on do when it is made. */
  readonly program: Program;
}

/** Told of every move when it first becomes possible; it has no program yet. */
export type OnMove = (move: MmuMove) => Program;

/** A word's number stands for itself in a memo's key, a table's number for a table. */
const WHOLE_TABLE = 1 << 30;

export class MmuAutomaton {
  readonly actor: number;
  readonly #spec: MmuActorSpec;
  readonly #mmu: Mmu;
  readonly #words: Words;
  readonly #tables: Tables;
  readonly #flushes: Flushes;
  readonly #onMove: OnMove;
  readonly #numbers = new Map<string, number>();
  readonly #nodes: MmuNode[] = [];
  readonly #asked = new Rows(3);
  readonly #moves: (readonly MmuMove[])[] = [];
  readonly #question = new Int32Array(3);

  constructor(actor: number, spec: MmuActorSpec, mmu: Mmu, words: Words, tables: Tables, flushes: Flushes, onMove: OnMove) {
    this.actor = actor;
    this.#spec = spec;
    this.#mmu = mmu;
    this.#words = words;
    this.#tables = tables;
    this.#flushes = flushes;
    this.#onMove = onMove;
  }

  node(number: number): MmuNode {
    return this.#nodes[number] as MmuNode;
  }

  numberOf(own: MmuState): number {
    const tlb = own.tlb.map((e) => `${e.start}+${e.count}=${e.pfn}${e.writable ? "w" : ""}${e.user ? "u" : ""}`);
    const key = `${own.next} ${tlb.join()} ${own.results.join()}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#nodes.length;
    this.#numbers.set(key, number);
    const wanted = this.#spec.accesses[own.next];
    const index = wanted === undefined || wanted.index === "any" ? -1 : wanted.index;
    this.#nodes.push({ own, index, kinds: wanted === undefined ? [] : kindsOf(wanted), flushed: [] });
    return number;
  }

  /** The ways in which this node's next access to `index` may go in this table. */
  moves(number: number, index: number, kind: number, table: number): readonly MmuMove[] {
    const word = this.#tables.word(table, index);
    const question = this.#question;
    question[0] = number;
    question[1] = 4 * index + kind;
    question[2] = looksAtBlock(this.#mmu, this.#words.at(word)) ? WHOLE_TABLE + table : word;
    const asked = this.#asked.numberOf(question);
    return this.#moves[asked] ?? this.#answer(number, index, kind, table);
  }

  /** The number of the node that a flush makes of this one. */
  afterFlush(number: number, flush: number): number {
    const node = this.node(number);
    const known = node.flushed[flush];
    if (known !== undefined) return known;
    const { index, nr } = this.#flushes.at(flush);
    const after = this.numberOf({ ...node.own, tlb: invalidate(node.own.tlb, index, nr) });
    while (node.flushed.length < flush) node.flushed.push(undefined);
    node.flushed[flush] = after;
    return after;
  }

  /** Those of the question asked last, which is a new one. */
  #answer(number: number, index: number, kind: number, table: number): readonly MmuMove[] {
    const from = this.node(number);
    const { kinds, own } = from;
    const rw = kinds[kind] as Rw;
    const outcomes = access(this.#mmu, this.#tables.at(table), own.tlb, rw, index);
    const moves = outcomes.map((outcome): MmuMove => {
      const target = this.numberOf(afterAccess(own, outcome));
      const { update } = outcome;
      const bare = {
        from,
        to: this.node(target),
        target,
        rw,
        index,
        outcome,
        updates: update?.index ?? -1,
        stores: update === undefined ? 0 : this.#words.numberOf(update.new),
        program: NO_PROGRAM,
      };
      return { ...bare, program: this.#onMove(bare) };
    });
    this.#moves.push(moves);
    return moves;
  }
}
