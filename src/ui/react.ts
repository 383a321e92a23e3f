/**
 * What `react` is in this page (`vite.config.ts`): Preact with React's names, but for two
 * things that it does otherwise.
 */
import { options } from "preact";
import * as compat from "preact/compat";

// @ts-expect-error: its types say that it exports one object; it exports names.
export * from "preact/compat";

let lastId = 0;

/** One that nothing else in the page has: Preact's own begin again below what is drawn later. */
export function useId(): string {
  const [id] = compat.useState(() => `id-${++lastId}`);
  return id;
}

/** What some libraries import. */
export default { ...compat, useId };

// What an effect does, as moving the focus, is done before the next key comes: Preact waits for the frame to be painted.
options.requestAnimationFrame = queueMicrotask;
