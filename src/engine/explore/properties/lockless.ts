/**
 * What ptep_get_lockless() may return. The call lasts from its first read to its return;
 * "held" means: stood in the entry at some instant of it.
 *
 * - `lockless-value`: a value without CONT is one that the entry held, bit for bit. One of
 *   a block has the frame and the protection of a value with CONT that the entry held.
 * - `lockless-keeps-ad`: if the call began while nobody was writing to the block, the entry
 *   (with its block's marks, if it has CONT) was dirty at every instant of the call at which
 *   nobody was, and no call whose purpose it is to take the entry's mark ran meanwhile,
 *   then the result, if present, is dirty. The same for young.
 * - `lockless-no-foreign-ad`: the marks of a value of a block come from entries of the same run
 *   of frames with the same protection, seen while the call lasted.
 *
 * Remembered for each actor that makes such calls, while one is under way: all of that.
 */
import type { EntryIndex, Pte } from "../../hardware/descriptor.ts";
import { blockStart, GRANULES } from "../../hardware/granule.ts";
import type { Kernel } from "../../kernel/kernel.ts";
import { isPresent, isValidCont } from "../../kernel/pte.ts";
import type { Call, Scenario } from "../../scenario/scenario.ts";
import { ACTORS, type Automata, TABLE } from "../automata/automata.ts";
import { type Handler, Handlers, handler, NOTHING, type ProductStep } from "../automata/handler.ts";
import type { KernelEdge } from "../automata/kernelAutomaton.ts";
import type { Watch } from "../automata/watch.ts";
import { TableFact } from "../states/tableFact.ts";
import { onlyReads } from "./contracts.ts";
import { callOf, ends, returnOf, storeOf } from "./places.ts";
import type { PropertyId, Report } from "./property.ts";
import { DIRTY, saidOf, YOUNG } from "./said.ts";

/** What is remembered of a call under way. */
interface Reading {
  readonly target: EntryIndex;
  /** Words without CONT that the entry held, and what it was a member of when it had CONT; sorted. */
  readonly held: readonly string[];
  /** Marks seen on members of a run: the run and the mark; sorted. */
  readonly seen: readonly string[];
  /** Marks that the entry has had at every quiet instant so far. */
  readonly kept: number;
}

/** Marks seen on the first members of a block. */
interface Seen {
  readonly number: number;
  /** The run and the mark; sorted. */
  readonly texts: readonly string[];
  /** By the word of the next member, and its place: what has been seen with it. */
  readonly withNext: Seen[];
}

/** @param kernel decides how a getter returns what it read */
export function locklessWatch(scenario: Scenario, kernel: Kernel, report: Report): Watch {
  const granule = GRANULES[scenario.granule];
  const { contPtes } = granule;
  const readers = scenario.actors.flatMap((spec, actor) =>
    spec.kind === "kernel" && spec.calls.some(({ fn }) => fn === "ptep_get_lockless") ? [actor] : [],
  );
  const readings = createReadings();
  let automata: Automata;
  let first: number;

  const pteAt = (table: number, index: number): Pte => automata.words.at(automata.tables.word(table, index));
  const columnOf = (actor: number): number => first + readers.indexOf(actor);
  /** Changes what is remembered of every reading but the actor's own, in a way that depends on the reading alone. */
  const changing = (actor: number, how: (reading: Reading) => Reading): Handler => {
    const results: number[] = [];
    return handler(NOTHING, ({ after }) => {
      for (const reader of readers) {
        const number = after[columnOf(reader)] as number;
        if (number === 0 || reader === actor) continue;
        results[number] ??= readings.numberOf(how(readings.at(number)));
        after[columnOf(reader)] = results[number];
      }
    });
  };

  const { marksOf, runOf, heldAs, seenIn, writesTo, takenBy } = saidOf(scenario, kernel);

  /** What is seen on the members of a block, entry by entry: each way that it may go on is found once. */
  const nothing: Seen = { number: 0, texts: [], withNext: [] };
  const seenSets = new Map<string, Seen>([["", nothing]]);
  const seenOn = (table: number, members: readonly EntryIndex[]): Seen => {
    let seen = nothing;
    for (let place = 0; place < members.length; place++) {
      const word = automata.tables.word(table, members[place] as EntryIndex);
      seen = seen.withNext[word * contPtes + place] ?? seenThen(seen, word, place);
    }
    return seen;
  };
  const seenThen = (seen: Seen, word: number, place: number): Seen => {
    const texts = added(seen.texts, seenIn(automata.words.at(word), place));
    const key = texts.join();
    const next = seenSets.get(key) ?? { number: seenSets.size, texts, withNext: [] };
    seenSets.set(key, next);
    seen.withNext[word * contPtes + place] = next;
    return next;
  };
  const marksBefore: number[] = [];
  const marksAt = (table: number, index: EntryIndex): number => {
    const word = automata.tables.word(table, index);
    marksBefore[word] ??= marksOf(automata.words.at(word));
    return marksBefore[word];
  };

  /** The marks that the entry has as software sees it. */
  const logicalMarks = (table: number, target: EntryIndex): number => {
    if (!isValidCont(pteAt(table, target))) return marksAt(table, target);
    return membersOf(target).reduce((marks, i) => marks | marksAt(table, i), 0);
  };
  const members = new Map<EntryIndex, readonly EntryIndex[]>();
  const membersOf = (target: EntryIndex): readonly EntryIndex[] => {
    const start = blockStart(granule, target);
    const known = members.get(start) ?? Array.from({ length: contPtes }, (_, i) => start + i);
    members.set(start, known);
    return known;
  };

  const callUnderWay = (row: Int32Array, actor: number): Call | undefined => {
    const node = automata.kernels[actor]?.node(row[ACTORS + actor] as number);
    return node?.inCall ? callOf(scenario, actor, node) : undefined;
  };
  /** Calls of others that are under way. */
  const others = (row: Int32Array, reader: number): readonly Call[] =>
    automata.kernels.flatMap((_, actor) => (actor === reader ? [] : (callUnderWay(row, actor) ?? [])));
  const isQuiet = (row: Int32Array, reader: number, target: EntryIndex): boolean => !others(row, reader).some(writesTo(target));

  const begunBefore = new Map<string, number>();
  /** The number of a call that begins while nobody writes to its block. */
  const begun = (table: number, target: EntryIndex): number => {
    const seen = seenOn(table, membersOf(target));
    const kept = logicalMarks(table, target);
    const word = automata.tables.word(table, target);
    const key = `${target} ${word} ${kept} ${seen.number}`;
    const known =
      begunBefore.get(key) ?? readings.numberOf({ target, held: [heldAs(automata.words.at(word), target)], seen: seen.texts, kept });
    begunBefore.set(key, known);
    return known;
  };
  const targets = new Set(
    readers.flatMap((actor) => callsOf(scenario, actor).flatMap(({ fn, index }) => (fn === "ptep_get_lockless" ? (index ?? []) : []))),
  );
  /** By target: what is remembered of a call that begins now, and the marks that its entry has. */
  const beginnings = new Map([...targets].map((target) => [target, new TableFact((table) => begun(table, target))]));
  const marked = new Map([...targets].map((target) => [target, new TableFact((table) => logicalMarks(table, target))]));

  /** What the value returned shows to be violated. */
  const judged = ({ target, held, seen, kept }: Reading, value: Pte): readonly PropertyId[] => {
    const marks = marksOf(value);
    const run = runOf(value, target);
    const [asWord, asMember] = [held.includes(`${value}`), held.includes(run)];
    const isForeign = (mark: number, name: string): boolean => (marks & mark) !== 0 && !seen.includes(`${run} ${name}`);
    return [
      ...(asWord || asMember ? [] : ["lockless-value" as const]),
      ...(isPresent(value) && (kept & ~marks) !== 0 ? ["lockless-keeps-ad" as const] : []),
      ...(asMember && !asWord && (isForeign(DIRTY, "dirty") || isForeign(YOUNG, "young")) ? ["lockless-no-foreign-ad" as const] : []),
    ];
  };

  /** What a store to an entry adds to the readings of its block. */
  const storing = (actor: number, index: EntryIndex, pte: Pte): Handler => {
    const [held, seen] = [heldAs(pte, index), seenIn(pte, index)];
    const start = blockStart(granule, index);
    return changing(actor, (reading) => {
      if (blockStart(granule, reading.target) !== start) return reading;
      return {
        ...reading,
        held: reading.target === index ? added(reading.held, [held]) : reading.held,
        seen: added(reading.seen, seen),
      };
    });
  };

  const lookingAgain = handler({ after: [...marked.values()], calls: true }, lookAgain);
  const handlers = new Handlers();

  return {
    columns: readers.length,
    begin(its, column) {
      automata = its;
      first = column;
    },
    onKernel(actor, edge) {
      const call = callOf(scenario, actor, edge.from);
      if (call === undefined || readers.length === 0) return undefined;
      const handlers = [...ofReader(actor, call, edge), ...ofWriter(actor, call, edge)];
      return handlers;
    },
    onMmu(actor, { outcome: { update } }) {
      if (update === undefined || readers.length === 0) return undefined;
      return handlers.get(`${update.index} ${update.new}`, () => storing(actor, update.index, update.new));
    },
  };

  function ofReader(reader: number, call: Call, edge: KernelEdge): readonly Handler[] {
    const { fn, index: target } = call;
    if (fn !== "ptep_get_lockless" || target === undefined) return [];
    const handlers: Handler[] = [];
    const column = columnOf(reader);
    const beginning = beginnings.get(target);
    if (!edge.from.inCall && beginning !== undefined)
      handlers.push(
        handler({ before: [beginning], calls: true }, ({ before, after }) => {
          const number = beginning.of(before[TABLE] as number);
          // Where a call that takes the entry's marks is under way, it is not quiet.
          after[column] = isQuiet(before, reader, target) ? number : readings.numberOf({ ...readings.at(number), kept: 0 });
        }),
      );
    if (ends(edge)) {
      const value = returnOf(edge)?.value;
      handlers.push(
        handler(NOTHING, ({ after }) => {
          const reading = readings.at(after[column] as number);
          for (const property of value === undefined ? [] : judged(reading, value as Pte)) report(property, target);
          after[column] = 0;
        }),
      );
    }
    return handlers;
  }

  function ofWriter(actor: number, call: Call, edge: KernelEdge): readonly Handler[] {
    if (onlyReads(call)) return [];
    const handlers: Handler[] = [];
    const store = storeOf(edge);
    if (!edge.from.inCall)
      handlers.push(changing(actor, (reading) => ({ ...reading, kept: reading.kept & ~takenBy(call, reading.target) })));
    if (store !== undefined) handlers.push(storing(actor, store.index, edge.new));
    if (ends(edge)) handlers.push(lookingAgain);
    return handlers;
  }

  /** A writer is through: where it was the last, the marks must be there still. */
  function lookAgain({ after }: ProductStep): void {
    const table = after[TABLE] as number;
    for (const reader of readers) {
      const number = after[columnOf(reader)] as number;
      if (number === 0) continue;
      const reading = readings.at(number);
      if (reading.kept === 0 || !isQuiet(after, reader, reading.target)) continue;
      after[columnOf(reader)] = readings.numberOf({ ...reading, kept: reading.kept & (marked.get(reading.target)?.of(table) ?? 0) });
    }
  }
}

const callsOf = ({ actors }: Scenario, actor: number): readonly Call[] => {
  const spec = actors[actor];
  return spec?.kind === "kernel" ? spec.calls : [];
};

const sorted = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort();

const added = (to: readonly string[], more: readonly string[]): readonly string[] =>
  more.every((text) => to.includes(text)) ? to : sorted([...to, ...more]);

interface Readings {
  /** From 1 on. */
  numberOf(reading: Reading): number;
  at(number: number): Reading;
}

function createReadings(): Readings {
  const numbers = new Map<string, number>();
  const readings: Reading[] = [];
  return {
    numberOf(reading) {
      const key = `${reading.target} ${reading.kept} ${reading.held.join()} ${reading.seen.join()}`;
      const known = numbers.get(key);
      if (known !== undefined) return known;
      readings.push(reading);
      numbers.set(key, readings.length);
      return readings.length;
    },
    at: (number) => readings[number - 1] as Reading,
  };
}
