/** Which blocks an actor may still access: what the calls or accesses that are left to it are made for. */
import { GRANULES, type Granule } from "../../hardware/granule.ts";
import type { ActorSpec, Call, Scenario } from "../../scenario/scenario.ts";

/** A call has accessed an entry outside the blocks it is made for, so nothing is known of what it may access. */
export class OffTheFootprint extends Error {}

export class Footprints {
  readonly #granule: Granule;
  /** By actor, by what it has done already, by block: 1 if it may access it. */
  readonly #left: readonly (readonly Uint8Array[])[];

  constructor(scenario: Scenario) {
    this.#granule = GRANULES[scenario.granule];
    this.#left = scenario.actors.map((spec) => this.#leftTo(spec, scenario.ptes.length / this.#granule.contPtes));
  }

  blockOf(index: number): number {
    return Math.floor(index / this.#granule.contPtes);
  }

  /** @param done calls or accesses that are over; the one under way is not */
  mayAccess(actor: number, done: number, block: number): boolean {
    return this.#left[actor]?.[done]?.[block] === 1;
  }

  #leftTo(spec: ActorSpec, blocks: number): readonly Uint8Array[] {
    const steps: readonly (readonly number[] | "any")[] =
      spec.kind === "kernel"
        ? spec.calls.map((call) => blocksOf(this.#granule, call))
        : spec.accesses.map(({ index }) => (index === "any" ? "any" : [this.blockOf(index)]));
    const left = [new Uint8Array(blocks)];
    for (const own of steps.toReversed()) {
      const withOwn = (left[0] as Uint8Array).slice();
      if (own === "any") withOwn.fill(1);
      else for (const block of own) withOwn[block] = 1;
      left.unshift(withOwn);
    }
    return left;
  }
}

/** The blocks that a call's range overlaps. */
export function blocksOf({ contPtes }: Granule, { index, nr = 1 }: Call): readonly number[] {
  if (index === undefined) return [];
  const first = Math.floor(index / contPtes);
  const last = Math.floor((index + nr - 1) / contPtes);
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
