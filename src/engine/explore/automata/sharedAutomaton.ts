/** The page-table lock and the flushes that nobody has waited for yet, as an automaton. */
import type { MachineState, PendingFlush } from "../../machine/state.ts";
import type { Flushes } from "./flushes.ts";

export type Shared = Pick<MachineState, "ptl" | "pending">;

interface SharedNode {
  readonly shared: Shared;
  /** By actor: positions of its pending flushes. */
  readonly landings: readonly (readonly number[])[];
  /** By what happened: the number of the node after it. */
  readonly after: Map<string, number>;
}

export class SharedAutomaton {
  readonly #actors: number;
  readonly #flushes: Flushes;
  readonly #numbers = new Map<string, number>();
  readonly #nodes: SharedNode[] = [];

  constructor(actors: number, flushes: Flushes) {
    this.#actors = actors;
    this.#flushes = flushes;
  }

  at(number: number): Shared {
    return this.#node(number).shared;
  }

  holder(number: number): number | undefined {
    return this.#node(number).shared.ptl;
  }

  landings(number: number, actor: number): readonly number[] {
    return this.#node(number).landings[actor] as readonly number[];
  }

  /** The numbers of an actor's pending flushes, oldest first. */
  pending(number: number, actor: number): readonly number[] {
    return this.landings(number, actor).map((k) => this.flushAt(number, k));
  }

  flushAt(number: number, k: number): number {
    return this.#flushes.numberOf(this.at(number).pending[k] as PendingFlush);
  }

  numberOf({ ptl, pending }: Shared): number {
    const key = `${ptl ?? "-"} ${pending.map((flush) => `${flush.actor}:${flush.index}+${flush.nr}`).join()}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#nodes.length;
    this.#numbers.set(key, number);
    const landings = Array.from({ length: this.#actors }, (_, actor) => pending.flatMap((flush, k) => (flush.actor === actor ? [k] : [])));
    this.#nodes.push({ shared: { ptl, pending }, landings, after: new Map() });
    return number;
  }

  locked(number: number, actor: number): number {
    return this.#after(number, `lock ${actor}`, ({ pending }) => ({ ptl: actor, pending }));
  }

  /** Unlocking what one does not hold changes nothing. */
  unlocked(number: number, actor: number): number {
    return this.holder(number) === actor ? this.#after(number, "unlock", ({ pending }) => ({ ptl: undefined, pending })) : number;
  }

  issued(number: number, actor: number, flush: number): number {
    const { index, nr } = this.#flushes.at(flush);
    return this.#after(number, `issue ${actor} ${flush}`, ({ ptl, pending }) => ({ ptl, pending: [...pending, { actor, index, nr }] }));
  }

  landed(number: number, k: number): number {
    return this.#after(number, `land ${k}`, ({ ptl, pending }) => ({ ptl, pending: pending.toSpliced(k, 1) }));
  }

  allLanded(number: number, actor: number): number {
    if (this.landings(number, actor).length === 0) return number;
    return this.#after(number, `land all ${actor}`, ({ ptl, pending }) => ({
      ptl,
      pending: pending.filter((flush) => flush.actor !== actor),
    }));
  }

  #after(number: number, happened: string, change: (before: Shared) => Shared): number {
    const { after, shared } = this.#node(number);
    const known = after.get(happened);
    if (known !== undefined) return known;
    const next = this.numberOf(change(shared));
    after.set(happened, next);
    return next;
  }

  #node(number: number): SharedNode {
    return this.#nodes[number] as SharedNode;
  }
}
