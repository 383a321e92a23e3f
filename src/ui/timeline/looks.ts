/** How steps and what comes of them look: each has a letter or a shape besides its colour. */
import type { StepView } from "../../engine/protocol.ts";

/** What a step does, the more telling the higher: where many share a pixel, the most telling is drawn. */
export const KINDS = ["quiet", "lock", "store", "flush"] as const;
export type Kind = (typeof KINDS)[number];

export interface Look {
  readonly letter: string;
  readonly kind: Kind;
  readonly name: string;
  /** Drawn round: by hardware, not by code. */
  readonly hardware?: true;
}

const LOOKS: Readonly<Record<string, Look>> = {
  read: { letter: "r", kind: "quiet", name: "read" },
  write: { letter: "w", kind: "store", name: "write" },
  xchg: { letter: "x", kind: "store", name: "xchg" },
  cmpxchg: { letter: "c", kind: "store", name: "cmpxchg" },
  tlbi: { letter: "t", kind: "flush", name: "TLB flush" },
  land: { letter: "t", kind: "flush", name: "TLB flush" },
  lock: { letter: "L", kind: "lock", name: "lock" },
  unlock: { letter: "U", kind: "lock", name: "unlock" },
  ref: { letter: "f", kind: "lock", name: "folio reference" },
  overrun: { letter: "o", kind: "quiet", name: "access outside the table" },
  "mmu-read": { letter: "R", kind: "quiet", name: "read", hardware: true },
  "mmu-write": { letter: "W", kind: "store", name: "write", hardware: true },
  "mmu-speculate": { letter: "S", kind: "quiet", name: "walk ahead", hardware: true },
  "mmu-evict": { letter: "E", kind: "quiet", name: "evict", hardware: true },
};

const UNKNOWN: Look = { letter: "?", kind: "quiet", name: "step" };

export const lookOf = (op: string): Look => LOOKS[op] ?? UNKNOWN;

/** For the legend: what code does, then what hardware does. */
export const LEGEND_OPS = ["read", "write", "xchg", "cmpxchg", "tlbi", "lock", "unlock", "ref"] as const;
export const LEGEND_HARDWARE_OPS = ["mmu-read", "mmu-write", "mmu-speculate", "mmu-evict"] as const;

/** What comes of a step, the more telling the higher. */
export const NOTES = {
  young: { letter: "Y", about: "hardware marked an entry young" },
  dirty: { letter: "D", about: "hardware marked an entry dirty" },
  retry: { letter: "↺", about: "a reader found the block changed and starts again" },
  fault: { letter: "F", about: "a fault" },
  "tlb-conflict": { letter: "C", about: "a TLB conflict" },
  warning: { letter: "!", about: "the kernel warns" },
  scope: { letter: "✗", about: "an access outside the page table" },
} as const;

export type Note = keyof typeof NOTES;
export const NOTE_NAMES = Object.keys(NOTES) as readonly Note[];

/** Drawn above their step, in the colour of failure. */
export const ALARMS: ReadonlySet<Note> = new Set<Note>(["fault", "tlb-conflict", "warning", "scope"]);

export function notesOf({ recorded, events }: StepView): readonly Note[] {
  const kinds = new Set<string>(events.map(({ kind }) => kind));
  if (recorded?.young) kinds.add("young");
  if (recorded?.dirty) kinds.add("dirty");
  return NOTE_NAMES.filter((note) => kinds.has(note));
}
