/** What a run can be stopped at, as people choose it. Data in, data out. */
import type { Listing, Stop } from "../../engine/protocol.ts";

/** One that stands. */
export interface StandingStop {
  readonly id: number;
  readonly stop: Stop;
  readonly on: boolean;
}

export const sameStop = (a: Stop, b: Stop): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The kinds of stops, with whom or what each may be about. */
export const KINDS = [
  { kind: "change", words: "an entry changes", about: "entry" },
  { kind: "hardware", words: "hardware marks an entry", about: "entry" },
  { kind: "retry", words: "an actor starts again", about: "actor" },
  { kind: "return", words: "an actor's call returns", about: "actor" },
  { kind: "fault", words: "an access faults", about: "actor" },
  { kind: "warning", words: "the kernel warns", about: "actor" },
  { kind: "tlb-conflict", words: "TLB entries conflict", about: "actor" },
] as const;
export type Kind = (typeof KINDS)[number]["kind"];

/** @param about an entry or an actor, as the kind says; any if left out */
export function stopOf(kind: Kind, about: number | undefined): Stop {
  if (kind === "change") return { on: "change", ...(about !== undefined && { index: about }) };
  if (kind === "hardware") return { on: "change", by: "hardware", ...(about !== undefined && { index: about }) };
  return { on: "event", event: kind, ...(about !== undefined && { actor: about }) };
}

const EVENTS: Readonly<Record<Extract<Stop, { on: "event" }>["event"], string>> = {
  return: "returns from a call",
  retry: "starts again",
  fault: "faults",
  warning: "warns",
  "tlb-conflict": "meets a TLB conflict",
  scope: "leaves the table",
};

/** A stop in words, as what comes after "until". */
export function stopText(stop: Stop, names: readonly string[], listings: readonly Listing[]): string {
  switch (stop.on) {
    case "change": {
      const entry = stop.index === undefined ? "any entry" : `entry ${stop.index}`;
      return stop.by === "hardware" ? `hardware marks ${entry}` : `${entry} changes`;
    }
    case "event":
      return `${stop.actor === undefined ? "anybody" : (names[stop.actor] ?? `actor ${stop.actor + 1}`)} ${EVENTS[stop.event]}`;
    case "line": {
      const { fn, place } = splitLabel(stop.label);
      const line = listings.find((listing) => listing.fn === fn)?.lines.findIndex((known) => known.place === place) ?? -1;
      return line < 0 ? `somebody comes to ${stop.label}` : `somebody comes to line ${line + 1} of ${fn}`;
    }
    default:
      return stop satisfies never;
  }
}

/** A label is the function and the place in it. */
function splitLabel(label: string): { readonly fn: string; readonly place: string } {
  const cut = label.lastIndexOf(".");
  return { fn: label.slice(0, cut), place: label.slice(cut + 1) };
}
