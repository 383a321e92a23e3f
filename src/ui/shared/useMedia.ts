import { useSyncExternalStore } from "react";

/** Up to this width panels stand one below the other. The style sheets have it too. */
export const NARROW = "(max-width: 860px)";

interface Media {
  readonly subscribe: (changed: () => void) => () => void;
  readonly holds: () => boolean;
}

/** By query: made once, so that nobody subscribes anew each time it is drawn. */
const known = new Map<string, Media>();

function mediaOf(query: string): Media {
  const media = known.get(query) ?? mediaFor(matchMedia(query));
  known.set(query, media);
  return media;
}

const mediaFor = (list: MediaQueryList): Media => ({
  subscribe(changed) {
    list.addEventListener("change", changed);
    return () => list.removeEventListener("change", changed);
  },
  holds: () => list.matches,
});

/** Whether a media query holds. */
export function useMedia(query: string): boolean {
  const { subscribe, holds } = mediaOf(query);
  return useSyncExternalStore(subscribe, holds);
}
