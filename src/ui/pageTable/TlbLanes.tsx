import { memo } from "react";
import { flushText } from "./flushes.ts";
import axis from "./PageTable.module.css";
import { place } from "./rows.ts";
import type { RowTlb, TlbEntry } from "./rowViews.ts";
import styles from "./TlbLanes.module.css";
import { tlbText } from "./texts.ts";

interface Props {
  /** Entries in the row. */
  readonly count: number;
  /** The row is the first, which says what is to be said once. */
  readonly isFirst: boolean;
  readonly tlbs: readonly RowTlb[];
}

/** What each CPU's TLB would answer, over the columns of the entries it answers for. */
export const TlbLanes = memo(function TlbLanes({ count, isFirst, tlbs }: Props) {
  if (tlbs.length === 0) {
    return isFirst ? (
      <div className={axis.axis}>
        <span className={axis.label}>TLB</span>
        <span className={styles.empty} style={place(0, count)}>
          no actor of this scenario uses the MMU, so no TLB fills
        </span>
      </div>
    ) : null;
  }
  return tlbs.map((tlb) => <Lane key={tlb.actor} count={count} tlb={tlb} />);
});

const Lane = memo(function Lane({ count, tlb }: { count: number; tlb: RowTlb }) {
  const { name, lines, flushes, isDimmed } = tlb;
  return (
    <div className={`${axis.axis} ${isDimmed ? "dimmed" : ""}`}>
      <span className={axis.label} style={{ gridRow: 1 }}>
        {name} TLB
      </span>
      {lines.length === 0 && (
        <span className={styles.empty} style={{ ...place(0, count), gridRow: 1 }}>
          {["empty here", ...flushes.map(({ of }) => flushText(of))].join(" · ")}
        </span>
      )}
      {flushes.map(({ of, column, columns }) => (
        <span
          key={`${of.isPending} ${of.by} ${of.start} ${of.count}`}
          className={`${styles.flush} ${of.isPending ? styles.pending : ""}`}
          style={{ ...place(column, columns), gridRow: `1 / span ${Math.max(1, lines.length)}` }}
          data-tip={flushText(of)}
        >
          {lines.length > 0 && <span className="visually-hidden">{flushText(of)}</span>}
        </span>
      ))}
      {lines.map((line, n) =>
        line.map(({ of, column, columns }) => (
          <span
            key={`${of.count} ${of.start}`}
            className={`${styles.entry} ${of.stale.length > 0 ? styles.stale : ""} ${of.conflicting ? styles.conflict : ""}`}
            style={{ ...place(column, columns), gridRow: n + 1 }}
            data-tip={tlbText(of)}
          >
            {columns > 3 ? tlbText(of) : <ShortText entry={of} />}
          </span>
        )),
      )}
    </div>
  );
});

/** For an entry one or two columns wide: the letters, the words in the title and for those who hear. */
function ShortText({ entry }: { entry: TlbEntry }) {
  return (
    <>
      <span aria-hidden="true">
        {entry.conflicting ? "‼" : entry.stale.length > 0 ? "✗" : ""}
        {entry.writable ? "W" : "R"}
      </span>
      <span className="visually-hidden">{tlbText(entry)}</span>
    </>
  );
}
