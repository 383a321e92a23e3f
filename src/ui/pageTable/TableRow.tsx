import { memo } from "react";
import type { BlockView } from "../../engine/protocol.ts";
import { Entry } from "./Entry.tsx";
import styles from "./PageTable.module.css";
import { type Piece, place } from "./rows.ts";
import type { RowEntries, RowView } from "./rowViews.ts";
import { TlbLanes } from "./TlbLanes.tsx";
import { blockText } from "./texts.ts";

interface Props {
  readonly row: RowView;
  /** Drawn smaller: the label holds the numbers. */
  readonly compact: boolean;
}

/** Some entries with all that has their addresses. Most steps change few rows, and little in each: only that is drawn anew. */
export const TableRow = memo(function TableRow({ row, compact }: Props) {
  const { start, count, shown, folios, blocks, tlbs } = row;
  return (
    <div className={styles.row}>
      <div className={`${styles.axis} ${styles.folios}`}>
        <span className={styles.label}>folio</span>
        {folios.map(({ text, column, columns, fromBefore }) => (
          <span
            key={column}
            className={`${styles.folio} ${fromBefore ? styles.continued : ""}`}
            style={place(column, columns)}
            data-tip={text}
          >
            {columns > 3 ? text : ""}
          </span>
        ))}
      </div>
      <div className={styles.axis}>
        <span className={styles.label}>{compact ? `${start}–${start + count - 1}` : "entries"}</span>
        <Entries shown={shown} label={`Entries ${start} to ${start + count - 1}`} />
      </div>
      <div className={styles.axis}>
        {blocks.map((piece) => (
          <Brace key={piece.of.start} piece={piece} />
        ))}
      </div>
      <TlbLanes count={count} isFirst={start === 0} tlbs={tlbs} />
    </div>
  );
});

const Entries = memo(function Entries({ shown, label }: { shown: RowEntries; label: string }) {
  const { entries, changed, by, inspected, focus } = shown;
  return (
    <ol className={styles.entries} aria-label={label}>
      {entries.map((entry) => (
        <Entry
          key={entry.index}
          entry={entry}
          writtenBy={entry.index === changed ? by : undefined}
          inspected={entry.index === inspected}
          dimmed={focus !== undefined && !focus.includes(entry.index)}
        />
      ))}
    </ol>
  );
});

const Brace = memo(function Brace({ piece }: { piece: Piece<BlockView> }) {
  const { of, column, columns, fromBefore, intoNext } = piece;
  const ends = `${fromBefore ? styles.openLeft : ""} ${intoNext ? styles.openRight : ""}`;
  return (
    <span
      className={`${styles.brace} ${styles[of.state]} ${ends} ${fromBefore ? styles.continued : ""}`}
      style={place(column, columns)}
      data-tip={blockText(of)}
    >
      {fromBefore ? <span className="visually-hidden">block {of.start / of.count} goes on</span> : blockText(of)}
    </span>
  );
});
