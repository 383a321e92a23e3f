/** An exploration's findings as the explorer panel shows them. */
import type { Findings } from "../explore/findings.ts";
import { outcomeReport } from "../headless/outcomeReport.ts";
import type { Explored } from "../protocol.ts";
import type { Scenario } from "../scenario/scenario.ts";

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
    outcomes: findings.outcomes.map(({ state, interleavings: ways, choices }) => ({ ...outcomeReport(state), ...counted(ways), choices })),
    stuck: findings.stuck.map(({ actors, interleavings: ways, choices }) => ({ actors, ...counted(ways), choices })),
  };
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
