/**
 * A scenario as automata: what its machine's states are made of, each part numbered. A
 * state is a row of integers: the number of its table, of the lock and the pending
 * flushes, of each actor's node.
 */
import { GRANULES } from "../../hardware/granule.ts";
import type { ActorState, MachineState } from "../../machine/state.ts";
import type { RoutineProvider } from "../../routine.ts";
import type { Scenario } from "../../scenario/scenario.ts";
import { ACTORS, SHARED, TABLE } from "../inner/layout.ts";
import type { InnerLoop } from "../innerLoop.ts";
import { Tables } from "../states/tables.ts";
import { Words } from "../states/words.ts";
import { Flushes } from "./flushes.ts";
import { KernelAutomaton, type KernelEdge } from "./kernelAutomaton.ts";
import { MmuAutomaton, type MmuMove } from "./mmuAutomaton.ts";
import type { Program } from "./programs.ts";
import { SharedAutomaton } from "./sharedAutomaton.ts";

/** Columns of a row. The actors' follow each other. */
export { ACTORS, SHARED, TABLE };

/** Asked of every edge when it is made what is to be done on a step along it. */
export interface Onlooker {
  onKernel(actor: number, edge: KernelEdge): Program;
  onMmu(actor: number, move: MmuMove): Program;
}

export class Automata {
  readonly scenario: Scenario;
  /** Columns of a row. */
  readonly width: number;
  readonly words = new Words();
  readonly flushes = new Flushes();
  readonly tables: Tables;
  readonly shared: SharedAutomaton;
  /** One of each pair is undefined: an actor is a kernel's or an MMU. */
  readonly kernels: readonly (KernelAutomaton | undefined)[];
  readonly mmus: readonly (MmuAutomaton | undefined)[];

  constructor(scenario: Scenario, provider: RoutineProvider, onlooker: Onlooker, loop: InnerLoop) {
    const { actors, ptes } = scenario;
    const { words, flushes } = this;
    const mmu = { granule: GRANULES[scenario.granule], features: scenario.features };
    this.scenario = scenario;
    this.width = ACTORS + actors.length;
    this.tables = new Tables(ptes.length, words, loop);
    this.shared = new SharedAutomaton(actors.length, flushes);
    this.kernels = actors.map((spec, actor) =>
      spec.kind === "kernel"
        ? new KernelAutomaton(actor, spec, provider, ptes.length, words, flushes, (edge) => onlooker.onKernel(actor, edge))
        : undefined,
    );
    this.mmus = actors.map((spec, actor) =>
      spec.kind === "mmu"
        ? new MmuAutomaton(actor, spec, mmu, words, this.tables, flushes, (move) => onlooker.onMmu(actor, move))
        : undefined,
    );
  }

  /** Fills in the row of a state. */
  rowOf(state: MachineState, row: Int32Array): void {
    row[TABLE] = this.tables.numberOf(state.table);
    row[SHARED] = this.shared.numberOf(state);
    for (const [actor, own] of state.actors.entries())
      row[ACTORS + actor] = (own.kind === "kernel" ? this.kernels[actor]?.numberOf(own) : this.mmus[actor]?.numberOf(own)) ?? 0;
  }

  /** Its table, lock and flushes, and every actor: made of the histories first seen, which may show other locals. */
  stateOf(row: Int32Array): MachineState {
    return {
      ...this.shared.at(row[SHARED] as number),
      table: this.tables.at(row[TABLE] as number),
      actors: this.scenario.actors.map((_, actor) => this.actorAt(actor, row[ACTORS + actor] as number)),
    };
  }

  /** @param node a number of that actor's automaton */
  actorAt(actor: number, node: number): ActorState {
    const own = this.kernels[actor]?.node(node).own ?? this.mmus[actor]?.node(node).own;
    if (own === undefined) throw new RangeError(`there is no actor ${actor}`);
    return own;
  }

  /** How many accesses an MMU makes. */
  accessesOf(actor: number): number {
    const spec = this.scenario.actors[actor];
    return spec?.kind === "mmu" ? spec.accesses.length : 0;
  }

  /** Some kernel actor has begun a call and not come to its end. */
  isCallInFlight(row: Int32Array): boolean {
    for (let actor = 0; actor < this.kernels.length; actor++) {
      const kernel = this.kernels[actor];
      if (kernel?.node(row[ACTORS + actor] as number).inCall) return true;
    }
    return false;
  }

  /** Whose calls or accesses are not all done. */
  unfinished(row: Int32Array): readonly number[] {
    return this.scenario.actors.flatMap((_, actor) => {
      const node = row[ACTORS + actor] as number;
      const left = this.kernels[actor]?.node(node).next !== undefined || (this.mmus[actor]?.node(node).kinds.length ?? 0) > 0;
      return left ? [actor] : [];
    });
  }
}
