/** Links to stories and challenges: what they say. Loaded when one is opened. */
import type { Choice } from "../../engine/protocol.ts";

/** What a link says by name, and the run among it, or why that cannot be read: a part of a sentence. */
export interface LessonFields {
  readonly values: ReadonlyMap<string, string>;
  readonly run: { readonly choices: readonly Choice[]; readonly at: number } | string;
}

/** Where a story is being told. */
export interface StoryPlace {
  readonly story: string;
  /** From 0, over all its acts. */
  readonly beat: number;
  /** Steps into the run of its act; where the beat stands, if it is not said. */
  readonly at?: number;
}

/** A challenge, and a run that may meet it: who opens the link sees whether it does. */
export interface ChallengePlace {
  readonly challenge: string;
  readonly choices: readonly Choice[];
  readonly at: number;
}

/** @returns why it cannot be read: a part of a sentence */
export const readLesson = (fields: LessonFields): StoryPlace | ChallengePlace | string =>
  fields.values.has("story") ? readStory(fields) : readChallenge(fields);

function readStory({ values }: LessonFields): StoryPlace | string {
  const story = values.get("story") ?? "";
  const beat = values.get("beat") ?? "1";
  const at = values.get("at");
  const others = fieldsBeside(values, ["v", "story", "beat", "at"]);
  if (others !== "") return `a link to a story has no field ${others}`;
  if (!/^[1-9]\d?$/.test(beat)) return `its "beat" should be a number from 1 on`;
  if (at !== undefined && !/^\d{1,7}$/.test(at)) return `its position "at" should be a number of steps`;
  return { story, beat: Number(beat) - 1, ...(at !== undefined && { at: Number(at) }) };
}

function readChallenge({ values, run }: LessonFields): ChallengePlace | string {
  const others = fieldsBeside(values, ["v", "challenge", "choices", "at"]);
  if (others !== "") return `a link to a challenge has no field ${others}`;
  return typeof run === "string" ? run : { challenge: values.get("challenge") ?? "", ...run };
}

const fieldsBeside = (values: LessonFields["values"], known: readonly string[]): string =>
  [...values.keys()].filter((key) => !known.includes(key)).join(", ");
