/**
 * What looks on while the product of the automata is searched: properties, and what
 * they must remember. A watch is asked once about every edge of an automaton what it
 * has to do on a step along it, so that steps nobody cares about cost nothing.
 *
 * What a watch remembers is part of a state: columns of its row, which the watch reads
 * and changes. It never changes the rest.
 */
import type { Automata } from "./automata.ts";
import type { Handler } from "./handler.ts";
import type { KernelEdge } from "./kernelAutomaton.ts";
import type { MmuMove } from "./mmuAutomaton.ts";

export interface Watch {
  /** Columns that it needs. */
  readonly columns: number;
  /** Told once, before anything else; `row` is the first state. @param column its first column */
  begin?(automata: Automata, column: number, row: Int32Array): void;
  /** @returns what to do on a step along this edge, if anything */
  onKernel?(actor: number, edge: KernelEdge): Handler | readonly Handler[] | undefined;
  onMmu?(actor: number, move: MmuMove): Handler | undefined;
  /** @returns what to do when a flush takes effect that nobody waited for */
  onLand?(flush: number): Handler | undefined;
  /** Nobody can move. */
  onEnd?(row: Int32Array): void;
}
