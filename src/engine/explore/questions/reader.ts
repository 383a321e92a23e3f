/** Reads the words of a question one by one, and refuses it at one of them. */
import { nearest } from "./nearest.ts";
import { Refused } from "./refused.ts";
import type { Word } from "./words.ts";

export interface Reader {
  /** The word that comes next. */
  readonly next: Word;
  /** No word has been taken. */
  readonly atStart: boolean;
  /** Passes over the next word. */
  take(): Word;
  /** Takes the next word if it is one of these, ours in any case or signs. @returns it as it is listed */
  accept<const T extends string>(...options: readonly T[]): T | undefined;
  /** The next word must be one of these. @param expected what to say otherwise; the list itself if left out */
  expect<const T extends string>(options: readonly T[], expected?: string): T;
  /** @returns the word accepted, without taking it */
  sees<const T extends string>(...options: readonly T[]): T | undefined;
}

export function readerOf(words: readonly Word[]): Reader {
  let position = 0;
  const word = (): Word => {
    const here = words[position];
    if (here === undefined) throw new Error("a question's words end with an end");
    return here;
  };

  function take(): Word {
    const taken = word();
    if (taken.kind !== "end") position += 1;
    return taken;
  }

  function sees<const T extends string>(...options: readonly T[]): T | undefined {
    const { kind, text } = word();
    if (kind !== "word" && kind !== "sign") return undefined;
    return options.find((option) => option === text.toLowerCase());
  }

  function accept<const T extends string>(...options: readonly T[]): T | undefined {
    const seen = sees(...options);
    if (seen !== undefined) take();
    return seen;
  }

  return {
    get next() {
      return word();
    },
    get atStart() {
      return position === 0;
    },
    take,
    sees,
    accept,
    expect: (options, expected = oneOf(options)) => accept(...options) ?? refuse(word(), expected, options),
  };
}

/** @param options what a mistyped word may have been meant to be */
export function refuse(
  { kind, text, at, length }: Pick<Word, "kind" | "text" | "at" | "length">,
  expected: string,
  options: readonly string[] = [],
): never {
  const meant = kind === "word" || kind === "quoted" ? nearest(text, options) : undefined;
  throw new Refused({ at, length, expected: meant === undefined ? expected : `${expected}; did you mean ${meant}?` });
}

/** `a`, `a or b`, `one of a, b, c`. */
export function oneOf(options: readonly string[]): string {
  return options.length > 2 ? `one of ${options.join(", ")}` : options.join(" or ");
}
