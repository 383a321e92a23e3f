/** Browsers refuse an address that changes too often. A burst goes through at once; after it come so many a second, and the last one always. */
export interface Paced {
  ask(): void;
  /** Does now what has been put off. */
  flush(): void;
}

/**
 * @param burst how many go through at once
 * @param everyMs one more may go through after so long
 */
export function paced(act: () => void, burst: number, everyMs: number): Paced {
  let left = burst;
  let counted = performance.now();
  let waiting: ReturnType<typeof setTimeout> | undefined;

  function refill(): void {
    const more = Math.floor((performance.now() - counted) / everyMs);
    left = Math.min(burst, left + more);
    counted += more * everyMs;
  }

  function go(): void {
    clearTimeout(waiting);
    waiting = undefined;
    refill();
    left = Math.max(0, left - 1);
    act();
  }

  return {
    ask() {
      if (waiting !== undefined) return;
      refill();
      if (left > 0) go();
      else waiting = setTimeout(go, everyMs);
    },
    flush() {
      if (waiting !== undefined) go();
    },
  };
}
