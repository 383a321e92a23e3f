import { memo } from "react";
import type { Future } from "../../engine/protocol.ts";
import { FUTURE, FUTURE_NAMES, stretches } from "./futures.ts";
import { MARK, type TimelineGeometry } from "./geometry.ts";
import styles from "./Timeline.module.css";

export const FUTURE_ROW = 22;
const BAR = 16;

interface Props {
  /** Before the first step and after each. */
  readonly futures: readonly Future[];
  readonly steps: number;
  readonly geometry: TimelineGeometry;
  /** Steps that are in sight. */
  readonly from: number;
  readonly to: number;
}

/** A row under the lanes: what the future holds after each step. */
export const FutureRow = memo(function FutureRow({ futures, steps, geometry, from, to }: Props) {
  const top = geometry.height + (FUTURE_ROW - BAR) / 2;
  return stretches(futures, steps)
    .filter((stretch) => stretch.to >= from && stretch.from <= to)
    .map(({ future, ...stretch }) => {
      const [left, right] = [geometry.x(stretch.from), geometry.x(stretch.to) - (geometry.x(1) - MARK)];
      const first = Math.max(stretch.from, from);
      const seen = Array.from({ length: Math.max(0, Math.min(stretch.to, to + 1) - first) }, (_, n) => first + n);
      return (
        <g key={stretch.from} className={styles[future]}>
          <title>{futureTitle(future, stretch.from + 1, stretch.to)}</title>
          <rect x={left} y={top} width={right - left} height={BAR} rx={future === "doomed" ? 0 : BAR / 2} />
          {seen.map((step) => (
            <text key={step} x={geometry.x(step) + MARK / 2} y={top + BAR - 4}>
              {FUTURE[future].sign}
            </text>
          ))}
        </g>
      );
    });
});

const futureTitle = (future: Future, first: number, last: number): string =>
  `After ${first === last ? `step ${first}` : `steps ${first} to ${last}`}: ${FUTURE[future].word}, ${FUTURE[future].about}`;

export const FutureLegend = () => (
  <p className={styles.futureLegend}>
    Future:{" "}
    {FUTURE_NAMES.map((name) => (
      <span key={name} className={styles[name]} title={FUTURE[name].about}>
        <b aria-hidden="true">{FUTURE[name].sign}</b> {FUTURE[name].word}
      </span>
    ))}
  </p>
);
