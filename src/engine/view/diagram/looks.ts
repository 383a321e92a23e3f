/** Page-table words as a mail tells them: the frame, and a letter for each bit that matters. */
import { NONE, type Pte } from "../../hardware/descriptor.ts";
import { GRANULES, type GranuleName, pfnOf } from "../../hardware/granule.ts";
import { wordView } from "../snapshot.ts";

/** What each letter says. */
export const LETTERS = {
  C: "contiguous",
  W: "writable",
  Y: "young",
  Dh: "dirty by hardware",
  Ds: "dirty by software",
  N: "PROT_NONE",
  I: "not valid",
  S: "special",
  U: "uffd-wp",
} as const;
export type Letter = keyof typeof LETTERS;

export function lettersOf(granule: GranuleName, pte: Pte): readonly Letter[] {
  const { kind, cont, write, young, dirty, special, uffd } = wordView(GRANULES[granule], pte);
  const has: Readonly<Record<Letter, boolean>> = {
    C: cont,
    W: write,
    Y: young,
    Dh: dirty === "hardware" || dirty === "both",
    Ds: dirty === "software" || dirty === "both",
    N: kind === "prot-none",
    I: kind === "invalid",
    S: special,
    U: uffd,
  };
  return (Object.keys(LETTERS) as Letter[]).filter((letter) => has[letter]);
}

/** Entries in a row that look alike: none, or frames in a row with the same bits. */
export interface Looks {
  readonly granule: GranuleName;
  readonly words: readonly [Pte, ...Pte[]];
}

/** Whether one more word goes on with what the others look like. */
export function goesOn({ granule, words }: Looks, next: Pte): boolean {
  const last = words[words.length - 1] as Pte;
  if (next === NONE || last === NONE) return next === last;
  if (wordView(GRANULES[granule], next).swap !== undefined) return false;
  const frame = (pte: Pte): bigint => pfnOf(GRANULES[granule], pte);
  return frame(next) === frame(last) + 1n && lettersOf(granule, next).join() === lettersOf(granule, last).join();
}

export function looksText({ granule, words }: Looks): string {
  const [first] = words;
  const last = words[words.length - 1] as Pte;
  const view = wordView(GRANULES[granule], first);
  if (view.kind === "none") return "none";
  if (view.swap !== undefined) return `swap ${view.swap.type}:${view.swap.offset.slice(2)}`;
  const frame = (pte: Pte): string => pfnOf(GRANULES[granule], pte).toString(16);
  const frames = words.length > 1 ? `${frame(first)}-${frame(last)}` : frame(first);
  return `${frames} ${lettersOf(granule, first).join("")}`.trimEnd();
}

/** `[4]`, or `[4-7]`. */
export const placeText = (first: number, count: number): string => (count === 1 ? `[${first}]` : `[${first}-${first + count - 1}]`);

/** A table, told in stretches that look alike. */
export function tableText(granule: GranuleName, words: readonly Pte[]): string {
  const stretches: { start: number; words: [Pte, ...Pte[]] }[] = [];
  words.forEach((word, index) => {
    const open = stretches.at(-1);
    if (open !== undefined && goesOn({ granule, words: open.words }, word)) open.words.push(word);
    else stretches.push({ start: index, words: [word] });
  });
  return stretches
    .map((stretch) => `${placeText(stretch.start, stretch.words.length)} ${looksText({ granule, words: stretch.words })}`)
    .join(", ");
}
