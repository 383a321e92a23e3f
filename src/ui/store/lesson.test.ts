import { expect, it } from "vitest";
import { challengeIn, isTold, type StoryLesson, selectFocus, storyIn } from "./lesson.ts";

const focus = { entries: [4], actors: [] };
const lesson: StoryLesson = { story: "a", beat: 1, asking: false, run: [0, 1, { actor: 1, entry: 3 }], at: 2, focus };

it("is told as long as the run is its own, however far", () => {
  expect(isTold(lesson, [])).toBe(true);
  expect(isTold(lesson, [0, 1])).toBe(true);
  expect(isTold(lesson, [0, 1, { actor: 1, entry: 3 }])).toBe(true);
});

it("is left by a choice of one's own, and by going on past its end", () => {
  expect(isTold(lesson, [0, 0])).toBe(false);
  expect(isTold(lesson, [0, 1, { actor: 1, entry: 4 }])).toBe(false);
  expect(isTold(lesson, [...lesson.run, 0])).toBe(false);
  expect(isTold(undefined, [])).toBe(false);
});

it("points at nothing once it has been left", () => {
  expect(selectFocus({ lesson, choices: [0] })).toBe(focus);
  expect(selectFocus({ lesson, choices: [1] })).toBeUndefined();
});

it("is a story or a challenge, whose run is nobody's but the person's", () => {
  const challenge = { challenge: "in-and-out" };
  expect([storyIn(lesson), challengeIn(lesson)]).toEqual([lesson, undefined]);
  expect([storyIn(challenge), challengeIn(challenge)]).toEqual([undefined, "in-and-out"]);
  expect([storyIn(undefined), challengeIn(undefined)]).toEqual([undefined, undefined]);
  expect(isTold(challenge, [])).toBe(false);
  expect(selectFocus({ lesson: challenge, choices: [] })).toBeUndefined();
});
