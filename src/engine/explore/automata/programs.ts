/** What all watches together do on a step along an edge, by number: the inner loop knows no more of it than what it looks at. */
import type { Handler, ProductStep } from "./handler.ts";

/** Number of a program. */
export type Program = number;

/** Nobody cares. */
export const NO_PROGRAM: Program = 0;

export class Programs {
  readonly #programs: (readonly Handler[])[] = [[]];

  /** A program of its own for these handlers. */
  add(handlers: readonly Handler[]): Program {
    return handlers.length === 0 ? NO_PROGRAM : this.#programs.push(handlers) - 1;
  }

  /** Everything that its handlers look at. */
  looks(program: Program): number {
    return this.#at(program).reduce((all, { looks }) => all | looks, 0);
  }

  run(program: Program, step: ProductStep): void {
    for (const handler of this.#at(program)) handler.act(step);
  }

  #at(program: Program): readonly Handler[] {
    return this.#programs[program] as readonly Handler[];
  }
}
