/** What is drawn along the page table, in words. */
import type { BlockView, EntryView, Misfit, Snapshot, TlbView } from "../../engine/protocol.ts";
import { rangesText } from "./rows.ts";

export const folioText = ({ pfn, pages, aligned }: Snapshot["folios"][number]): string =>
  pages === 1
    ? `frame ${pfn}, a folio of one page`
    : `folio ${pfn}, ${pages} pages${aligned ? ", aligned" : ", not aligned with its addresses"}`;

const BLOCK_WORDS: Readonly<Record<BlockView["state"], string>> = {
  folded: "folded: one contiguous block",
  mixed: "mixed",
  single: "single entries",
  empty: "empty",
};

const MISFIT_WORDS: Readonly<Record<Misfit, string>> = {
  "not-valid": "some entries not valid",
  "no-cont": "some without CONT",
  frames: "frames out of line",
  protections: "protections differ",
};

export const blockText = ({ start, count, state, misfits }: BlockView): string =>
  `block ${start / count} · ${BLOCK_WORDS[state]}${misfits.length > 0 ? `: ${misfits.map((misfit) => MISFIT_WORDS[misfit]).join(", ")}` : ""}`;

export function tlbText({ start, count, pfn, writable, stale, conflicting }: TlbView["entries"][number]): string {
  return [
    count > 1 ? `block of ${count} pages` : `page ${start}`,
    `frame ${pfn}`,
    writable ? "writable" : "read-only",
    stale.length > 0 && `stale for ${rangesText(stale)}`,
    conflicting && "conflicts with another entry",
  ]
    .filter((part) => part !== false)
    .join(" · ");
}

export const DIRTY = {
  clean: { letter: "D", words: "clean" },
  hardware: { letter: "Dh", words: "dirty by hardware" },
  software: { letter: "Ds", words: "dirty by software" },
  both: { letter: "D+", words: "dirty by hardware and software" },
} as const;

/** Area and slot. */
export const swapText = ({ type, offset }: NonNullable<EntryView["swap"]>): string => `${type}:${offset.slice(2)}`;

/** An entry in one sentence, for those who hear the page and those who hover. */
export function describeEntry(entry: EntryView): string {
  if (entry.kind === "none") return `entry ${entry.index}: none`;
  if (entry.swap) return `entry ${entry.index}: swapped out, area ${entry.swap.type}, slot ${entry.swap.offset}`;
  const facts = [
    `frame ${entry.pfn}`,
    entry.kind === "prot-none" && "PROT_NONE",
    entry.kind === "invalid" && "not valid",
    !entry.user && entry.kind === "valid" && "not for user space",
    entry.cont && "contiguous",
    entry.write ? "writable" : "read-only",
    entry.young ? "young" : "old",
    DIRTY[entry.dirty].words,
    entry.special && "special",
    entry.uffd && "write-protected for userfaultfd",
  ].filter((fact) => fact !== false);
  return `entry ${entry.index}: ${facts.join(", ")}`;
}
