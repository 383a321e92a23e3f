/** A story as it is gone through: its beats in one row, over all its acts. */
import type { Act, Beat, Story } from "../../engine/protocol.ts";
import type { ReadyScenario } from "../../stories/scenarios/index.ts";
import { STORIES } from "../../stories/stories/index.ts";

export interface BeatPlace {
  /** From 0, as is the beat's own number in it. */
  readonly act: number;
  readonly inAct: number;
  readonly beat: Beat;
}

export const storyNamed = (id: string): Story | undefined => STORIES.find((story) => story.id === id);

export const unknownStory = (id: string): string => `There is no story "${id}"; known are ${STORIES.map((known) => known.id).join(", ")}.`;

export const beatsOf = ({ acts }: Story): readonly BeatPlace[] =>
  acts.flatMap(({ beats }, act) => beats.map((beat, inAct) => ({ act, inAct, beat })));

/** The scenario of an act as one to play with: a link names it by the story, and by the act where there are several. */
export function sceneOf({ id, title, teaches, acts }: Story, act: number): ReadyScenario {
  const { scenario, title: own } = acts[act] as Act;
  return {
    name: acts.length === 1 ? id : `${id}.${act + 1}`,
    document: scenario,
    about: own === undefined ? teaches : `${title}: ${own}.`,
  };
}

export const SCENES: readonly ReadyScenario[] = STORIES.flatMap((story) => story.acts.map((_, act) => sceneOf(story, act)));
