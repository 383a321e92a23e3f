/** Opens what a link says of a story or a challenge. */

import { readLesson } from "../store/lessonLink.ts";
import type { LessonFields } from "../store/link.ts";
import type { Stories } from "./stories.ts";

/** @returns why it cannot be opened: a part of a sentence */
export async function openLesson(
  fields: LessonFields,
  { player, referee }: Pick<Stories, "player" | "referee">,
): Promise<string | undefined> {
  const place = readLesson(fields);
  if (typeof place === "string") return place;
  return "story" in place ? (await player()).tell(place) : (await referee()).pose(place);
}
