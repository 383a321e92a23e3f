/**
 * What the stories have to tell, whoever tells it. A story names the topics that it covers, a
 * topic may be covered by several, and a test fails on one that none covers.
 */
import type { StoryShelf, VariantCard } from "../engine/protocol.ts";

export interface Topic {
  readonly id: string;
  readonly shelf: StoryShelf;
  readonly title: string;
}

/** What the review of v5 19/25 went through, 12 and 13 February 2024, in its order; `also` what belongs beside it. */
const THREAD: Readonly<Record<string, string>> = {
  "3.1": "set_pte cannot unfold, and warns",
  "3.2": "Setters take CONT away",
  "3.3": "Getters leave CONT in, on purpose",
  "3.4": "perf wants the size that really maps a page",
  "3.5": "The kernel's own mappings never fold",
  "3.6": "The firmware's mappings do not fold either",
  "3.7": "From an entry to the first of its block",
  "3.8": "Access and dirty, gathered entry by entry or in two booleans",
  "3.9": "hugetlb did it first",
  "3.10": "When a read without the lock may be believed",
  "3.11": "Concern (a): access and dirty are not gathered at one instant",
  "3.12": "Concern (b): nothing bounds the reader's loop",
  "3.13": "GUP-fast: read, pin, look again, all without the lock",
  "3.14": "A page fault: read without the lock, compare under it",
  "3.15": "huge_pte_alloc: the generic one, which arm64 does not use",
  "3.16": "khugepaged looks for swapped-out pages",
  "3.17": "pte_range_none: is a range still free?",
  "3.18": "ptdump shows gathered bits, not each entry's own",
  "3.19": "Swap readahead and swapoff look for swap entries only",
  "3.also": "A fault on a file looks once more whether its entry is empty",
  "3.20": "A getter for the size alone, never written",
  "3.21": "Compare without access and dirty; read one entry only",
  "3.22": "norecency: a getter that does not promise access and dirty",
  "3.23": "What made the getters cheaper in the end",
};

/** What happened later and is no variant of the code: the code is as it was, and what is done with it is not. */
const HISTORY: Readonly<Record<string, string>> = {
  "6.2": "page_fault3: faults that map one page at a time fold every sixteenth time",
  "6.7": "A batched unmap flushes without waiting, and what comes next must not rely on it",
  "6.11": "mprotect entry by entry unfolds a block and folds it again",
};

/** @param variants all that the engine knows */
export const topicsWith = (variants: readonly Pick<VariantCard, "id" | "shelf" | "what">[]): readonly Topic[] => [
  ...Object.entries(THREAD).map(([id, title]): Topic => ({ id: `thread-${id}`, shelf: "thread", title })),
  ...Object.entries(HISTORY).map(([id, title]): Topic => ({ id: `history-${id}`, shelf: "history", title })),
  ...variants.flatMap(({ id, shelf, what }): readonly Topic[] => {
    if (shelf === "thread") return []; // these are proposals of that review, told where it comes to them
    return [{ id, shelf: shelf === "mistake" ? "break-it" : shelf, title: what }];
  }),
];
