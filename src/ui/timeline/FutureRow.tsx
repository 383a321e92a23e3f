import { memo } from "react";
import type { Future } from "../../engine/protocol.ts";
import looks from "../shared/future.module.css";
import styles from "./FutureRow.module.css";
import { FUTURE, FUTURE_NAMES, stretches } from "./futures.ts";
import { FUTURE_ROW } from "./geometry.ts";
import { LETTER_PX } from "./Marks.tsx";
import { type Strip, stepsInSight, xOf } from "./strip.ts";

const BAR = 16;

interface Props {
  /** Before the first step and after each. */
  readonly futures: readonly Future[];
  readonly steps: number;
  readonly strip: Strip;
}

/** A row under the lanes: what the future holds after each step. */
export const FutureRow = memo(function FutureRow({ futures, steps, strip }: Props) {
  const top = (FUTURE_ROW - BAR) / 2;
  const sight = stepsInSight(strip, steps);
  return (
    <svg className={styles.row} width={strip.width} height={FUTURE_ROW} aria-hidden="true">
      {stretches(futures, steps)
        .filter((stretch) => stretch.to >= sight.from && stretch.from <= sight.to)
        .map(({ future, ...stretch }) => {
          const [first, last] = [Math.max(stretch.from, sight.from), Math.min(stretch.to, sight.to)];
          // Beyond the edges no more than a rounded end's width: a bar of a million pixels is drawn badly.
          const left = Math.max(xOf(strip, stretch.from), -BAR);
          const right = Math.min(xOf(strip, stretch.to) - Math.min(2, strip.px / 3), strip.width + BAR);
          return (
            <g key={stretch.from} className={looks[future]}>
              <title>{futureTitle(future, stretch.from + 1, stretch.to)}</title>
              <rect x={left} y={top} width={Math.max(0.8, right - left)} height={BAR} rx={future === "doomed" ? 0 : BAR / 2} />
              {signsAt(strip, first, last).map((x) => (
                <text key={x} x={x} y={top + BAR - 4}>
                  {FUTURE[future].sign}
                </text>
              ))}
            </g>
          );
        })}
    </svg>
  );
});

/** Under each step where there is room, else once in the middle, if it fits at all. */
function signsAt(strip: Strip, first: number, last: number): readonly number[] {
  const under = (step: number): number => xOf(strip, step + 0.5) - 1;
  if (strip.px >= LETTER_PX) return Array.from({ length: Math.max(0, last - first) }, (_, n) => under(first + n));
  return (last - first) * strip.px >= LETTER_PX ? [under((first + last - 1) / 2)] : [];
}

const futureTitle = (future: Future, first: number, last: number): string =>
  `After ${first === last ? `step ${first}` : `steps ${first} to ${last}`}: ${FUTURE[future].word}, ${FUTURE[future].about}`;

export const FutureLegend = () => (
  <p className={styles.legend}>
    Future:{" "}
    {FUTURE_NAMES.map((name) => (
      <span key={name} data-future={name} data-tip={FUTURE[name].about}>
        <b aria-hidden="true">{FUTURE[name].sign}</b> {FUTURE[name].word}
      </span>
    ))}
  </p>
);
