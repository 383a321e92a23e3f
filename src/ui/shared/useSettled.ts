interface Settled<T> {
  readonly value?: T;
  readonly error?: unknown;
}

/** What promises have come to that somebody waits for. */
const settled = new WeakMap<Promise<unknown>, Settled<unknown>>();

/**
 * What a promise comes to: the same promise each time, and until then what is next around as a fallback.
 *
 * @throws what the promise is rejected with
 */
export function useSettled<T>(promise: Promise<T>): T {
  const known = settled.get(promise) as Settled<T> | undefined;
  if (known === undefined)
    throw promise.then(
      (value) => void settled.set(promise, { value }),
      (error: unknown) => void settled.set(promise, { error }),
    );
  if ("error" in known) throw known.error;
  return known.value as T;
}
