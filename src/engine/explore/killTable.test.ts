import { describe, expect, it, vi } from "vitest";
import { VARIANTS } from "../kernel/variants/profiles.ts";
import { subjectOf } from "../lab.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { compiled } from "../testing/compiled.ts";
import { KILLS, type Kill } from "../testing/killTable.ts";
import { explore } from "./explore.ts";
import { type Findings, findingsOf } from "./findings.ts";
import { resultOf } from "./graph/graph.ts";
import { PROPERTIES } from "./properties/property.ts";
import { parseQuestion } from "./questions/grammar.ts";
import type { Question } from "./questions/question.ts";

vi.setConfig({ testTimeout: 60_000 });

/** Kernels that had it put it right later; the other kernels of that shelf differ in what they cost. */
const PAST_BUGS = [
  "efi-mm-folds",
  "set-access-flags-gathered",
  "set-access-flags-no-tlbi",
  "set-ptes-prot-none",
  "clear-young-dirty-overrun",
];

function questionsOf(scenario: Scenario, { fails }: Kill): readonly Question[] {
  if (typeof fails === "string") return [];
  const parsed = parseQuestion(scenario, fails.question);
  if (!parsed.ok) throw new Error(parsed.expected);
  return [parsed.question];
}

function findings(scenario: Scenario, kill: Kill): Findings {
  const wishes = { bounds: { states: 1_000_000 }, properties: PROPERTIES, questions: questionsOf(scenario, kill), first: false, compiled };
  return resultOf(findingsOf(resultOf(explore(subjectOf(scenario), wishes, () => 0)), wishes));
}

/** What fails: a property's name, or a question's text. */
const failing = ({ properties, questions }: Findings): readonly string[] => [
  ...properties.flatMap(({ id, verdict }) => (verdict === "violated" ? [id] : [])),
  ...questions.flatMap(({ question, verdict }) => (verdict === "violated" ? [question.text] : [])),
];

const nameOf = ({ fails }: Kill): string => (typeof fails === "string" ? fails : fails.question);

describe("the kill table", () => {
  it("has a row for every deliberate mistake and every past bug", () => {
    const mistakes = [...VARIANTS.values()].filter(({ shelf }) => shelf === "mistake").map(({ id }) => id);
    expect(KILLS.map(({ variant }) => variant).sort()).toEqual([...mistakes, ...PAST_BUGS].sort());
  });

  it.each(KILLS.map((kill) => [kill.variant, kill] as const))("%s is found, and nothing fails without it", (variant, kill) => {
    const [without, found] = [findings(kill.scenario(), kill), findings(kill.scenario(variant), kill)];
    expect(without.verdict).toBe("holds");
    expect(failing(found)).toContain(nameOf(kill));
  });

  it.each(KILLS.filter(({ fails }) => typeof fails === "string").map((kill) => [kill.variant, kill] as const))(
    "%s is explained: the step, the entry, the way with the fewest switches",
    (variant, kill) => {
      const scenario = kill.scenario(variant);
      const found = findings(scenario, kill).properties.find(({ id }) => id === kill.fails);
      if (found?.choices === undefined || found.explanation === undefined || found.easiest === undefined) throw new Error("not explained");
      expect(found.explanation.sentence).toMatch(/^[A-Z].{40,}\.$/s);
      expect(found.explanation.entry).toBeGreaterThanOrEqual(0);
      expect(found.easiest.choices.length).toBeGreaterThanOrEqual(found.choices.length);
      const switches = (choices: readonly unknown[]): number =>
        choices.filter((choice, n) => n > 0 && actor(choice) !== actor(choices[n - 1])).length;
      expect(switches(found.easiest.choices)).toBe(found.easiest.switches);
      expect(found.easiest.switches).toBeLessThanOrEqual(switches(found.choices));
      // Followed from the start, either run fails at its last step, and one step earlier nothing has failed yet.
      for (const choices of [found.choices, found.easiest.choices]) {
        const followed = (own: Scenario["choices"]) =>
          resultOf(
            explore(
              subjectOf({ ...scenario, choices: own }),
              { bounds: { states: 1 }, properties: [found.id], questions: [], first: false, compiled },
              () => 0,
            ),
          );
        if (found.id !== "reader-progress") expect(followed(choices).failures).toMatchObject([{ property: found.id, choices }]);
        const beforeLast = followed(choices.slice(0, -1)).failures;
        expect(beforeLast.filter((failure) => failure.choices.length < choices.length)).toEqual([]);
      }
    },
  );
});

const actor = (choice: unknown): unknown => (typeof choice === "number" ? choice : (choice as { readonly actor: number }).actor);
