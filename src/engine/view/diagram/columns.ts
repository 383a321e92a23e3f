/** Plain text in columns, one for each actor, time downwards. Data in, data out. */

/** Longest line, in characters: kernel commit messages are wrapped here. */
export const WIDTH = 75;

export interface Line {
  /** Number of the column. */
  readonly column: number;
  /** Inside a call. */
  readonly inner: boolean;
  readonly text: string;
}

const GAP = 2;
const INDENT = "  ";

/** A name longer than this is cut where it stands before each line. */
const LONGEST_NAME = 16;

/** Side by side where every word has its place; else one below the other, each line after its actor's name. */
export function inColumns(names: readonly string[], lines: readonly Line[]): readonly string[] {
  const least = names.map((name, column) =>
    Math.max(name.length, ...lines.flatMap((line) => (line.column === column ? wordsOf(line) : []))),
  );
  const spare = WIDTH - least.reduce((sum, width) => sum + width, 0) - GAP * (names.length - 1);
  if (spare < 0) return named(names, lines);
  const widths = least.map((width, n) => width + Math.floor(spare / names.length) + (n === 0 ? spare % names.length : 0));
  const starts = widths.map((_, column) => widths.slice(0, column).reduce((sum, width) => sum + width + GAP, 0));
  const inRow = (texts: readonly string[]): string =>
    texts.reduce((row, text, column) => row.padEnd(starts[column] as number) + text, "").trimEnd();
  return [
    inRow(names),
    inRow(names.map((name) => "-".repeat(name.length))),
    ...lines.flatMap((line) =>
      wrapped(line, widths[line.column] as number).map((text) => " ".repeat(starts[line.column] as number) + text),
    ),
  ];
}

/** The lengths of what cannot be broken. */
const wordsOf = ({ text, inner }: Line): readonly number[] =>
  text.split(" ").map((word, n) => word.length + INDENT.length * (Number(inner) + Number(n > 0)));

function named(names: readonly string[], lines: readonly Line[]): readonly string[] {
  const short = names.map((name) => (name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}~` : name));
  const left = Math.max(...short.map((name) => name.length)) + GAP;
  return lines.flatMap((line) =>
    wrapped(line, WIDTH - left).map((text, n) => `${(n === 0 ? (short[line.column] ?? "") : "").padEnd(left)}${text}`),
  );
}

function wrapped({ text, inner }: Line, width: number): readonly string[] {
  const first = inner ? INDENT : "";
  return wrap(text, width, first, first + INDENT);
}

/** Breaks text at its spaces; a word longer than a line is cut. */
export function wrap(text: string, width: number, first = "", next = ""): readonly string[] {
  const rows: string[] = [];
  let row = first;
  let isBegun = false;
  const close = (): void => {
    rows.push(row);
    row = next;
    isBegun = false;
  };
  for (const word of text.split(" ")) {
    if (isBegun && row.length + 1 + word.length > width) close();
    row += isBegun ? ` ${word}` : word;
    isBegun = true;
    while (row.length > width) {
      const rest = row.slice(width);
      row = row.slice(0, width);
      close();
      row += rest;
      isBegun = true;
    }
  }
  rows.push(row);
  return rows;
}
