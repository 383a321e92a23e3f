import { memo } from "react";
import type { StepView } from "../../engine/protocol.ts";
import { LANE } from "./geometry.ts";
import { ALARMS, lookOf, NOTES, type Note, notesOf } from "./looks.ts";
import styles from "./Marks.module.css";

/** A mark with a letter needs so much. */
export const LETTER_PX = 11;

const GAP = 2;
const MOST = 16;

export const markSize = (px: number): number => Math.min(MOST, px - GAP);

interface Props {
  readonly steps: readonly StepView[];
  readonly from: number;
  readonly to: number;
  readonly px: number;
}

/** The steps in sight, each with its letter, placed as if the run began at the left edge. */
export const Marks = memo(function Marks({ steps, from, to, px }: Props) {
  return steps.slice(from, to).map((step, n) => <Mark key={from + n} step={step} x={(from + n) * px} size={markSize(px)} />);
});

const Mark = memo(function Mark({ step, x, size }: { step: StepView; x: number; size: number }) {
  const { letter, kind, hardware } = lookOf(step.op);
  const notes = notesOf(step).filter((note) => note !== "retry");
  const alarm = notes.findLast((note) => ALARMS.has(note));
  const recorded = notes.filter((note) => !ALARMS.has(note));
  const middle = size / 2;
  // What hangs below a mark takes room from above it.
  const top = (LANE - size) / 2 - (recorded.length > 0 ? 3 : 0);
  return (
    <g className={styles[kind]} transform={`translate(${x},${step.actor * LANE + top})`}>
      <rect width={size} height={size} rx={hardware ? middle : 3} />
      <text x={middle} y={middle + 3.5}>
        {letter}
      </text>
      {alarm && <Badge note={alarm} x={size - 2} y={0} />}
      {recorded.map((note, n) => (
        <Badge key={note} note={note} x={middle + (n - (recorded.length - 1) / 2) * 10} y={size + 2.5} />
      ))}
    </g>
  );
});

/** What hardware recorded hangs below on a circle, alarms stick out above on a diamond. */
const Badge = ({ note, x, y }: { note: Note; x: number; y: number }) => (
  <g className={`${styles.badge} ${styles[note]}`} transform={`translate(${x},${y})`}>
    {ALARMS.has(note) ? <path d="M0-6.5L6.5 0L0 6.5L-6.5 0z" /> : <circle r={5.5} />}
    <text y={3.2}>{NOTES[note].letter}</text>
  </g>
);
