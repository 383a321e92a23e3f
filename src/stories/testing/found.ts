/** What the explorer finds about an act, in the words in which a story expects it. */
import { explore } from "../../engine/explore/explore.ts";
import { findingsOf } from "../../engine/explore/findings.ts";
import { resultOf } from "../../engine/explore/graph/graph.ts";
import { PROPERTIES } from "../../engine/explore/properties/property.ts";
import { parseQuestion } from "../../engine/explore/questions/grammar.ts";
import { refusalSentence } from "../../engine/explore/questions/question.ts";
import { subjectOf } from "../../engine/lab.ts";
import type { Act, Explored, OutcomeView } from "../../engine/protocol.ts";
import type { Scenario } from "../../engine/scenario/scenario.ts";
import type { Expect } from "../../engine/story/story.ts";
import { compiled } from "../../engine/testing/compiled.ts";
import { scenarioOf } from "../../engine/testing/scenarioOf.ts";
import { exploredView } from "../../engine/view/exploredView.ts";
import { ranges, shortWord } from "../../ui/explorer/outcomes.ts";

/** As much as `expect` speaks of, to be compared with it. */
export function found({ scenario: document, expect }: Act): Expect {
  const scenario = scenarioOf(document);
  const asked = Object.keys(expect?.questions ?? {}).map((text) => questionIn(scenario, text));
  const wishes = { bounds: { states: 2_000_000 }, properties: PROPERTIES, questions: asked, first: false, compiled };
  const findings = resultOf(findingsOf(resultOf(explore(subjectOf(scenario), wishes, () => 0)), wishes));
  if (findings.stopped !== undefined) throw new Error(`the search was stopped by ${findings.stopped}: a story's scenario is small`);
  const { properties, questions, outcomes, words } = exploredView(scenario, findings, 0);
  const answer = (verdict: string) => (verdict === "holds" ? "holds" : "fails");
  return {
    violates: properties.filter(({ verdict }) => verdict === "violated").map(({ id }) => id),
    ...(expect?.questions && { questions: Object.fromEntries(questions.map(({ text, verdict }) => [text, answer(verdict)])) }),
    ...(expect?.outcomes && { outcomes: outcomes.map((outcome) => outcomeText(scenario, outcome, words)).sort() }),
  };
}

function questionIn(scenario: Scenario, text: string) {
  const parsed = parseQuestion(scenario, text);
  if (!parsed.ok) throw new Error(`in "${text}", ${refusalSentence(text, parsed)}`);
  return parsed.question;
}

/** `CPU1: 1009 C W Y Dh | 0-3: 1000 W; 4: none; 5-15: 1005 W`: who got what, in the letters of the page table, then the table. */
function outcomeText({ actors }: Scenario, outcome: OutcomeView, words: Explored["words"]): string {
  const shown = (text: string, hex: string | undefined): string => {
    const word = text === hex ? words[text] : undefined;
    return word === undefined ? text : shortWord(word);
  };
  const got = outcome.told.flatMap((own, actor) =>
    own.length === 0
      ? []
      : [`${actors[actor]?.name}: ${inShort(own.map((text, n) => shown(text, outcome.returns[actor]?.[n]))).join(", ")}`],
  );
  const table = ranges(outcome, [...outcome.ptes.keys()], words).map(
    ({ from, to, text }) => `${from === to ? from : `${from}-${to}`}: ${text}`,
  );
  return [...got, table.join("; ")].join(" | ");
}

/** What stands there several times running is told once: `ok ×16`. */
function inShort(texts: readonly string[]): readonly string[] {
  const runs: { text: string; times: number }[] = [];
  for (const text of texts) {
    const last = runs.at(-1);
    if (last?.text === text) last.times += 1;
    else runs.push({ text, times: 1 });
  }
  return runs.map(({ text, times }) => (times === 1 ? text : `${text} ×${times}`));
}
