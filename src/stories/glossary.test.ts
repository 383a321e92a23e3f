import { expect, it } from "vitest";
import { GLOSSARY } from "./glossary.ts";
import { STORIES } from "./stories/index.ts";

const TERMS = new Set(GLOSSARY.map(({ term }) => term));

/** Names of numbered actors, and what is written large for another reason. */
const NOT_SHORT = /^((CPU|MMU)\d+|I|A|B|II|OR|AND|NOT)$/;

/** Words of capitals, as `PTE` or `MADV_FREE`; of several such as `PTEs`, the one. */
const abbreviationsIn = (text: string): readonly string[] =>
  text.replaceAll(/`[^`]*`/g, "").match(/\b[A-Z][A-Z0-9_]*[A-Z0-9](?=s?\b)/g) ?? [];

it("has every abbreviation that a story uses", () => {
  const missing = STORIES.flatMap(({ id, title, teaches, acts }) => {
    const texts = acts.flatMap(({ title: own = "", beats }) => [
      own,
      ...beats.flatMap(({ caption, predict }) => [caption, ...(predict ? [predict.ask, predict.because, ...predict.answers] : [])]),
    ]);
    const words = [title, teaches, ...texts].flatMap(abbreviationsIn);
    return words.filter((word) => !TERMS.has(word) && !NOT_SHORT.test(word)).map((word) => `${id}: ${word}`);
  });
  expect([...new Set(missing)]).toEqual([]);
});

it("has every term once, in the order of the alphabet, with whole sentences", () => {
  const names = GLOSSARY.map(({ term }) => term.toLowerCase());
  expect(names).toEqual([...new Set(names)].sort((a, b) => a.localeCompare(b, "en")));
  for (const { meaning } of GLOSSARY) {
    expect(meaning).toMatch(/^[A-Z0-9`].*\.$/);
    expect(meaning.split("`").length % 2).toBe(1);
  }
});

it("finds an abbreviation in a sentence", () => {
  expect(abbreviationsIn("The PTEs of `CONT_PTES` entries: MADV_FREE, and CPU1's TLB. Not A word.")).toEqual([
    "PTE",
    "MADV_FREE",
    "CPU1",
    "TLB",
  ]);
});
