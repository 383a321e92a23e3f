/**
 * What differs between two values of plain data, as small as what differs: sent instead of the second to who has the
 * first. What is equal stays the very same object there.
 */

export type Change =
  /** Another value altogether. */
  | { readonly to: unknown }
  /** The same array or object but for these parts. */
  | {
      readonly parts: readonly (readonly [key: string | number, change: Change])[];
      /** Of an array that is as long as this now. */
      readonly length?: number;
      /** Keys that an object no longer has. */
      readonly gone?: readonly string[];
    };

type Plain = Readonly<Record<string, unknown>>;

/** @returns undefined if they are equal */
export function changeOf(before: unknown, after: unknown): Change | undefined {
  if (Object.is(before, after)) return undefined;
  if (Array.isArray(before) && Array.isArray(after)) return arrayChange(before, after);
  return isPlain(before) && isPlain(after) ? objectChange(before, after) : { to: after };
}

function arrayChange(before: readonly unknown[], after: readonly unknown[]): Change | undefined {
  const parts: (readonly [number, Change])[] = [];
  for (let n = 0; n < after.length; n++) {
    const change = n < before.length ? changeOf(before[n], after[n]) : { to: after[n] };
    if (change !== undefined) parts.push([n, change]);
  }
  if (before.length !== after.length) return { parts, length: after.length };
  return parts.length > 0 ? { parts } : undefined;
}

function objectChange(before: Plain, after: Plain): Change | undefined {
  const parts: (readonly [string, Change])[] = [];
  for (const key of Object.keys(after)) {
    const change = Object.hasOwn(before, key) ? changeOf(before[key], after[key]) : { to: after[key] };
    if (change !== undefined) parts.push([key, change]);
  }
  const gone = Object.keys(before).filter((key) => !Object.hasOwn(after, key));
  if (gone.length > 0) return { parts, gone };
  return parts.length > 0 ? { parts } : undefined;
}

const isPlain = (value: unknown): value is Plain => typeof value === "object" && value !== null && !Array.isArray(value);

/** @param before what `changeOf` was given, which is left as it is */
export function changed(before: unknown, change: Change): unknown {
  if ("to" in change) return change.to;
  if (Array.isArray(before)) {
    const array: unknown[] = before.slice(0, change.length);
    for (const [n, part] of change.parts) array[n as number] = changed(array[n as number], part);
    return array;
  }
  const object: Record<string, unknown> = { ...(before as Plain) };
  for (const key of change.gone ?? []) delete object[key];
  for (const [key, part] of change.parts) object[key] = changed(object[key], part);
  return object;
}
