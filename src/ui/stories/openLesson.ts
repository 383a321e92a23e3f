/** Opens what a link says of a story or a challenge. */
import type { Referee } from "../challenges/referee.ts";
import { type LessonFields, readLesson } from "../store/lessonLink.ts";
import type { Player } from "./player.ts";

interface Tellers {
  player(): Promise<Player>;
  referee(): Promise<Referee>;
}

/** @returns why it cannot be opened: a part of a sentence */
export async function openLesson(fields: LessonFields, { player, referee }: Tellers): Promise<string | undefined> {
  const place = readLesson(fields);
  if (typeof place === "string") return place;
  return "story" in place ? (await player()).tell(place) : (await referee()).pose(place);
}
