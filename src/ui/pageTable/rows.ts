/**
 * The one axis: the table cut into rows of entries, and everything that has an
 * address (folios, blocks, TLB entries) cut along with it. Data in, data out.
 */
export interface Span {
  readonly start: number;
  readonly count: number;
}

/** The part of a span that lies in one row. */
export interface Piece<T extends Span> {
  readonly of: T;
  /** Column of its first entry in the row, from 0. */
  readonly column: number;
  readonly columns: number;
  /** The span goes on before or after this row. */
  readonly fromBefore: boolean;
  readonly intoNext: boolean;
}

export interface Row extends Span {
  readonly key: number;
}

/** @param columns entries in a row */
export function rowsOf(entries: number, columns: number): readonly Row[] {
  return Array.from({ length: Math.ceil(entries / columns) }, (_, r) => ({
    key: r,
    start: r * columns,
    count: Math.min(columns, entries - r * columns),
  }));
}

export function piecesIn<T extends Span>(row: Span, spans: readonly T[]): readonly Piece<T>[] {
  const end = row.start + row.count;
  return spans.flatMap((of) => {
    const from = Math.max(of.start, row.start);
    const to = Math.min(of.start + of.count, end);
    if (from >= to) return [];
    return [{ of, column: from - row.start, columns: to - from, fromBefore: of.start < row.start, intoNext: of.start + of.count > end }];
  });
}

/** Grid placement: column 1 of the axis holds the labels. */
export const place = (column: number, columns: number) => ({ gridColumn: `${column + 2} / span ${columns}` });

/** Ascending numbers as ranges in words: `0–8, 12`. */
export function rangesText(numbers: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const n of numbers) {
    const open = ranges.at(-1);
    if (open !== undefined && open[1] === n - 1) open[1] = n;
    else ranges.push([n, n]);
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(", ");
}
