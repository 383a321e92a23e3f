/** What people look up must be there under its name. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { unfoldRaceDirty } from "../stories/scenarios/unfoldRaceDirty.ts";
import { PREDICATES } from "./explore/questions/atoms.ts";
import { parseQuestion } from "./explore/questions/grammar.ts";
import { refusalSentence } from "./explore/questions/question.ts";
import { CALLS } from "./kernel/calls.ts";
import { PROFILES, VARIANTS } from "./kernel/variants/profiles.ts";
import { scenarioOf } from "./testing/scenarioOf.ts";

const read = (file: string): string => readFileSync(new URL(`../../docs/${file}`, import.meta.url), "utf8");

function documented(file: string): ReadonlySet<string> {
  const text = read(file).replaceAll(/^```.*?^```/gms, "");
  return new Set([...text.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? ""));
}

it("docs/calls.md has every call", () => {
  const names = documented("calls.md");
  expect([...CALLS.keys()].filter((fn) => !names.has(fn))).toEqual([]);
});

it("docs/scenario.md has every profile and every variant", () => {
  const names = documented("scenario.md");
  expect([...PROFILES.keys(), ...VARIANTS.keys()].filter((id) => !names.has(id))).toEqual([]);
});

it("docs/questions.md has every word for entries, and examples that are questions", () => {
  const names = documented("questions.md");
  expect([...PREDICATES.keys()].filter((name) => !names.has(name))).toEqual([]);

  const scenario = scenarioOf(unfoldRaceDirty);
  const examples = [...read("questions.md").matchAll(/^```question\n(.*?)^```/gms)].flatMap(([, lines = ""]) => lines.trim().split("\n"));
  const refused = examples.map((text) => ({ text, parsed: parseQuestion(scenario, text) })).filter(({ parsed }) => !parsed.ok);
  expect(refused.map(({ text, parsed }) => (parsed.ok ? "" : `${text}: ${refusalSentence(text, parsed)}`))).toEqual([]);
  expect(examples.length).toBeGreaterThan(25);
});
