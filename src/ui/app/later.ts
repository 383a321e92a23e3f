/** What is loaded when it is first used, or before, when the page has nothing else to do. */
import { type ComponentType, lazy } from "react";

const loads: (() => Promise<unknown>)[] = [];

function later<P>(load: () => Promise<ComponentType<P>>) {
  loads.push(load);
  return lazy(async () => ({ default: await load() }));
}

export const ExplorerPanel = later(async () => (await import("../explorer/ExplorerPanel.tsx")).ExplorerPanel);
export const ScenarioEditor = later(async () => (await import("../scenario/ScenarioEditor.tsx")).ScenarioEditor);
export const Palette = later(async () => (await import("../commands/Palette.tsx")).Palette);
export const KeysDialog = later(async () => (await import("../commands/KeysDialog.tsx")).KeysDialog);
export const DiagramDialog = later(async () => (await import("../takeAway/DiagramDialog.tsx")).DiagramDialog);

/** Once the first picture has been drawn. What cannot be loaded now is asked for again when it is used. */
export function loadTheRest(): void {
  const whenIdle = globalThis.requestIdleCallback ?? ((act: () => void) => setTimeout(act, 500));
  whenIdle(() => void Promise.allSettled(loads.map((load) => load())));
}
