/** How the ways in which runs end are told apart: by what was returned, and by the entries that are not the same in all of them. */
import type { OutcomeView, WordView } from "../../engine/protocol.ts";

export type Words = Readonly<Record<string, WordView>>;

/** Most interleavings first; where they were not counted, in the order found. */
export function mostLikelyFirst(outcomes: readonly OutcomeView[]): readonly OutcomeView[] {
  const counted = outcomes.map((outcome) => ({ outcome, ways: BigInt(outcome.interleavings ?? 0) }));
  counted.sort((a, b) => (a.ways < b.ways ? 1 : a.ways > b.ways ? -1 : 0));
  return counted.map(({ outcome }) => outcome);
}

/** The entries that some outcomes leave otherwise than others. */
export function differingEntries([first, ...others]: readonly OutcomeView[]): readonly number[] {
  return (first?.ptes ?? []).flatMap((pte, index) => (others.some((other) => other.ptes[index] !== pte) ? [index] : []));
}

const DIRTY = { clean: "", hardware: "Dh", software: "Ds", both: "D+" } as const;

/** What a word says beside its frame, in the letters of the page table. */
export function flagsOf({ kind, swap, cont, write, young, dirty, special, uffd }: WordView): string {
  if (kind === "none") return "none";
  if (swap) return `swap ${swap.type}:${swap.offset.slice(2)}`;
  const kinds = { "prot-none": "N", invalid: "invalid", valid: "" } as const;
  const shown = kind === "swap" ? "" : kinds[kind];
  return [shown, cont && "C", write && "W", young && "Y", DIRTY[dirty], special && "S", uffd && "U"].filter(Boolean).join(" ");
}

const hasFrame = ({ kind }: WordView): boolean => kind !== "none" && kind !== "swap";

/** A word as short as the page table tells it. */
export const shortWord = (word: WordView): string =>
  hasFrame(word) ? [word.pfn.slice(2), flagsOf(word)].filter(Boolean).join(" ") : flagsOf(word);

/** Entries in a row that say the same, of consecutive frames if of any. */
export interface Range {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** The words in full. */
  readonly words: readonly string[];
}

export function ranges({ ptes }: OutcomeView, indexes: readonly number[], words: Words): readonly Range[] {
  const found: { from: number; to: number; first: WordView; last: WordView; words: string[] }[] = [];
  for (const index of indexes) {
    const word = words[ptes[index] ?? ""];
    if (word === undefined) continue;
    const open = found.at(-1);
    if (open !== undefined && open.to + 1 === index && continues(open.last, word)) {
      open.to = index;
      open.last = word;
      open.words.push(word.word);
    } else found.push({ from: index, to: index, first: word, last: word, words: [word.word] });
  }
  return found.map(({ from, to, first, words: own }) => ({ from, to, text: shortWord(first), words: own }));
}

function continues(before: WordView, next: WordView): boolean {
  if (flagsOf(before) !== flagsOf(next)) return false;
  return !hasFrame(before) || BigInt(before.pfn) + 1n === BigInt(next.pfn);
}
