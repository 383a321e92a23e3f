/**
 * npm run spin [NAME …]: our search against SPIN's, on the models that we export. Every scenario must have as many
 * states in both, to the unit, and the same properties must fail. SPIN knows nothing of our search, and its model has
 * the machine and the properties in another language: where both agree, neither is likely to be wrong.
 */
import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { explore } from "../src/engine/explore/explore.ts";
import { resultOf } from "../src/engine/explore/graph/graph.ts";
import { PROPERTIES, type PropertyId } from "../src/engine/explore/properties/property.ts";
import { subjectOf } from "../src/engine/lab.ts";
import { NoModel } from "../src/engine/promela/closure.ts";
import { promelaOf } from "../src/engine/promela/promela.ts";
import { parseScenario } from "../src/engine/scenario/parse.ts";
import type { Scenario } from "../src/engine/scenario/scenario.ts";
import { aScenario, SEED } from "../src/engine/testing/arbitraries.ts";
import { KILLS } from "../src/engine/testing/killTable.ts";
import { READY_SCENARIOS } from "../src/stories/scenarios/index.ts";
import { innerLoopBytes } from "./innerLoop.mjs";
import { runModel, spinMissing } from "./spinModel.ts";

/** More is left to the bench. */
const MOST_STATES = 200_000;
const DRAWN = 60;

/** A model says nothing of liveness. */
const SAFETY = PROPERTIES.filter((id) => id !== "reader-progress");

function scenarioIn(document: unknown): Scenario {
  const parsed = parseScenario(document);
  if (!parsed.ok) throw new Error(`${parsed.problem.path}: ${parsed.problem.expected}`);
  return { ...parsed.scenario, choices: [] };
}

const examples = new URL("../examples/", import.meta.url);
const cases: readonly (readonly [name: string, scenario: Scenario])[] = [
  ...READY_SCENARIOS.map(({ name, document }) => [name, scenarioIn(document)] as const),
  ...readdirSync(examples).map((name) => [name, scenarioIn(JSON.parse(readFileSync(new URL(name, examples), "utf8")))] as const),
  ...KILLS.flatMap(({ variant, scenario }) => [
    [`${variant}: without it`, scenario()] as const,
    [`${variant}: with it`, scenario(variant)] as const,
  ]),
  ...fc.sample(aScenario, { seed: SEED, numRuns: DRAWN }).map((scenario, n) => [`drawn ${n + 1}`, { ...scenario, choices: [] }] as const),
];

const compiled = new WebAssembly.Module(await innerLoopBytes());

function ours(scenario: Scenario): { readonly states: number; readonly violated: readonly PropertyId[] } | undefined {
  const wishes = { bounds: { states: MOST_STATES }, properties: SAFETY, questions: [], first: false, compiled };
  const { space, stopped } = resultOf(explore(subjectOf(scenario), wishes, () => 0));
  return stopped === undefined ? { states: space.states, violated: space.failed } : undefined;
}

const missing = spinMissing();
if (missing !== undefined) {
  process.stderr.write(`${missing}\n`);
  process.exit(1);
}
const wanted = process.argv.slice(2);
let [same, different, left] = [0, 0, 0];
for (const [name, scenario] of cases) {
  if (wanted.length > 0 && !wanted.some((part) => name.includes(part))) continue;
  const found = ours(scenario);
  if (found === undefined) {
    left += 1;
    continue;
  }
  try {
    const { states, violated } = runModel(promelaOf(subjectOf(scenario), SAFETY), "-O0", "tally");
    const theirs = PROPERTIES.filter((_, n) => (violated & (1 << n)) !== 0);
    const isSame = states === found.states && theirs.join() === found.violated.join();
    if (isSame) same += 1;
    else different += 1;
    const verdict = (failed: readonly string[]): string => (failed.length === 0 ? "holds" : failed.join(", "));
    const figures = isSame
      ? `${states} states, ${verdict(theirs)}`
      : `DIFFERENT: ours ${found.states} states, ${verdict(found.violated)}; SPIN's ${states}, ${verdict(theirs)}`;
    process.stdout.write(`${name}: ${figures}\n`);
  } catch (error) {
    if (!(error instanceof NoModel)) throw error;
    left += 1;
    process.stdout.write(`${name}: left out: no model, the scenario should be ${error.message}\n`);
  }
}
process.stdout.write(`${same} the same, ${different} different, ${left} left out (more than ${MOST_STATES} states, or no model)\n`);
process.exitCode = different === 0 ? 0 : 1;
