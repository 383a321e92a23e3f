/**
 * A question cut into words. Nothing is refused here but a quotation mark without its
 * partner: a character that means nothing is a sign of its own, which the grammar
 * refuses where it stands.
 */
import { Refused } from "./refused.ts";

export interface Word {
  /** `word`: one of ours, or a name. `quoted`: always a name. `end`: after the last word. */
  readonly kind: "word" | "quoted" | "number" | "sign" | "end";
  /** What it says: a name without its quotation marks, a sign in its plain spelling. */
  readonly text: string;
  readonly at: number;
  readonly length: number;
}

/** In this order: a quoted name, a word that begins with a letter, one that begins with a digit, a sign. */
const WORD = /("(?:[^"\\]|\\.)*")|([\p{L}_][\p{L}\p{M}\p{N}_-]*)|(\p{N}[\p{L}\p{M}\p{N}_]*)|(>=|<=|!=|==|\.\.|[^\s])/suy;
const SPACE = /\s*/uy;
const NUMBER = /^(?:[0-9]+|0[xX][0-9a-fA-F]+)$/;

const SPELLINGS: Readonly<Record<string, string>> = { "≥": ">=", "≤": "<=", "≠": "!=", "==": "=", "–": "-", "..": "-" };

/** The words of `text`, and last an `end`. */
export function wordsOf(text: string): readonly Word[] {
  const words: Word[] = [];
  for (let at = skipSpace(text, 0); at < text.length; ) {
    const word = wordAt(text, at);
    words.push(word);
    at = skipSpace(text, at + word.length);
  }
  return [...words, { kind: "end", text: "", at: text.length, length: 0 }];
}

function skipSpace(text: string, from: number): number {
  SPACE.lastIndex = from;
  SPACE.exec(text);
  return SPACE.lastIndex;
}

function wordAt(text: string, at: number): Word {
  WORD.lastIndex = at;
  const [found = "", quoted, word, number] = WORD.exec(text) ?? [];
  const length = found.length;
  if (quoted !== undefined) return { kind: "quoted", text: quoted.slice(1, -1).replaceAll(/\\(.)/gsu, "$1"), at, length };
  if (word !== undefined) return { kind: "word", text: word, at, length };
  if (number !== undefined) return { kind: NUMBER.test(number) ? "number" : "word", text: number, at, length };
  if (found === '"') throw new Refused({ at, length: text.length - at, expected: 'a name between two quotation marks, such as "CPU 1"' });
  return { kind: "sign", text: SPELLINGS[found] ?? found, at, length };
}
