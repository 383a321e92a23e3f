/** What is to be done on a step, by number: several handlers, in their order. Those of many edges are the same. */
import type { TableFact } from "../states/tableFact.ts";
import { bitsOf, type Handler, type ProductStep } from "./handler.ts";

/** Number of a program. */
export type Program = number;

/** Nobody cares. */
export const NO_PROGRAM: Program = 0;

/** What all handlers of a program look at. */
export interface ProgramLooks {
  /** Bits of the inner loop's layout. */
  readonly bits: number;
  /** Numbers of facts. */
  readonly before: readonly number[];
  readonly after: readonly number[];
}

export class Programs {
  readonly #programs: (readonly Handler[])[] = [[]];
  readonly #numbers = new Map<string, Program>([["", NO_PROGRAM]]);
  readonly #handlers = new Map<Handler, number>();
  readonly #facts: TableFact[] = [];

  /** The program of these handlers. */
  of(handlers: readonly Handler[]): Program {
    const key = handlers.map((handler) => this.#numberOf(handler)).join();
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const program = this.#programs.push(handlers) - 1;
    this.#numbers.set(key, program);
    return program;
  }

  looks(program: Program): ProgramLooks {
    const looks = this.#at(program).map((handler) => handler.looks);
    const factsOf = (facts: readonly TableFact[]): readonly number[] => [...new Set(facts)].map((fact) => this.#factNumber(fact));
    return {
      bits: looks.reduce((bits, one) => bits | bitsOf(one), 0),
      before: factsOf(looks.flatMap(({ before = [] }) => before)),
      after: factsOf(looks.flatMap(({ after = [] }) => after)),
    };
  }

  /** What is known of a table. @param fact a number that `looks` has given */
  fact(fact: number, table: number): number {
    return (this.#facts[fact] as TableFact).of(table);
  }

  run(program: Program, step: ProductStep): void {
    for (const handler of this.#at(program)) handler.act(step);
  }

  #at(program: Program): readonly Handler[] {
    return this.#programs[program] as readonly Handler[];
  }

  #numberOf(handler: Handler): number {
    const known = this.#handlers.get(handler);
    if (known !== undefined) return known;
    this.#handlers.set(handler, this.#handlers.size);
    return this.#handlers.size - 1;
  }

  #factNumber(fact: TableFact): number {
    const known = this.#facts.indexOf(fact);
    return known >= 0 ? known : this.#facts.push(fact) - 1;
  }
}
