/** Who wrote an entry: an actor that runs kernel code, or an MMU on its own account. */
import type { ChangeView, Snapshot } from "../../engine/protocol.ts";

export type Writer = ChangeView["by"];

/** A shape for each, told apart without colour. */
export const WRITER_SIGNS: Readonly<Record<Writer, string>> = { software: "■", hardware: "◆" };

/** The entry that the last step wrote, and who it was. */
export function lastWrite({ last, actors }: Snapshot): { readonly index: number; readonly by: Writer } | undefined {
  if (last?.change === undefined) return undefined;
  return { index: last.change.index, by: actors[last.actor]?.kind === "mmu" ? "hardware" : "software" };
}
