/** An exploration's verdict in words. It never says that code is safe, and what was stopped never looks like what holds. */
import type { Explored, Verdict } from "../../engine/protocol.ts";
import { count, grouped, inShort, listed } from "./format.ts";

export interface VerdictText {
  readonly look: Verdict;
  readonly headline: string;
  /** What else must be known to take it for what it is. */
  readonly beside?: string;
}

export const REASONS: Readonly<Record<NonNullable<Explored["stopped"]>, string>> = {
  states: "the bound on states was reached",
  seconds: "the time was up",
  memory: "the bound on memory was reached",
  person: "you stopped it",
};

export function verdictOf(explored: Explored): VerdictText {
  const { verdict, stopped, states } = explored;
  switch (verdict) {
    case "holds":
      return { look: verdict, headline: `Holds over ${interleavingsText(explored)} explored.` };
    case "violated":
      return {
        look: verdict,
        headline: `Violated: ${failedText(explored)}.`,
        ...(stopped !== undefined && {
          beside: `Stopped early after ${grouped(states)} states: ${REASONS[stopped]}. The rest may hide more.`,
        }),
      };
    case "stopped":
      return {
        look: verdict,
        headline: `Stopped early: ${stopped === undefined ? "not all was explored" : REASONS[stopped]}. Nothing failed so far.`,
        beside: "What was not explored may still fail.",
      };
    default:
      return verdict satisfies never;
  }
}

function interleavingsText({ interleavings, states }: Explored): string {
  if (interleavings === undefined) return `all ${count(states, "state")}`;
  return interleavings === "1" ? "the one interleaving" : `all ${inShort(interleavings)} interleavings`;
}

function failedText({ properties, questions }: Explored): string {
  const failed = (all: readonly { readonly verdict: Verdict }[]): number => all.filter(({ verdict }) => verdict === "violated").length;
  const [ofProperties, ofQuestions] = [failed(properties), failed(questions)];
  return listed([
    ...(ofProperties > 0 ? [count(ofProperties, "property", "properties")] : []),
    ...(ofQuestions > 0 ? [count(ofQuestions, "question")] : []),
  ]);
}

/** Failed ones first, then those that are not decided. */
const ORDER: readonly Verdict[] = ["violated", "stopped", "holds"];

export const failedFirst = <T extends { readonly verdict: Verdict }>(found: readonly T[]): readonly T[] =>
  found.toSorted((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));
