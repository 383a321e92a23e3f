/**
 * Which blocks an actor may still access, and which it may still write: what the calls or
 * accesses that are left to it are made for. A set of blocks is a number, a bit for each
 * block that it shares with those 32 further on: never too small.
 */
import { GRANULES, type Granule } from "../../hardware/granule.ts";
import type { ActorSpec, Call, Scenario } from "../../scenario/scenario.ts";
import { onlyReads } from "../properties/contracts.ts";

const ALL = -1;

interface Left {
  readonly accesses: number;
  readonly writes: number;
}

export class Footprints {
  readonly #granule: Granule;
  /** By actor, by what it has done already. */
  readonly #left: readonly (readonly Left[])[];

  constructor(scenario: Scenario) {
    this.#granule = GRANULES[scenario.granule];
    this.#left = scenario.actors.map((spec) => this.#leftTo(spec));
  }

  /** @param done calls or accesses that are over; the one under way is not */
  left(actor: number, done: number): Left {
    return this.#left[actor]?.[done] ?? { accesses: 0, writes: 0 };
  }

  /** The set of the one block that has this entry. */
  blockOf(index: number): number {
    return bit(Math.floor(index / this.#granule.contPtes));
  }

  #leftTo(spec: ActorSpec): readonly Left[] {
    const steps: readonly Left[] =
      spec.kind === "kernel"
        ? spec.calls.map((call) => {
            const accesses = blocksOf(this.#granule, call).reduce((blocks, block) => blocks | bit(block), 0);
            return { accesses, writes: onlyReads(call) ? 0 : accesses };
          })
        : spec.accesses.map(({ index }) => {
            const blocks = index === "any" ? ALL : this.blockOf(index);
            return { accesses: blocks, writes: blocks };
          });
    const left: Left[] = [{ accesses: 0, writes: 0 }];
    for (const own of steps.toReversed()) {
      const [later] = left as [Left];
      left.unshift({ accesses: later.accesses | own.accesses, writes: later.writes | own.writes });
    }
    return left;
  }
}

const bit = (block: number): number => 1 << (block & 31);

/** The blocks that a call's range overlaps. */
export function blocksOf({ contPtes }: Granule, { index, nr = 1 }: Call): readonly number[] {
  if (index === undefined) return [];
  const first = Math.floor(index / contPtes);
  const last = Math.floor((index + nr - 1) / contPtes);
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
