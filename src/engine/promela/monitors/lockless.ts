/** The lockless read: what its entry held, what marks its block had, which were there all the while (explore/properties/lockless.ts). */
import type { Subject } from "../../explore/explore.ts";
import { onlyReads } from "../../explore/properties/contracts.ts";
import { callOf, ends, returnOf, storeOf } from "../../explore/properties/places.ts";
import type { PropertyId } from "../../explore/properties/property.ts";
import { DIRTY, saidOf, YOUNG } from "../../explore/properties/said.ts";
import type { Pte } from "../../hardware/descriptor.ts";
import { isPresent, isValidCont } from "../../kernel/pte.ts";
import { type Closure, NoModel } from "../closure.ts";
import { table } from "../cText.ts";
import { kernelsOf } from "./calls.ts";
import { fails, type Monitor } from "./monitor.ts";

/** Distinct things that an entry may be seen to hold, or marks in a block. */
const MOST_SEEN = 32;

export function lockless(subject: Subject, { product, words, nodes }: Closure, wanted: readonly PropertyId[]): Monitor {
  const { scenario, kernel } = subject;
  const { automata } = product;
  const { marksOf, runOf, heldAs, seenIn, takenBy } = saidOf(scenario, kernel);
  const readers = scenario.actors.flatMap((spec, actor) =>
    spec.kind === "kernel" && spec.calls.some(({ fn }) => fn === "ptep_get_lockless") ? [actor] : [],
  );
  if (readers.length === 0) return { vector: [], constants: [] };
  const numbering = (): ((text: string) => number) => {
    const numbers = new Map<string, number>();
    return (text) => {
      const number = numbers.get(text) ?? numbers.size;
      numbers.set(text, number);
      if (number >= MOST_SEEN)
        throw new NoModel(`one in which lockless reads may see no more than ${MOST_SEEN} different things, for a model`);
      return number;
    };
  };
  const heldNumber = numbering();
  const seenNumber = numbering();
  const bit = (number: number): number => (1 << number) | 0;
  const wordCount = 1 + Math.max(...words.flat());
  const ptes = Array.from({ length: wordCount }, (_, word) => automata.words.at(word));
  /** By entry and word, for words that the entry may hold: the bits of what is held, and of the marks. */
  const targets = new Set(
    scenario.actors.flatMap((spec) =>
      spec.kind === "kernel" ? spec.calls.flatMap(({ fn, index }) => (fn === "ptep_get_lockless" ? [index] : [])) : [],
    ),
  );
  const heldBits = words.flatMap((own, index) =>
    ptes.map((pte, word) => (targets.has(index) && own.includes(word) ? bit(heldNumber(heldAs(pte, index))) : 0)),
  );
  const seenBits = words.flatMap((own, index) =>
    ptes.map((pte, word) => (own.includes(word) ? seenIn(pte, index).reduce((bits, text) => bits | bit(seenNumber(text)), 0) : 0)),
  );

  const edges = nodes.flatMap((node) => node.edges);
  const callAt = (n: number) => {
    const edge = edges[n];
    return edge === undefined ? undefined : callOf(scenario, edge.actor, edge.edge.from);
  };
  const isRead = edges.map((_, n) => callAt(n)?.fn === "ptep_get_lockless");
  const begins = edges.map(({ edge }, n) => (isRead[n] && !edge.from.inCall ? 1 : 0));
  const finishes = edges.map(({ edge }, n) => (isRead[n] && ends(edge) ? 1 : 0));
  const target = edges.map((_, n) => (isRead[n] ? (callAt(n)?.index ?? 0) : 0));
  const values = edges.map(({ edge }, n) => (finishes[n] === 1 ? (returnOf(edge)?.value as Pte | undefined) : undefined));
  const fact = (of: (value: Pte, index: number) => number): readonly number[] =>
    values.map((value, n) => (value === undefined ? 0 : of(value, target[n] ?? 0)));
  const judged = values.map((value) => (value === undefined ? 0 : 1));
  const asWord = fact((value) => bit(heldNumber(`${value}`)));
  const asMember = fact((value, index) => bit(heldNumber(runOf(value, index))));
  const marks = fact((value) => marksOf(value));
  const present = fact((value) => (isPresent(value) ? 1 : 0));
  const foreign = fact(
    (value, index) =>
      ((marksOf(value) & DIRTY) !== 0 ? bit(seenNumber(`${runOf(value, index)} dirty`)) : 0) |
      ((marksOf(value) & YOUNG) !== 0 ? bit(seenNumber(`${runOf(value, index)} young`)) : 0),
  );
  const stored = edges.map(({ edge }) => storeOf(edge)?.index ?? -1);
  const writes = edges.map((_, n) => {
    const call = callAt(n);
    return call !== undefined && !onlyReads(call);
  });
  /** Of the first step of a call: the marks that it is there to take, by target. */
  const targetList = [...targets].flatMap((index) => (index === undefined ? [] : [index]));
  const taken = edges.flatMap(({ edge }, n) => {
    const call = callAt(n);
    return targetList.map((index) => (call !== undefined && writes[n] && !edge.from.inCall ? takenBy(call, index) : 0));
  });
  const kernels = kernelsOf(subject);
  const quiet = (reader: number): string =>
    kernels
      .filter((actor) => actor !== reader)
      .map((actor) => `!WRITES[now.n${actor} * BLOCKS + target / BLOCK]`)
      .join(" && ") || "1";
  const storing = (index: string, word: string, unless: string): string =>
    readers
      .map(
        (reader) => `  if (now.reads${reader} && ${unless} != ${reader} && (now.reads${reader} - 1) / BLOCK == ${index} / BLOCK) {
    if (now.reads${reader} - 1 == ${index}) now.held${reader} |= HELD[${index} * WORDS + ${word}];
    now.seen${reader} |= SEEN[${index} * WORDS + ${word}];
  }`,
      )
      .join("\n");
  const verdict = (id: PropertyId, when: string): string => (wanted.includes(id) ? `      if (${when}) ${fails(id)};` : "");
  return {
    vector: readers.flatMap((reader) => [
      // The entry that is read, plus one; 0 between calls.
      `unsigned reads${reader} : ${32 - Math.clz32(scenario.ptes.length)};`,
      `unsigned kept${reader} : 2;`,
      `int held${reader};`,
      `int seen${reader};`,
    ]),
    constants: [
      table("HELD", heldBits),
      table("SEEN", seenBits),
      table(
        "MARKS_OF",
        ptes.map((pte) => marksOf(pte)),
      ),
      table(
        "IS_BLOCK",
        ptes.map((pte) => (isValidCont(pte) ? 1 : 0)),
      ),
      table("BEGINS_READ", begins),
      table("ENDS_READ", finishes),
      table("READ_TARGET", target),
      table("JUDGED", judged),
      table("AS_WORD", asWord),
      table("AS_MEMBER", asMember),
      table("VALUE_MARKS", marks),
      table("VALUE_PRESENT", present),
      table("FOREIGN", foreign),
      table(
        "WRITER",
        writes.map((is) => (is ? 1 : 0)),
      ),
      table("STORED_TO", stored),
      table("TAKEN", taken),
      `#define TARGETS ${targetList.length}`,
      `static int targetNumber(int target) { ${targetList.map((index, n) => `if (target == ${index}) return ${n};`).join(" ")} return 0; }`,
    ],
    helpers: `static int logicalMarks(int target) {
  int i, marks = 0, start = target - target % BLOCK;
  if (!IS_BLOCK[now.T[target]]) return MARKS_OF[now.T[target]];
  for (i = start; i < start + BLOCK; i++) marks |= MARKS_OF[now.T[i]];
  return marks;
}
static int seenInBlock(int target) {
  int i, seen = 0, start = target - target % BLOCK;
  for (i = start; i < start + BLOCK; i++) seen |= SEEN[i * WORDS + now.T[i]];
  return seen;
}`,
    before: readers.map(
      (reader) => `  if (a == ${reader} && BEGINS_READ[e]) {
    int target = READ_TARGET[e];
    now.reads${reader} = target + 1;
    now.held${reader} = HELD[target * WORDS + now.T[target]];
    now.seen${reader} = seenInBlock(target);
    now.kept${reader} = ${quiet(reader)} ? logicalMarks(target) : 0;
  }`,
    ),
    after: [
      ...readers.map(
        (reader) => `  if (a == ${reader} && ENDS_READ[e]) {
    if (JUDGED[e]) {
      int word = now.held${reader} & AS_WORD[e], member = now.held${reader} & AS_MEMBER[e];
${verdict("lockless-value", "!word && !member")}
${verdict("lockless-keeps-ad", `VALUE_PRESENT[e] && (now.kept${reader} & ~VALUE_MARKS[e])`)}
${verdict("lockless-no-foreign-ad", `member && !word && (FOREIGN[e] & ~now.seen${reader})`)}
    }
    now.reads${reader} = 0; now.held${reader} = 0; now.seen${reader} = 0; now.kept${reader} = 0;
  }`,
      ),
      ...readers.map(
        (reader) =>
          `  if (now.reads${reader} && a != ${reader}) now.kept${reader} &= ~TAKEN[e * TARGETS + targetNumber(now.reads${reader} - 1)];`,
      ),
      `  if (STORED_TO[e] >= 0) {\n${storing("STORED_TO[e]", "STORES[e]", "a")}\n  }`,
      ...readers.map(
        (reader) => `  if (ENDS[e] && WRITER[e] && now.reads${reader} && now.kept${reader}) {
    int target = now.reads${reader} - 1;
    if (${quiet(reader)}) now.kept${reader} &= logicalMarks(target);
  }`,
      ),
    ],
    updated: [storing("target", "nw", "m")],
  };
}
