import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Choice } from "../../engine/protocol.ts";
import { type Forks, forksAfter, MOST_FORKS, NO_FORKS, withoutFork } from "./forks.ts";

type Run = readonly Choice[];

/** Shows one run after another, from none on. */
function show(...runs: readonly Run[]): { readonly forks: Forks; readonly current: Run } {
  let [forks, current]: [Forks, Run] = [NO_FORKS, []];
  for (const run of runs) {
    forks = forksAfter(forks, current, run);
    current = run;
  }
  return { forks, current };
}

const kept = (forks: Forks): readonly Run[] => forks.kept.map(({ choices }) => choices);
const startsWith = (run: Run, part: Run): boolean => JSON.stringify(run.slice(0, part.length)) === JSON.stringify(part);

describe("runs that others took the place of", () => {
  it("are kept where another choice is made before their end, and not where they only go on", () => {
    expect(kept(show([0], [0, 0], [0, 0, 1]).forks)).toEqual([]);
    expect(kept(show([0, 0, 1], [0, 1]).forks)).toEqual([[0, 0, 1]]);
    expect(kept(show([0, 0, 1], []).forks)).toEqual([[0, 0, 1]]); // begun again
  });

  it("change places with the current one when they are taken", () => {
    const taken = show([0, 0], [0, 1], [0, 0]);
    expect(kept(taken.forks)).toEqual([[0, 1]]);
    expect(kept(show([0, 0], [0, 1], [0, 0], [0, 1]).forks)).toEqual([[0, 0]]);
  });

  it("are told apart by what was chosen, not by who moved", () => {
    const reads = (entry: number): Choice => ({ actor: 1, access: ["read", entry] });
    expect(kept(show([0, reads(1)], [0, reads(2)]).forks)).toEqual([[0, reads(1)]]);
    expect(kept(show([0, reads(1), 0], [0, reads(1)], [0, reads(1), 0]).forks)).toEqual([]);
  });

  it("have numbers that are never used again", () => {
    const { forks, current } = show([0, 0], [0, 1]);
    const again = forksAfter(withoutFork(forks, forks.lastId), current, [1]);
    expect(again.kept.map(({ id }) => id)).toEqual([forks.lastId + 1]);
  });

  const choice = fc.oneof<[fc.Arbitrary<Choice>, fc.Arbitrary<Choice>]>(
    fc.constantFrom(0, 1),
    fc.record({ actor: fc.constant(2), entry: fc.constantFrom(0, 1) }),
  );
  const runs = fc.array(fc.array(choice, { maxLength: 6 }), { maxLength: 60 });

  it("lose nothing that was ever recorded, up to the bound", () => {
    fc.assert(
      fc.property(runs, (shown) => {
        const { forks, current } = show(...shown);
        const there = [current, ...kept(forks)];
        const missing = shown.filter((run) => !there.some((other) => startsWith(other, run)));
        expect(forks.kept.length).toBeLessThanOrEqual(MOST_FORKS);
        const longest = missing.filter(
          (run, n) => !missing.some((other, m) => (m < n || other.length > run.length) && startsWith(other, run)),
        );
        expect(longest.length).toBeLessThanOrEqual(forks.dropped);
      }),
    );
  });

  it("are never a part of one another or of the current run", () => {
    fc.assert(
      fc.property(runs, (shown) => {
        const { forks, current } = show(...shown);
        for (const { id, choices } of forks.kept) {
          expect(startsWith(current, choices)).toBe(false);
          for (const other of forks.kept) if (other.id !== id) expect(startsWith(other.choices, choices)).toBe(false);
        }
      }),
    );
  });

  it("are let go oldest first when there are too many, and that is counted", () => {
    const { forks } = show(...Array.from({ length: MOST_FORKS + 4 }, (_, n): Run => [n]));
    expect(forks.dropped).toBe(3);
    expect(forks.kept.at(0)?.choices).toEqual([3]);
    expect(forks.kept).toHaveLength(MOST_FORKS);
  });
});
