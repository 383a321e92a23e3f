/** Every story can be told, what it says is so, and the explorer finds what it expects. */
import { describe, expect, it, vi } from "vitest";
import { resultOf } from "../engine/explore/graph/graph.ts";
import { VARIANTS } from "../engine/kernel/variants/profiles.ts";
import { machineFor } from "../engine/lab.ts";
import type { Act, Story } from "../engine/protocol.ts";
import { tell } from "../engine/story/tell.ts";
import { scenarioOf } from "../engine/testing/scenarioOf.ts";
import { SHELVES, STORIES } from "./stories/index.ts";
import { found } from "./testing/found.ts";
import { topicsWith } from "./topics.ts";

vi.setConfig({ testTimeout: 60_000 });

const TOPICS = topicsWith([...VARIANTS.values()]);

const MOST_SENTENCES = 3;
const LONGEST_CAPTION = 300;

const actsOf = ({ id, acts }: Story): readonly (readonly [string, Act])[] =>
  acts.map((act, n) => [acts.length === 1 ? id : `${id}, act ${n + 1}`, act] as const);

const ACTS = STORIES.flatMap(actsOf);

const told = (act: Act) => resultOf(tell(machineFor(scenarioOf(act.scenario)), act.beats));

describe("an act", () => {
  it.each(ACTS)("%s: can be told, and every check holds", (name, act) => {
    const answer = told(act);
    if (!answer.ok) throw new Error(`${name}, ${answer.sentence}`);
    const wrong = answer.beats.flatMap(({ checks }, beat) =>
      checks.flatMap(({ text, holds }) => (holds ? [] : [`beat ${beat + 1}: ${text}`])),
    );
    expect(wrong).toEqual([]);
  });

  it.each(ACTS.filter(([, { expect }]) => expect !== undefined))("%s: the explorer finds what is expected", (_, act) => {
    expect(found(act)).toEqual(act.expect);
  });

  it.each(ACTS)("%s: every beat says something that a check holds it to", (_, { beats }) => {
    expect(beats.filter(({ checks = [] }) => checks.length === 0)).toEqual([]);
  });
});

describe("a story", () => {
  it.each(STORIES.map((story) => [story.id, story] as const))("%s: has five to nine beats, one of them to be predicted", (_, { acts }) => {
    const beats = acts.flatMap((act) => act.beats);
    expect(beats.length).toBeGreaterThanOrEqual(5);
    expect(beats.length).toBeLessThanOrEqual(9);
    expect(beats[0]?.predict, "there is no picture yet that it could be asked of").toBeUndefined();
    const predictions = beats.flatMap(({ predict }) => (predict ? [predict] : []));
    expect(predictions.length).toBeGreaterThan(0);
    for (const { answers, right } of predictions) {
      expect(answers[right]).toBeDefined();
      expect(new Set(answers).size).toBe(answers.length);
      expect(answers.length).toBeGreaterThan(1);
    }
  });

  it.each(STORIES.map((story) => [story.id, story] as const))("%s: speaks in whole sentences, and few", (_, { acts, teaches }) => {
    const beats = acts.flatMap((act) => act.beats);
    const texts = [teaches, ...beats.flatMap(({ caption, predict }) => [caption, ...(predict ? [predict.ask, predict.because] : [])])];
    for (const text of texts) {
      expect(text).toMatch(/^[A-Z0-9`].*[.?]$/s);
      expect(text.split("`").length % 2, `a pair of backticks in: ${text}`).toBe(1);
      expect(text.length).toBeLessThanOrEqual(LONGEST_CAPTION);
      expect(text.split(/[.?](?:\s|$)/).filter(Boolean).length, text).toBeLessThanOrEqual(MOST_SENTENCES);
    }
  });
});

describe("the shelves", () => {
  it("have every story once, each on its own shelf", () => {
    expect(new Set(STORIES.map(({ id }) => id)).size).toBe(STORIES.length);
    for (const { id, stories } of SHELVES) expect(stories.map(({ shelf }) => shelf)).toEqual(stories.map(() => id));
    for (const { id } of STORIES) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  it("cover every topic, and no other", () => {
    const covered = new Set(STORIES.flatMap(({ covers }) => covers));
    const ids = TOPICS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...covered].filter((id) => !ids.includes(id))).toEqual([]);
    expect(ids.filter((id) => !covered.has(id))).toEqual([]);
  });
});
