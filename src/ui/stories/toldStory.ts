/** A story together with where the engine says that its beats stand: for scripts, films and pages to print. Data in, data out. */
import type { Story, Told } from "../../engine/protocol.ts";
import type { StoryCard, ToldStory } from "../scripting/api.ts";
import { beatsOf } from "./beats.ts";

export type ToldAct = Extract<Told, { ok: true }>;

export const cardOf = ({ id, shelf, title, teaches }: Story): StoryCard => ({ id, shelf, title, teaches });

/** @param acts as the engine tells each of the story's */
export function toldStory(story: Story, acts: readonly ToldAct[]): ToldStory {
  const beats = beatsOf(story).map(({ act, inAct, beat: { caption, predict } }) => {
    const told = acts[act]?.beats[inAct];
    if (told === undefined) throw new Error(`act ${act + 1} of ${story.id} has been told without its beat ${inAct + 1}`);
    const actTitle = story.acts[act]?.title;
    return {
      act,
      ...(actTitle !== undefined && { actTitle }),
      caption,
      ...(predict && { predict }),
      from: acts[act]?.beats[inAct - 1]?.at ?? 0,
      at: told.at,
      checks: told.checks,
    };
  });
  return { ...cardOf(story), beats };
}
