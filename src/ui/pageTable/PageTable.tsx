import { useEffect, useRef } from "react";
import type { Snapshot } from "../../engine/protocol.ts";
import { usePageState } from "../app/page.ts";
import { inspectedEntry } from "../inspector/inspected.ts";
import { keepInSight } from "../shared/keepInSight.ts";
import { useNarrow } from "../shared/useNarrow.ts";
import { useShared } from "../shared/useShared.ts";
import { selectScenario, useLabState } from "../store/LabContext.tsx";
import { selectFocus } from "../store/lesson.ts";
import { Legend } from "./Legend.tsx";
import styles from "./PageTable.module.css";
import { rowViews } from "./rowViews.ts";
import { TableRow } from "./TableRow.tsx";

/** Entries in a row: a 4K block where there is room, half of one on a phone, beside the explorer and in a page magnified twice. */
const WIDE = 16;
const NARROW = 8;

/** More entries than this are drawn smaller. */
const ROOMY = 32;

/** Up to this width the frames of a whole row of entries cannot be read. The style sheet has it too. */
const NARROW_PX = 760;

const entryIn = (table: Element | null, index: number) => table?.querySelector(`[data-entry="${index}"]`);

/** The page table and the TLBs over the same columns. */
export function PageTable({ snapshot }: { snapshot: Snapshot }) {
  const scenario = useLabState(selectScenario);
  const panel = useRef<HTMLElement>(null);
  const columns = useNarrow(panel, NARROW_PX) ? NARROW : WIDE;
  const machine = scenario?.document.machine;
  const compact = snapshot.entries.length > ROOMY;
  const rows = useRef<HTMLElement>(null);
  const chosen = usePageState((state) => state.inspected);
  const inspected = inspectedEntry(chosen, snapshot.entries.length, snapshot);
  const touched = snapshot.last?.index;
  useEffect(() => {
    const entry = touched === undefined ? undefined : entryIn(rows.current, touched);
    return rows.current && entry ? keepInSight(entry, rows.current) : undefined;
  }, [touched]);
  useEffect(() => {
    const button = entryIn(rows.current, inspected)?.querySelector("button");
    // Who walks along the entries stays among them.
    if (document.activeElement?.closest("[data-entry]")) button?.focus({ preventScroll: true });
    return rows.current && button && chosen !== undefined ? keepInSight(button, rows.current) : undefined;
  }, [inspected, chosen]);
  const tableRows = useShared(rowViews(snapshot, columns, inspected, useLabState(selectFocus)));
  const holder = snapshot.ptl === undefined ? undefined : snapshot.actors[snapshot.ptl]?.name;
  return (
    <section ref={panel} className={styles.panel} aria-labelledby="page-table-title">
      <div className={styles.head}>
        <h2 id="page-table-title">
          Page table · {machine?.granule ?? "4K"} pages · {machine?.mm ?? "user"} mm
        </h2>
        <span className={holder === undefined ? styles.free : styles.held}>
          {holder === undefined ? "PTL free" : `PTL held by ${holder}`}
        </span>
        <Legend entries={snapshot.entries} />
      </div>
      <section
        ref={rows}
        className={styles.rows}
        data-compact={compact || undefined}
        style={{ "--columns": columns } as React.CSSProperties}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls by itself where the table is long, so keys must reach it
        tabIndex={0}
        aria-label="Entries and TLBs"
      >
        {tableRows.map((row) => (
          <TableRow key={row.key} row={row} compact={compact} />
        ))}
      </section>
    </section>
  );
}
