/** Holds one provider of routines against another on random documents, and finds the smallest document that tells them apart. */
import fc from "fast-check";
import { runReport } from "../src/engine/headless/runReport.ts";
import type { RoutineProvider } from "../src/engine/routine.ts";
import type { ScenarioDocument } from "../src/engine/scenario/document.ts";
import { parseScenario } from "../src/engine/scenario/parse.ts";
import { problemSentence } from "../src/engine/scenario/problem.ts";
import type { Scenario } from "../src/engine/scenario/scenario.ts";
import { canonicalLines } from "./canonical.ts";

export type ProviderOf = (scenario: Scenario) => RoutineProvider;

/** A part of the comparison, as it is told. */
export interface Findings {
  readonly differences: number;
  readonly lines: readonly string[];
}

export interface Difference {
  readonly document: ScenarioDocument;
  readonly seed: number;
  /** fast-check's way to the smallest document, to see it again. */
  readonly path: string;
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
}

export interface Comparison {
  readonly documents: number;
  /** Steps made by the first provider: accesses, flushes and moves of the lock. */
  readonly accesses: number;
  readonly difference?: Difference;
}

export interface Drawing {
  readonly seed: number;
  readonly documents: number;
  /** Where to begin again, as a difference gave it. */
  readonly path?: string;
}

/** @param seen is told of each document before it is compared */
export function compare(
  documents: fc.Arbitrary<ScenarioDocument>,
  drawing: Drawing,
  ours: ProviderOf,
  theirs: ProviderOf,
  seen: (scenario: Scenario) => void = () => undefined,
): Comparison {
  let accesses = 0;
  let shrinking = false;
  let fault: unknown;
  const details = fc.check(
    fc.property(documents, (document) => {
      const scenario = scenarioOf(document);
      if (!shrinking) seen(scenario);
      let ourLines: readonly string[];
      let same: boolean;
      try {
        ourLines = linesOf(scenario, ours);
        same = equal(ourLines, linesOf(scenario, theirs));
      } catch (error) {
        fault = error;
        throw error;
      }
      if (!shrinking) accesses += ourLines.length - scenario.ptes.length - scenario.actors.length;
      shrinking ||= !same;
      return same;
    }),
    { seed: drawing.seed, numRuns: drawing.documents, ...(drawing.path !== undefined && { path: drawing.path }) },
  );
  // Neither side may throw, whatever the document says.
  if (fault !== undefined) throw fault;
  const shrunk = details.counterexample?.[0];
  if (shrunk === undefined) return { documents: details.numRuns, accesses };
  const differs = (document: ScenarioDocument): boolean => {
    const parsed = parseScenario(document);
    return parsed.ok && !equal(linesOf(parsed.scenario, ours), linesOf(parsed.scenario, theirs));
  };
  const document = withFewestCalls(shrunk, differs);
  const scenario = scenarioOf(document);
  return {
    documents: details.numRuns,
    accesses,
    difference: {
      document,
      seed: details.seed,
      path: details.counterexamplePath ?? "",
      ours: linesOf(scenario, ours),
      theirs: linesOf(scenario, theirs),
    },
  };
}

/** fast-check takes calls away from the front only. */
function withFewestCalls(document: ScenarioDocument, differs: (document: ScenarioDocument) => boolean): ScenarioDocument {
  const [actor] = document.actors;
  if (actor?.kind !== "kernel") return document;
  for (const at of actor.calls.keys()) {
    const smaller = { ...document, actors: [{ ...actor, calls: actor.calls.toSpliced(at, 1) }] };
    if (differs(smaller)) return withFewestCalls(smaller, differs);
  }
  return document;
}

/** @throws Error if the document is refused: those that are drawn are valid */
export function scenarioOf(document: ScenarioDocument): Scenario {
  const parsed = parseScenario(document);
  if (!parsed.ok) throw new Error(`a document was drawn that is refused: ${problemSentence(parsed.problem)}`);
  return parsed.scenario;
}

export function linesOf(scenario: Scenario, providerOf: ProviderOf): readonly string[] {
  const result = runReport(scenario, providerOf(scenario));
  if (!result.ok) throw new Error(problemSentence(result.problem));
  return canonicalLines(result.report);
}

const equal = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((line, i) => line === b[i]);
