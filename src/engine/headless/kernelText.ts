/** A kernel as a word of the command line names it: `6.17`, `6.12+variant+variant`, or `+variant` on the document's own. */
import { nearest } from "../explore/questions/nearest.ts";
import { type KernelChoice, PROFILES, VARIANTS } from "../kernel/variants/profiles.ts";
import type { ScenarioDocument } from "../scenario/document.ts";
import { type Parsed, parseScenario } from "../scenario/parse.ts";
import { type Problem, shownName } from "../scenario/problem.ts";

/** What is named after the document's own, if the text begins with a plus; its names are not checked. */
export function readKernel(text: string, own: KernelChoice): KernelChoice {
  const [profile = "", ...variants] = text.split("+").map((name) => name.trim());
  return profile === "" && variants.length > 0 ? { profile: own.profile, variants: [...own.variants, ...variants] } : { profile, variants };
}

export const kernelText = ({ profile, variants }: KernelChoice): string => [profile, ...variants].join("+");

/**
 * The document with another kernel, checked as if it had been written so.
 * @param option to be named where the kernel is what is wrong
 */
export function withKernel(document: ScenarioDocument, kernel: KernelChoice, option: string): Parsed {
  const { profile, variants } = kernel;
  const parsed = parseScenario({ ...document, kernel: { profile, variants: [...variants] } });
  return parsed.ok ? parsed : { ok: false, problem: inWordsOf(option, kernel, parsed.problem) };
}

function inWordsOf(option: string, { profile, variants }: KernelChoice, problem: Problem): Problem {
  const place = /^kernel\.(?:(profile)|variants\.(\d+))$/.exec(problem.path);
  if (place === null) return problem;
  const [, isProfile, position] = place;
  const [name, names] = isProfile === undefined ? [variants[Number(position)] ?? "", VARIANTS] : [profile, PROFILES];
  const meant = names.has(name) ? undefined : nearest(name, [...names.keys()]);
  return {
    path: `${option}: ${shownName(name) || '""'}`,
    expected: meant === undefined ? problem.expected : `${problem.expected}; did you mean ${meant}?`,
  };
}
