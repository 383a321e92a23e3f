/**
 * The product of a scenario's automata: the same machine as `machine/`, its states rows
 * of integers. Behind the columns of the automata stand those of the watches.
 *
 * Steps come in the order of the machine's choices, so that the position of a step
 * among those of its state says which choice it is.
 *
 * This is what the inner loop does in fewer words (`inner/steps.ts`), and where it gets
 * its answers from.
 */
import { GRANULES } from "../../hardware/granule.ts";
import type { MachineState } from "../../machine/state.ts";
import type { Operation, RoutineProvider } from "../../routine.ts";
import type { Scenario } from "../../scenario/scenario.ts";
import { InnerLoop } from "../innerLoop.ts";
import type { PropertyId, Report } from "../properties/property.ts";
import { Rows } from "../states/rows.ts";
import { Answers } from "./answers.ts";
import { ACTORS, Automata, SHARED, TABLE } from "./automata.ts";
import type { ProductStep } from "./handler.ts";
import type { KernelAutomaton, KernelEdge, KernelNode } from "./kernelAutomaton.ts";
import type { MmuAutomaton, MmuMove } from "./mmuAutomaton.ts";
import { type Program, type ProgramLooks, Programs } from "./programs.ts";
import type { Watch } from "./watch.ts";

/** Called for each step. @param after the row it leads to, used again for the next one */
export type Emit = (after: Int32Array, actor: number) => void;

/** A failure as a watch reports it. */
export interface Seen {
  readonly property: PropertyId;
  readonly entry: number;
}

export class Product {
  readonly automata: Automata;
  /** Columns of a row. */
  readonly width: number;
  readonly loop: InnerLoop;
  /** What watches remember, by number: their columns. */
  readonly remembered: Rows;
  readonly #answers: Answers;
  readonly #watches: readonly Watch[];
  readonly #programs = new Programs();
  readonly #landings: number[] = [];
  readonly #seen: Seen[] = [];
  readonly #after: Int32Array;

  /**
   * @param watchesFor makes those who look on, given whom to report to
   * @param compiled the inner loop as WebAssembly, if there is any
   */
  constructor(
    scenario: Scenario,
    provider: RoutineProvider,
    watchesFor: (report: Report) => readonly Watch[] = () => [],
    compiled?: WebAssembly.Module,
  ) {
    const watches = watchesFor((property, entry) => void this.#seen.push({ property, entry }));
    const answers = new Answers(this, scenario);
    this.#answers = answers;
    this.loop = new InnerLoop((kind, a, b, c) => answers.to(kind, a, b, c), compiled);
    const isMmu = scenario.actors.reduce((bits, { kind }, actor) => bits | (kind === "mmu" ? 1 << actor : 0), 0);
    this.loop.call.prepare(scenario.actors.length, isMmu, scenario.ptes.length, Math.log2(GRANULES[scenario.granule].contPtes));
    const onlooker = {
      onKernel: (actor: number, edge: KernelEdge) => this.#programs.of(watches.flatMap((watch) => watch.onKernel?.(actor, edge) ?? [])),
      onMmu: (actor: number, move: MmuMove) => this.#programs.of(watches.flatMap((watch) => watch.onMmu?.(actor, move) ?? [])),
    };
    this.automata = new Automata(scenario, provider, onlooker, this.loop);
    const columns = watches.reduce((sum, watch) => sum + watch.columns, 0);
    this.width = this.automata.width + columns;
    this.remembered = new Rows(columns);
    this.#watches = watches;
    this.#after = new Int32Array(this.width);
  }

  /** @returns the row of the search's first state */
  begin(state: MachineState): Int32Array {
    const row = new Int32Array(this.width);
    this.automata.rowOf(state, row);
    let column = this.automata.width;
    for (const watch of this.#watches) {
      watch.begin?.(this.automata, column, row);
      column += watch.columns;
    }
    return row;
  }

  /** What those who look on do when a flush takes effect that nobody waited for. */
  programOnLanding(flush: number): Program {
    this.#landings[flush] ??= this.#programs.of(this.#watches.flatMap((watch) => watch.onLand?.(flush) ?? []));
    return this.#landings[flush];
  }

  /** Everything that a program looks at beside what watches remember. */
  looks(program: Program): ProgramLooks {
    return this.#programs.looks(program);
  }

  /** What is known of a table. @param fact one of those that a program looks at */
  fact(fact: number, table: number): number {
    return this.#programs.fact(fact, table);
  }

  /** Has those who look on do what they do on a step. */
  look(program: Program, step: ProductStep): void {
    this.#programs.run(program, step);
  }

  /** Shows them a state in which nobody can move. */
  end(row: Int32Array): void {
    for (const watch of this.#watches) watch.onEnd?.(row);
  }

  /** A call has accessed what it is not made for, so nothing is known of what its actor may access. */
  get isOffItsFootprint(): boolean {
    return this.#answers.isOffItsFootprint;
  }

  /** What they have reported since this was asked last. */
  takeSeen(): readonly Seen[] {
    return this.#seen.splice(0);
  }

  /** Every step that anybody can make. */
  expand(row: Int32Array, emit: Emit): void {
    const { kernels, mmus } = this.automata;
    let steps = 0;
    for (let actor = 0; actor < kernels.length; actor++) {
      const kernel = kernels[actor];
      steps += kernel !== undefined ? this.#kernelSteps(row, kernel, emit) : this.#mmuSteps(row, mmus[actor] as MmuAutomaton, emit);
    }
    if (steps === 0) this.end(row);
  }

  /** @returns how many */
  #kernelSteps(row: Int32Array, kernel: KernelAutomaton, emit: Emit): number {
    const { actor } = kernel;
    const node = kernel.node(row[ACTORS + actor] as number);
    if (node.next === undefined) return 0;
    const shared = row[SHARED] as number;
    const waits = node.next.op === "lock" && this.automata.shared.holder(shared) !== undefined;
    if (!waits) {
      this.#perform(row, kernel, node, node.next);
      emit(this.#after, actor);
    }
    const landings = this.automata.shared.landings(shared, actor);
    for (const k of landings) {
      this.#land(row, actor, k);
      emit(this.#after, actor);
    }
    return landings.length + (waits ? 0 : 1);
  }

  #perform(row: Int32Array, kernel: KernelAutomaton, node: KernelNode, next: Operation): void {
    const { actor } = kernel;
    const after = this.#after;
    copy(row, after);
    const edge = this.#act(after, kernel, node, next);
    after[ACTORS + actor] = edge.target;
    // Nothing of its own is left pending once an actor is through with its calls.
    if (edge.to.next === undefined) this.#landAll(after, actor);
    this.look(edge.program, { actor, before: row, after });
  }

  #act(after: Int32Array, kernel: KernelAutomaton, node: KernelNode, next: Operation): KernelEdge {
    const { actor } = kernel;
    switch (next.op) {
      case "read":
      case "write":
      case "xchg":
      case "cmpxchg": {
        if (kernel.isBeyond(next.index)) return kernel.edge(node, 0);
        const table = after[TABLE] as number;
        const observed = this.automata.tables.word(table, next.index);
        const edge = kernel.edge(node, observed);
        if (edge.stores !== observed) after[TABLE] = this.automata.tables.changed(table, next.index, edge.stores);
        return edge;
      }
      case "tlbi":
        // The MMUs are those of other CPUs.
        if (next.local) break;
        if (next.sync) {
          this.#landAll(after, actor);
          this.#broadcast(after, node.flush);
        } else after[SHARED] = this.automata.shared.issued(after[SHARED] as number, actor, node.flush);
        break;
      case "lock":
        after[SHARED] = this.automata.shared.locked(after[SHARED] as number, actor);
        break;
      case "unlock":
        after[SHARED] = this.automata.shared.unlocked(after[SHARED] as number, actor);
        break;
      case "ref":
        break;
      default:
        return next satisfies never;
    }
    return kernel.edge(node, 0);
  }

  #land(row: Int32Array, actor: number, k: number): void {
    const after = this.#after;
    copy(row, after);
    const shared = row[SHARED] as number;
    const flush = this.automata.shared.flushAt(shared, k);
    after[SHARED] = this.automata.shared.landed(shared, k);
    this.#broadcast(after, flush);
    this.look(this.programOnLanding(flush), { actor, before: row, after });
  }

  #landAll(after: Int32Array, actor: number): void {
    const shared = after[SHARED] as number;
    for (const flush of this.automata.shared.pending(shared, actor)) this.#broadcast(after, flush);
    after[SHARED] = this.automata.shared.allLanded(shared, actor);
  }

  /** Drops the range from every TLB. */
  #broadcast(after: Int32Array, flush: number): void {
    for (let actor = 0; actor < this.automata.mmus.length; actor++) {
      const mmu = this.automata.mmus[actor];
      if (mmu !== undefined) after[ACTORS + actor] = mmu.afterFlush(after[ACTORS + actor] as number, flush);
    }
  }

  /** @returns how many */
  #mmuSteps(row: Int32Array, mmu: MmuAutomaton, emit: Emit): number {
    const number = row[ACTORS + mmu.actor] as number;
    const { index, kinds } = mmu.node(number);
    if (kinds.length === 0) return 0;
    if (index >= 0) return this.#accesses(row, mmu, number, index, kinds.length, emit);
    const { tables, words } = this.automata;
    const table = row[TABLE] as number;
    let steps = 0;
    for (let any = 0; any < tables.entries; any++)
      if (words.isValid(tables.word(table, any))) steps += this.#accesses(row, mmu, number, any, kinds.length, emit);
    return steps;
  }

  #accesses(row: Int32Array, mmu: MmuAutomaton, number: number, index: number, kinds: number, emit: Emit): number {
    const { actor } = mmu;
    const table = row[TABLE] as number;
    const after = this.#after;
    let steps = 0;
    for (let kind = 0; kind < kinds; kind++) {
      for (const move of mmu.moves(number, index, kind, table)) {
        copy(row, after);
        after[ACTORS + actor] = move.target;
        if (move.updates >= 0) after[TABLE] = this.automata.tables.changed(table, move.updates, move.stores);
        this.look(move.program, { actor, before: row, after });
        emit(after, actor);
        steps += 1;
      }
    }
    return steps;
  }
}

/** Rows are short: a loop is faster than the built-in way. */
function copy(from: Int32Array, to: Int32Array): void {
  for (let column = 0; column < from.length; column++) to[column] = from[column] as number;
}
