/** What is loaded when it is first used, or before, when the first picture is drawn and the page has nothing else to do. */
import { type ComponentType, lazy } from "react";

let tell: () => void;

/** Settles when the page has time for more than its first picture. */
export const afterFirstPicture = new Promise<void>((resolve) => {
  tell = resolve;
});

export function tellFirstPicture(): void {
  const whenIdle = globalThis.requestIdleCallback ?? ((act: () => void) => setTimeout(act, 500));
  whenIdle(() => tell());
}

/** A component that is loaded so. */
export function later<P>(load: () => Promise<ComponentType<P>>) {
  // What cannot be loaded now is asked for again when it is used, which tells why if it fails again.
  void afterFirstPicture.then(load).catch(() => undefined);
  return lazy(async () => ({ default: await load() }));
}
