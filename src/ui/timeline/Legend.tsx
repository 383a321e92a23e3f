import styles from "./Legend.module.css";
import { ALARMS, LEGEND_HARDWARE_OPS, LEGEND_OPS, lookOf, NOTE_NAMES, NOTES } from "./looks.ts";
import marks from "./Marks.module.css";

/** What the marks on the timeline mean. */
export function Legend() {
  return (
    <div className={styles.content}>
      <Ops title="Code" ops={LEGEND_OPS} />
      <Ops title="The MMU" ops={LEGEND_HARDWARE_OPS} />
      <h3>What comes of it</h3>
      <ul>
        {NOTE_NAMES.map((note) => (
          <li key={note}>
            <svg width={20} height={18} aria-hidden="true">
              <g className={`${marks.badge} ${marks[note]} ${styles.badge}`} transform="translate(10,9) scale(1.3)">
                {note === "retry" ? null : ALARMS.has(note) ? <path d="M0-6.5L6.5 0L0 6.5L-6.5 0z" /> : <circle r={5.5} />}
                {note === "retry" ? <path className={styles.arc} d="M5 4C5 -5,-5 -5,-5 4" /> : <text y={3.2}>{NOTES[note].letter}</text>}
              </g>
            </svg>
            {NOTES[note].about}
          </li>
        ))}
      </ul>
      <p className={styles.hint}>
        A grey band: the page-table lock is held. Click a step to go to it, drag the ruler to move through the run, drag the lanes to move
        them; <kbd>Ctrl</kbd> and the wheel zoom.
      </p>
    </div>
  );
}

function Ops({ title, ops }: { title: string; ops: readonly string[] }) {
  return (
    <>
      <h3>{title}</h3>
      <ul>
        {ops.map(lookOf).map(({ letter, kind, name, hardware }) => (
          <li key={letter}>
            <svg width={18} height={18} aria-hidden="true">
              <g className={marks[kind]} transform="translate(1,1)">
                <rect width={16} height={16} rx={hardware ? 8 : 3} />
                <text x={8} y={11.5}>
                  {letter}
                </text>
              </g>
            </svg>
            {name}
          </li>
        ))}
      </ul>
    </>
  );
}
