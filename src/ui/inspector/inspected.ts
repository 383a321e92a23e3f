import type { Snapshot } from "../../engine/protocol.ts";

/** The entry that the inspector shows: the one chosen, else the one that the last step touched, else the first. */
export function inspectedEntry(chosen: number | undefined, entries: number, snapshot: Snapshot | undefined): number {
  if (chosen !== undefined && chosen < entries) return chosen;
  const { change, index = 0 } = snapshot?.last ?? {};
  return Math.min(change?.index ?? index, entries - 1);
}
