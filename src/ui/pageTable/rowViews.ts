/** The page table row by row: what each shows, and nothing else, so that a row which shows the same need not be drawn anew. */
import type { BlockView, EntryView, FocusView, FolioSpan, Snapshot, TlbView } from "../../engine/protocol.ts";
import { type Flush, flushesOf } from "./flushes.ts";
import { type Piece, piecesIn, type Row, rowsOf } from "./rows.ts";
import { folioText } from "./texts.ts";
import { lastWrite, type Writer } from "./writer.ts";

export type TlbEntry = TlbView["entries"][number];

/** What one CPU's TLB holds for the entries of a row. */
export interface RowTlb {
  readonly actor: number;
  readonly name: string;
  /** A page's entry and the block's may lie over each other: that is the conflict to see, so each size has its line. */
  readonly lines: readonly (readonly Piece<TlbEntry>[])[];
  /** Those that lie over the row. */
  readonly flushes: readonly Piece<Flush>[];
  readonly isDimmed: boolean;
}

export interface RowEntries {
  readonly entries: readonly EntryView[];
  /** The entry that the last step wrote, by whom, and the one in the inspector, if it is one of these. */
  readonly changed: number | undefined;
  readonly by: Writer | undefined;
  readonly inspected: number | undefined;
  /** Those of them that a story points at; undefined where nothing is dimmed. */
  readonly focus: readonly number[] | undefined;
}

export interface RowView extends Row {
  readonly shown: RowEntries;
  /** In words: a folio that is mapped less far elsewhere is the same here. */
  readonly folios: readonly (Omit<Piece<FolioSpan>, "of"> & { readonly text: string })[];
  readonly blocks: readonly Piece<BlockView>[];
  readonly tlbs: readonly RowTlb[];
}

/**
 * @param columns entries in a row
 * @param focus what a story points at
 */
export function rowViews(snapshot: Snapshot, columns: number, inspected: number, focus?: FocusView): readonly RowView[] {
  const { entries, folios, blocks } = snapshot;
  const written = lastWrite(snapshot);
  return rowsOf(entries.length, columns).map((row) => {
    const own = (index: number | undefined): number | undefined =>
      index !== undefined && index >= row.start && index < row.start + row.count ? index : undefined;
    return {
      ...row,
      shown: {
        entries: entries.slice(row.start, row.start + row.count),
        changed: own(written?.index),
        by: own(written?.index) === undefined ? undefined : written?.by,
        inspected: own(inspected),
        focus: focus?.entries.filter((index) => own(index) !== undefined),
      },
      folios: piecesIn(row, folios).map(({ of, ...piece }) => ({ ...piece, text: folioText(of) })),
      blocks: piecesIn(row, blocks),
      tlbs: rowTlbs(row, snapshot, focus),
    };
  });
}

function rowTlbs(row: Row, snapshot: Snapshot, focus: FocusView | undefined): readonly RowTlb[] {
  const { tlbs, actors } = snapshot;
  const flushes = piecesIn(row, flushesOf(snapshot));
  return tlbs.map(({ actor, entries }) => {
    const pieces = piecesIn(row, entries);
    const lines = [pieces.filter(({ of }) => of.count > 1), pieces.filter(({ of }) => of.count === 1)];
    return {
      actor,
      name: actors[actor]?.name ?? "",
      lines: lines.filter((line) => line.length > 0),
      flushes,
      isDimmed: focus !== undefined && focus.tlb !== actor,
    };
  });
}
