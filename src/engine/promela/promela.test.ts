import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { ACTORS, TABLE } from "../explore/automata/automata.ts";
import { PROPERTIES } from "../explore/properties/property.ts";
import { subjectOf } from "../lab.ts";
import { aScenario, SEED } from "../testing/arbitraries.ts";
import { hexWords } from "../testing/drawing.ts";
import { kernel, lock, mmu, scenarioOf } from "../testing/scenarioOf.ts";
import { searched } from "../testing/searched.ts";
import { closureOf, NoModel } from "./closure.ts";
import { promelaOf } from "./promela.ts";

vi.setConfig({ testTimeout: 60_000 });

describe("what kernel actors may do, found without a search", () => {
  it("is no less than what a search finds: every word, every local state", () => {
    let compared = 0;
    fc.assert(
      fc.property(aScenario, (scenario) => {
        const search = searched(scenario, 500);
        const { product, words, nodes } = closureOf(subjectOf(scenario));
        const held = words.map((own) => new Set(own.map((word) => product.automata.words.at(word))));
        const stands = new Set(nodes.map(({ actor, node: { own } }) => `${actor} ${own.call} ${own.at?.state.key}`));
        const row = new Int32Array(search.product.width);
        const { tables, kernels } = search.product.automata;
        for (let state = 0; state < search.states; state++) {
          search.row(state, row);
          for (const [index, pte] of tables
            .at(row[TABLE] as number)
            .words()
            .entries())
            expect(held[index]?.has(pte)).toBe(true);
          for (const [actor, automaton] of kernels.entries()) {
            const own = automaton?.node(row[ACTORS + actor] as number).own;
            if (own !== undefined) expect(stands).toContain(`${actor} ${own.call} ${own.at?.state.key}`);
          }
          compared += 1;
        }
      }),
      { seed: SEED, numRuns: 30 },
    );
    expect(compared).toBeGreaterThan(2000);
  });

  it("has an edge for every word that may stand where a node looks", () => {
    const scenario = scenarioOf({
      machine: { ptes: hexWords("CW*16") },
      actors: [kernel({ fn: "ptep_get", index: 3 }), mmu({ rw: "write", index: 3 })],
    });
    const { words, nodes } = closureOf(subjectOf(scenario));
    for (const { node, edges } of nodes) {
      if (node.next === undefined || !("index" in node.next)) continue;
      expect(edges.map(({ edge }) => edge.old).length).toBe(words[node.next.index]?.length);
    }
    // As it stands, young, and young and dirty: hardware may have done either.
    expect(words[3]?.length).toBe(3);
  });
});

describe("a SPIN model", () => {
  const race = scenarioOf({
    title: "a race */ of two",
    machine: { ptes: hexWords("CW*16") },
    actors: [
      kernel({ fn: "ptep_get_and_clear", index: 3 }),
      kernel(lock, { fn: "ptep_get_lockless", index: 9 }),
      mmu({ rw: "any", index: "any" }),
    ],
  });

  it("has a process for each actor, and is the same text every time", () => {
    const text = promelaOf(subjectOf(race), PROPERTIES);
    expect(text.match(/active proctype actor\d+/g)).toEqual(["active proctype actor0", "active proctype actor1", "active proctype actor2"]);
    expect(promelaOf(subjectOf(race), PROPERTIES)).toBe(text);
    expect(text.indexOf("*/")).toBeGreaterThan(text.indexOf("A model of contpte-lab"));
  });

  it("remembers only what its properties need", () => {
    const bare = promelaOf(subjectOf(race), []);
    for (const name of ["owed", "debt", "reads1", "broken"]) {
      expect(promelaOf(subjectOf(race), PROPERTIES)).toContain(` ${name}`);
      expect(bare).not.toContain(` ${name}`);
    }
  });

  it("gives SPIN no more C at a time than it takes", () => {
    for (const [, piece = ""] of promelaOf(subjectOf(race), PROPERTIES).matchAll(/c_decl \{\n([\s\S]*?)\n\}\n/g))
      expect(piece.length).toBeLessThan(60_000);
  });

  it("is refused for a document with choices", () => {
    expect(() => promelaOf(subjectOf({ ...race, choices: [0] }), PROPERTIES)).toThrow(NoModel);
  });
});
