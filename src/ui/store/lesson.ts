/** What the person is being taught with what is open: the story that is told. Where it leads is the engine's answer. */
import { type Choice, type FocusView, sharedChoices } from "../../engine/protocol.ts";

export interface Lesson {
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

/** What a story points at, while it leads. */
export const selectFocus = ({
  lesson,
  choices,
}: {
  readonly lesson: Lesson | undefined;
  readonly choices: readonly Choice[];
}): FocusView | undefined => (isTold(lesson, choices) ? lesson?.focus : undefined);

/** The run is as the lesson tells it, as far as it goes: the person has made no choice of their own. */
export const isTold = (lesson: Lesson | undefined, choices: readonly Choice[]): boolean =>
  lesson !== undefined && sharedChoices(lesson.run, choices) === choices.length;
