/** What the person is being taught with what is open: the story that is told, or the challenge to be met. */
import { type Choice, type FocusView, sharedChoices } from "../../engine/protocol.ts";

export type Lesson = StoryLesson | ChallengeLesson;

/** Where a story leads is the engine's answer. */
export interface StoryLesson {
  /** The story's id. */
  readonly story: string;
  /** The beat that was reached last, from 0, over all acts of the story. */
  readonly beat: number;
  /** The question before the next beat is being asked. */
  readonly asking: boolean;
  /** The whole run of the act, of which the page shows as much as has been told. */
  readonly run: readonly Choice[];
  /** Where in that run the beat stands. */
  readonly at: number;
  /** What the picture does not dim. */
  readonly focus: FocusView | undefined;
}

/** The run is the person's own, and so is the way. */
export interface ChallengeLesson {
  /** The challenge's id. */
  readonly challenge: string;
}

export const storyIn = (lesson: Lesson | undefined): StoryLesson | undefined =>
  lesson !== undefined && "story" in lesson ? lesson : undefined;

/** @returns the challenge's id */
export const challengeIn = (lesson: Lesson | undefined): string | undefined =>
  lesson !== undefined && "challenge" in lesson ? lesson.challenge : undefined;

/** What a story points at, while it leads. */
export const selectFocus = ({
  lesson,
  choices,
}: {
  readonly lesson: Lesson | undefined;
  readonly choices: readonly Choice[];
}): FocusView | undefined => (isTold(lesson, choices) ? lesson.focus : undefined);

/** The run is as a story tells it, as far as it goes: the person has made no choice of their own. */
export const isTold = (lesson: Lesson | undefined, choices: readonly Choice[]): lesson is StoryLesson =>
  lesson !== undefined && "story" in lesson && sharedChoices(lesson.run, choices) === choices.length;
