/** Flushes over the page table: on their way to the TLBs, or come there with the last step. */
import type { Snapshot } from "../../engine/protocol.ts";
import type { Span } from "./rows.ts";

export interface Flush extends Span {
  /** The name of the actor. */
  readonly by: string;
  readonly isPending: boolean;
}

export function flushesOf({ pending, last, actors }: Snapshot): readonly Flush[] {
  const nameOf = (actor: number): string => actors[actor]?.name ?? "";
  const onTheWay = pending.map(({ actor, index, count }) => ({ start: index, count, by: nameOf(actor), isPending: true }));
  if (last?.lands === undefined) return onTheWay;
  const { actor, index = 0, count = 1 } = last;
  return [...onTheWay, { start: index, count, by: nameOf(actor), isPending: false }];
}

export const flushText = ({ start, count, by, isPending }: Flush): string => {
  const pages = count === 1 ? `page ${start}` : `pages ${start}–${start + count - 1}`;
  return isPending ? `${by}'s flush of ${pages} is pending` : `${by} has flushed ${pages}`;
};
