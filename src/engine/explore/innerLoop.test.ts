import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { innerLoopBytes } from "../../../scripts/innerLoop.mjs";
import { machineFor, subjectOf } from "../lab.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { aScenario, SEED } from "../testing/arbitraries.ts";
import { Product } from "./automata/product.ts";
import { PROPERTIES, type PropertyId, type Report } from "./properties/property.ts";
import { watchesFor } from "./properties/watches.ts";
import { Search } from "./search.ts";

vi.setConfig({ testTimeout: 120_000 });

const compiled = new WebAssembly.Module(await innerLoopBytes());
const MOST = 2000;

interface Space {
  /** By state: what it is, and where each of its steps leads. */
  readonly states: readonly string[];
  readonly successors: readonly (readonly number[])[];
  /** By property: the first step on which it fails. */
  readonly failures: Readonly<Partial<Record<PropertyId, string>>>;
}

const productOf = (scenario: Scenario, module?: WebAssembly.Module): Product =>
  new Product(
    scenario,
    subjectOf(scenario).provider,
    (report: Report) => watchesFor(subjectOf(scenario), new Set(PROPERTIES), report),
    module,
  );

/** By the product's own definition of a step, every watch asked on every step. */
function bySteps(scenario: Scenario): Space {
  const product = productOf(scenario);
  const rows = [product.begin(machineFor(scenario).initial)];
  const numbers = new Map(rows.map((row) => [row.join(), 0]));
  const successors: number[][] = [];
  const failures: Partial<Record<PropertyId, string>> = {};
  for (let from = 0; from < rows.length && rows.length <= MOST; from++) {
    const own: number[] = [];
    const look = (): void => {
      for (const { property } of product.takeSeen()) failures[property] ??= `${from}.${own.length}`;
    };
    product.expand(rows[from] as Int32Array, (after) => {
      look();
      const key = after.join();
      const number = numbers.get(key) ?? rows.push(after.slice()) - 1;
      numbers.set(key, number);
      own.push(number);
    });
    if (own.length === 0) look();
    successors.push(own);
  }
  return { states: rows.map((row) => row.join()), successors, failures };
}

function bySearch(scenario: Scenario, module?: WebAssembly.Module): Space {
  const product = productOf(scenario, module);
  const search = new Search(product, product.begin(machineFor(scenario).initial), MOST + 1);
  for (const _ of search.run());
  const row = new Int32Array(product.width);
  const states = Array.from({ length: search.states }, (_, state) => {
    search.row(state, row);
    return row.join();
  });
  const successors = Array.from({ length: search.expanded }, (_, state) =>
    Array.from({ length: search.edges(state + 1) - search.edges(state) }, (__, n) => search.target(search.edges(state) + n)),
  );
  const failures = Object.fromEntries(
    search.failed.map((property) => {
      const { from, position } = search.failureOf(property);
      return [property, `${from}.${position}`];
    }),
  );
  return { states, successors, failures };
}

describe("the inner loop", () => {
  it("finds what the product's own steps lead to, and what fails on them, compiled or as it stands", () => {
    const failed = new Set<string>();
    let whole = 0;
    fc.assert(
      fc.property(aScenario, (scenario) => {
        const expected = bySteps(scenario);
        if (expected.states.length > MOST) return;
        whole += 1;
        for (const id of Object.keys(expected.failures)) failed.add(id);
        expect(bySearch(scenario)).toEqual(expected);
        expect(bySearch(scenario, compiled)).toEqual(expected);
      }),
      { seed: SEED, numRuns: 150 },
    );
    expect(whole).toBeGreaterThan(60);
    expect(failed.size).toBeGreaterThan(4);
  });

  it("takes turns with others in one thread", () => {
    const [one, other] = fc.sample(aScenario, { seed: SEED, numRuns: 2 }).map((scenario) => {
      const product = productOf(scenario);
      return { scenario, search: new Search(product, product.begin(machineFor(scenario).initial), MOST + 1) };
    });
    if (one === undefined || other === undefined) throw new Error("two were drawn");
    const runs = [one, other].map(({ search }) => search.run());
    for (let going = true; going; ) going = runs.map((run) => run.next().done !== true).includes(true);
    for (const { scenario, search } of [one, other]) expect(search.states).toBe(bySearch(scenario).states.length);
  });
});
