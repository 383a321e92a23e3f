/** The stories as the rest of the page knows them: what tells them is loaded when it is first asked for. */
import { createContext, useContext } from "react";
import { afterFirstPicture } from "../shared/later.ts";
import type { Library } from "../store/address.ts";
import type { Lab } from "../store/lab.ts";
import type { Player } from "./player.ts";

export interface Stories extends Library {
  /** What tells them. */
  player(): Promise<Player>;
}

export function createStories(lab: Lab): Stories {
  let loaded: Promise<Player> | undefined;
  const load = async (): Promise<Player> => (await import("./player.ts")).createPlayer(lab);
  const player = (): Promise<Player> => {
    loaded ??= load();
    loaded.catch(() => {
      loaded = undefined; // asked for again, which tells why if it fails again
    });
    return loaded;
  };
  void afterFirstPicture.then(player).catch(() => undefined);
  return {
    player,
    find: async (name) => (await player()).find(name),
    tell: async (place) => (await player()).tell(place),
  };
}

const StoriesContext = createContext<Stories | undefined>(undefined);
export const StoriesProvider = StoriesContext.Provider;

export function useStories(): Stories {
  const stories = useContext(StoriesContext);
  if (stories === undefined) throw new Error("there are no stories around this component");
  return stories;
}
