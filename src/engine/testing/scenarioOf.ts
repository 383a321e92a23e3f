/** Scenarios for tests, written as documents: what a document may not say, a test may not either. */

import type { ScenarioDocument } from "../scenario/document.ts";
import { parseScenario } from "../scenario/parse.ts";
import { problemSentence } from "../scenario/problem.ts";
import type { Scenario } from "../scenario/scenario.ts";

export type ActorDocument = ScenarioDocument["actors"][number];
export type CallDocument = Extract<ActorDocument, { kind: "kernel" }>["calls"][number];
export type AccessDocument = Extract<ActorDocument, { kind: "mmu" }>["accesses"][number];

/** @param parts the machine, the actors and the choices; everything else by default */
export function scenarioOf(parts: Partial<ScenarioDocument> & Pick<ScenarioDocument, "actors">): Scenario {
  const parsed = parseScenario({ version: 1, machine: {}, ...parts });
  if (!parsed.ok) throw new Error(`a test's own scenario was refused: ${problemSentence(parsed.problem)}`);
  return parsed.scenario;
}

export const kernel = (...calls: readonly CallDocument[]): ActorDocument => ({ kind: "kernel", calls: [...calls] });
export const mmu = (...accesses: readonly AccessDocument[]): ActorDocument => ({ kind: "mmu", accesses: [...accesses] });

export const lock: CallDocument = { fn: "ptl_lock" };
export const unlock: CallDocument = { fn: "ptl_unlock" };
