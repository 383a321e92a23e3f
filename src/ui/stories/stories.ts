/** The stories and the challenges as the rest of the page knows them: what tells and judges them is loaded when it is first asked for. */
import { createContext, useContext } from "react";
import type { Referee } from "../challenges/referee.ts";
import { afterFirstPicture } from "../shared/later.ts";
import type { Library } from "../store/address.ts";
import type { Lab } from "../store/lab.ts";
import type { Player } from "./player.ts";

export interface Stories extends Library {
  /** What tells them. */
  player(): Promise<Player>;
  /** What poses and judges challenges. */
  referee(): Promise<Referee>;
}

/** Loads once. What could not be loaded is asked for again, which tells why if it fails again. */
function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => {
    loaded ??= load();
    loaded.catch(() => {
      loaded = undefined;
    });
    return loaded;
  };
}

export function createStories(lab: Lab): Stories {
  const player = once(async () => (await import("./player.ts")).createPlayer(lab));
  const referee = once(async () => (await import("../challenges/referee.ts")).createReferee(lab));
  void afterFirstPicture.then(player).catch(() => undefined);
  return {
    player,
    referee,
    find: async (name) => (await player()).find(name) ?? (await referee()).find(name),
    teach: async (lesson) => (await import("./openLesson.ts")).openLesson(lesson, { player, referee }),
  };
}

const StoriesContext = createContext<Stories | undefined>(undefined);
export const StoriesProvider = StoriesContext.Provider;

export function useStories(): Stories {
  const stories = useContext(StoriesContext);
  if (stories === undefined) throw new Error("there are no stories around this component");
  return stories;
}
