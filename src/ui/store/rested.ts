/** What follows a hand: done at once when it begins to move, and once more when it rests again. */
export interface Rested {
  ask(): void;
  /** Does now what has been put off. */
  flush(): void;
}

/** @param restMs a hand rests that has not asked for so long */
export function rested(act: () => void, restMs: number): Rested {
  let moving: ReturnType<typeof setTimeout> | undefined;
  let isPutOff = false;

  function flush(): void {
    if (!isPutOff) return;
    isPutOff = false;
    act();
  }

  function rest(): void {
    moving = undefined;
    flush();
  }

  return {
    ask() {
      isPutOff = true;
      if (moving === undefined) flush();
      clearTimeout(moving);
      moving = setTimeout(rest, restMs);
    },
    flush,
  };
}
