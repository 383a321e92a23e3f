/** Whom a question means: an actor by its name, by its number, or as the reader. */
import type { Scenario } from "../../scenario/scenario.ts";
import { MODES } from "./question.ts";
import { oneOf, type Reader, refuse } from "./reader.ts";
import type { Word } from "./words.ts";
import { readWholeNumber } from "./wordTests.ts";

/** As they can be typed: in quotation marks where a name would not be read as one, by number where it cannot be shown on a line. */
export const actorNames = (scenario: Scenario): readonly string[] =>
  scenario.actors.map(({ name }, n) => (/\p{Control}/u.test(name) ? `actor ${n}` : typed(name)));

const PLAIN = /^[\p{L}_][\p{L}\p{M}\p{N}_-]*$/u;
/** What a question may be about beside an actor. */
export const SUBJECTS = ["entry", "entries", "block", "lock", "flush"] as const;

/** Words that mean something where an actor could stand. */
const RESERVED: ReadonlySet<string> = new Set([...MODES, ...SUBJECTS, "not", "and", "or", "implies", "actor"]);

function typed(name: string): string {
  return PLAIN.test(name) && !RESERVED.has(name.toLowerCase()) ? name : `"${name.replaceAll(/["\\]/g, "\\$&")}"`;
}

/**
 * @param expected what to say if there is no such actor
 * @param others words that could have been meant instead
 */
export function readActor(scenario: Scenario, reader: Reader, expected: string, others: readonly string[] = []): number {
  if (reader.accept("actor") !== undefined) {
    const last = scenario.actors.length - 1;
    return readWholeNumber(reader, 0, last, `an actor's number, 0 to ${last}`);
  }
  const word = reader.next;
  const isName = word.kind === "quoted" || (word.kind === "word" && !RESERVED.has(word.text.toLowerCase()));
  const actor = isName ? (namedActor(scenario, word) ?? theReader(scenario, word)) : undefined;
  if (actor === undefined) return refuse(word, expected, [...others, ...actorNames(scenario), "reader"]);
  reader.take();
  return actor;
}

/** Of the name as it is written, otherwise of the name in any case. */
function namedActor({ actors }: Scenario, word: Word): number | undefined {
  const having = (fits: (name: string) => boolean): readonly number[] => actors.flatMap(({ name }, n) => (fits(name) ? [n] : []));
  const exact = having((name) => name === word.text);
  const found = exact.length > 0 ? exact : having((name) => name.toLowerCase() === word.text.toLowerCase());
  if (found.length > 1) refuse(word, `${oneOf(found.map((n) => `actor ${n}`))}: several have this name`);
  return found[0];
}

const LOCKLESS = "ptep_get_lockless";

function theReader(scenario: Scenario, word: Word): number | undefined {
  if (word.kind !== "word" || word.text.toLowerCase() !== "reader") return undefined;
  const readers = scenario.actors.flatMap((actor, n) =>
    actor.kind === "kernel" && actor.calls.some(({ fn }) => fn === LOCKLESS) ? [n] : [],
  );
  if (readers.length === 0) refuse(word, `an actor: ${actorNames(scenario).join(", ")}; none of them calls ${LOCKLESS}`);
  if (readers.length > 1) refuse(word, `${oneOf(readers.map((n) => actorNames(scenario)[n] ?? ""))}: each of them calls ${LOCKLESS}`);
  return readers[0];
}
