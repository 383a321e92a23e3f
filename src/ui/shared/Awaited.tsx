import { useEffect } from "react";
import { createStore } from "zustand/vanilla";

/** How many parts of the page are asked for and not there yet. */
export const awaitedParts = createStore<number>(() => 0);

/** Stands where a part of the page is still being loaded, so that scripts can wait for it. */
export function Awaited(): null {
  useEffect(() => {
    awaitedParts.setState((parts) => parts + 1, true);
    return () => awaitedParts.setState((parts) => parts - 1, true);
  }, []);
  return null;
}
