/**
 * The grammar of a question, by recursive descent:
 *
 *     question    = [always | never | sometimes | eventually] condition [at the end]
 *     condition   = either {implies either}          a implies b implies c: a implies (b implies c)
 *     either      = both {or both}
 *     both        = single {and single}
 *     single      = not single | ( condition ) | atom
 *
 * Atoms are read in `subjects.ts`; docs/questions.md has every form.
 */
import type { Scenario } from "../../scenario/scenario.ts";
import { type Condition, MODES, type Mode, type ParsedCondition, type ParsedQuestion, type Refusal } from "./question.ts";
import { type Reader, readerOf, refuse } from "./reader.ts";
import { Refused } from "./refused.ts";
import { readAtom } from "./subjects.ts";
import { wordsOf } from "./words.ts";

/** In UTF-16 units, as strings are. */
const LONGEST = 500;
const DEEPEST = 30;

/** Never throws, whatever the text. */
export const parseQuestion = (scenario: Scenario, text: string): ParsedQuestion =>
  parsed(text, (reader) => {
    const mode = reader.accept(...MODES) ?? "sometimes";
    const condition = readCondition(scenario, reader, 0);
    const atEnd = readAtEnd(reader, mode);
    if (reader.next.kind !== "end" && atEnd) refuse(reader.next, "left out: nothing comes behind at the end");
    if (reader.next.kind !== "end") refuse(reader.next, "and, or, implies, at the end, or nothing more", [...CONNECTIVES, "at"]);
    return { ok: true, question: { text, mode, atEnd, condition } };
  });

/** A condition alone, to be asked of one state: no word before it says when, and no `at the end` behind it. Never throws. */
export const parseCondition = (scenario: Scenario, text: string): ParsedCondition =>
  parsed(text, (reader) => {
    const condition = readCondition(scenario, reader, 0);
    if (reader.next.kind !== "end") refuse(reader.next, "and, or, implies, or nothing more", CONNECTIVES);
    return { ok: true, condition };
  });

/** What `read` makes of the words, or why it refuses them. */
function parsed<T>(text: string, read: (reader: Reader) => T): T | ({ readonly ok: false } & Refusal) {
  try {
    if (text.length > LONGEST) {
      throw new Refused({ at: LONGEST, length: text.length - LONGEST, expected: `left out: a question has at most ${LONGEST} characters` });
    }
    return read(readerOf(wordsOf(text)));
  } catch (error) {
    if (error instanceof Refused) return { ok: false, ...error.refusal };
    throw error;
  }
}

const CONNECTIVES = ["and", "or", "implies"];

function readAtEnd(reader: Reader, mode: Mode): boolean {
  const { at } = reader.next;
  if (reader.accept("at") === undefined) return false;
  reader.expect(["the"], "the, as in at the end");
  const { at: last, length } = reader.next;
  reader.expect(["end"], "end, as in at the end");
  if (mode === "eventually") {
    const why = "eventually asks what each run comes to on its way; for what holds where runs end, begin with always";
    refuse({ kind: "sign", text: "", at, length: last + length - at }, `left out: ${why}`);
  }
  return true;
}

function readCondition(scenario: Scenario, reader: Reader, depth: number): Condition {
  const parts = [readEither(scenario, reader, depth)];
  while (reader.accept("implies") !== undefined) parts.push(readEither(scenario, reader, depth));
  return parts.reduceRight((then, when) => ({ kind: "or", of: [{ kind: "not", of: when }, then] }));
}

function readEither(scenario: Scenario, reader: Reader, depth: number): Condition {
  const parts = [readBoth(scenario, reader, depth)];
  while (reader.accept("or") !== undefined) parts.push(readBoth(scenario, reader, depth));
  return joined("or", parts);
}

function readBoth(scenario: Scenario, reader: Reader, depth: number): Condition {
  const parts = [readSingle(scenario, reader, depth)];
  while (reader.accept("and") !== undefined) parts.push(readSingle(scenario, reader, depth));
  return joined("and", parts);
}

function joined(kind: "and" | "or", parts: readonly Condition[]): Condition {
  const [only, other] = parts;
  return only !== undefined && other === undefined ? only : { kind, of: parts };
}

function readSingle(scenario: Scenario, reader: Reader, depth: number): Condition {
  const word = reader.next;
  if (reader.sees(...MODES) !== undefined) refuse(word, `left out: ${word.text.toLowerCase()} stands only at the beginning of a question`);
  const opened = reader.accept("not", "(");
  if (opened === undefined) return readAtom(scenario, reader);
  if (depth === DEEPEST) refuse(word, `left out: a condition has at most ${DEEPEST} levels of parentheses and not`);
  if (opened === "not") return { kind: "not", of: readSingle(scenario, reader, depth + 1) };
  const inside = readCondition(scenario, reader, depth + 1);
  if (reader.sees("at") !== undefined) refuse(reader.next, "left out here: at the end belongs to the whole question and stands behind it");
  reader.expect([")"], "and, or, implies or a closing parenthesis");
  return inside;
}
