import { useSyncExternalStore } from "react";

/** Up to this width panels stand one below the other. The style sheets have it too. */
export const NARROW = "(max-width: 860px)";

/** Whether a media query holds. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = matchMedia(query);
      list.addEventListener("change", changed);
      return () => list.removeEventListener("change", changed);
    },
    () => matchMedia(query).matches,
  );
}
