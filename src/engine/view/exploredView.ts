/** An exploration's findings as the explorer panel shows them. */
import type { Findings } from "../explore/findings.ts";
import { asPte, hex } from "../hardware/descriptor.ts";
import { GRANULES } from "../hardware/granule.ts";
import { outcomeReport } from "../headless/outcomeReport.ts";
import type { MachineState } from "../machine/state.ts";
import type { Explored, OutcomeView } from "../protocol.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { wordView } from "./snapshot.ts";
import { returnText } from "./words.ts";

/** @param seconds from the question to the answer */
export function exploredView(scenario: Scenario, findings: Findings, seconds: number): Explored {
  const { verdict, stopped, states, machineStates, transitions, loops, interleavings, spinning } = findings;
  return {
    ...{ verdict, limits: limitsText(scenario), seconds, states, machineStates, transitions, loops, spinning },
    ...(stopped !== undefined && { stopped }),
    ...counted(interleavings),
    properties: findings.properties.map(({ id, verdict: own, explanation, choices, easiest }) => ({
      ...{ id, verdict: own },
      ...explanation,
      ...(choices && { choices }),
      ...(easiest && { easiest }),
    })),
    questions: findings.questions.map(({ question: { text, mode }, verdict: own, choices }) => ({
      ...{ text, mode, verdict: own },
      ...(choices && { choices }),
    })),
    outcomes: findings.outcomes.map(({ state, interleavings: ways, choices }) => ({
      ...{ ...outcomeReport(state), told: told(scenario, state) },
      ...counted(ways),
      choices,
    })),
    words: decoded(
      scenario,
      findings.outcomes.map(({ state }) => state),
    ),
    stuck: findings.stuck.map(({ actors, interleavings: ways, choices }) => ({ actors, ...counted(ways), choices })),
  };
}

/** What everybody got, a word that is no pte as a number or a frame. */
const told = (scenario: Scenario, state: MachineState): OutcomeView["told"] =>
  state.actors.map((own, actor) => {
    const spec = scenario.actors[actor];
    if (own.kind === "mmu" || spec?.kind !== "kernel") return own.kind === "mmu" ? own.results : [];
    return own.returns.flatMap((value, call) => (value === undefined ? [] : [returnText(spec.calls[call]?.fn ?? "", value)]));
  });

/** Every word of these states, once. */
function decoded({ granule }: Scenario, states: readonly MachineState[]): Explored["words"] {
  const words = new Set<bigint>();
  for (const { table, actors } of states) {
    for (const pte of table.words()) words.add(pte);
    for (const actor of actors) if (actor.kind === "kernel") for (const value of actor.returns) if (value !== undefined) words.add(value);
  }
  return Object.fromEntries([...words].map((word) => [hex(word), wordView(GRANULES[granule], asPte(word))]));
}

const counted = (interleavings: bigint | undefined): { readonly interleavings?: string } =>
  interleavings === undefined ? {} : { interleavings: interleavings.toString() };

const FLAGS = {
  "af+dirty": "hardware that manages access flag and dirty state",
  af: "hardware that manages the access flag only",
  none: "hardware that manages neither access flag nor dirty state",
} as const;

/** What a verdict is worth: it never says that code is safe. */
export function limitsText({ profile, variants, features }: Scenario): string {
  const { hardwareAD, bbm, adUpdate, tlbAnswer } = features;
  const freedoms = [
    ...(adUpdate === "any" ? ["free to mark any entry of a block"] : []),
    ...(tlbAnswer === "any" ? ["any of several TLB entries may answer"] : []),
  ];
  return [
    `This scenario, on Linux ${[profile, ...variants].join(" + ")}`,
    [FLAGS[hardwareAD], `break-before-make level ${bbm}`, ...freedoms].join(", "),
    "sequentially consistent memory.",
  ].join("; ");
}
