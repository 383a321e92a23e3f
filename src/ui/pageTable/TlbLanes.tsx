import type { Snapshot, TlbView } from "../../engine/protocol.ts";
import axis from "./PageTable.module.css";
import { piecesIn, place, type Row } from "./rows.ts";
import styles from "./TlbLanes.module.css";
import { tlbText } from "./texts.ts";

/** What each CPU's TLB would answer, over the columns of the entries it answers for. */
export function TlbLanes({ row, snapshot }: { row: Row; snapshot: Snapshot }) {
  if (snapshot.tlbs.length === 0) {
    return row.key > 0 ? null : (
      <div className={axis.axis}>
        <span className={axis.label}>TLB</span>
        <span className={styles.empty} style={place(0, row.count)}>
          no actor of this scenario uses the MMU, so no TLB fills
        </span>
      </div>
    );
  }
  return snapshot.tlbs.map((tlb) => (
    <Lane key={tlb.actor} row={row} tlb={tlb} name={snapshot.actors[tlb.actor]?.name ?? ""} pending={snapshot.pending.length} />
  ));
}

type TlbEntry = TlbView["entries"][number];

function Lane({ row, tlb, name, pending }: { row: Row; tlb: TlbView; name: string; pending: number }) {
  // A page's entry and the block's may lie over each other: that is the conflict to see, so each size has its line.
  const blocks = piecesIn(
    row,
    tlb.entries.filter((entry) => entry.count > 1),
  );
  const pages = piecesIn(
    row,
    tlb.entries.filter((entry) => entry.count === 1),
  );
  const lines = [blocks, pages].filter((line) => line.length > 0);
  return (
    <div className={axis.axis}>
      <span className={axis.label} style={{ gridRow: 1 }}>
        {name} TLB
      </span>
      {lines.length === 0 && (
        <span className={styles.empty} style={place(0, row.count)}>
          empty here{pending > 0 ? `, ${pending} invalidation pending` : ""}
        </span>
      )}
      {lines.map((line, n) =>
        line.map(({ of, column, columns }) => (
          <span
            key={`${of.count} ${of.start}`}
            className={`${styles.entry} ${of.stale.length > 0 ? styles.stale : ""} ${of.conflicting ? styles.conflict : ""}`}
            style={{ ...place(column, columns), gridRow: n + 1 }}
            title={tlbText(of)}
          >
            {columns > 3 ? tlbText(of) : <ShortText entry={of} />}
          </span>
        )),
      )}
    </div>
  );
}

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
