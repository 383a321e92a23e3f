/** What is wrong with a document: where, and what was expected there. */
export interface Problem {
  /** For example `actors.0.calls.2.index`; empty for the document as a whole. */
  readonly path: string;
  /** A noun phrase that completes "… should be", without a full stop. */
  readonly expected: string;
}

export const problemSentence = ({ path, expected }: Problem): string => `${path === "" ? "the document" : path} should be ${expected}`;

/** A name out of a document, fit to be shown: on one line, of bearable length, without control characters. */
export function shownName(name: string): string {
  const plain = /^[\w-]*$/.test(name) ? name : JSON.stringify(name);
  return plain.length > LONGEST_NAME ? `${plain.slice(0, LONGEST_NAME)}…` : plain;
}

const LONGEST_NAME = 60;
