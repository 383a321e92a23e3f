import { useEffect, useRef, useState } from "react";

/**
 * A value that changes at once when it has been still, and no more often than that when it changes all the time: for what
 * costs more than a frame allows, while a hand drags along a run.
 *
 * @param everyMs shortest time between two changes
 */
export function useCalm<T>(value: T, everyMs: number): T {
  const [calm, setCalm] = useState(value);
  const changed = useRef(0);
  useEffect(() => {
    const change = (): void => {
      changed.current = performance.now();
      setCalm(value);
    };
    const wait = changed.current + everyMs - performance.now();
    if (wait <= 0) return change();
    const timer = setTimeout(change, wait);
    return () => clearTimeout(timer);
  }, [value, everyMs]);
  return calm;
}
