import { memo, type RefObject } from "react";
import styles from "./Ruler.module.css";
import { positionAt, rulerTicks, type Strip, xOf } from "./strip.ts";
import { useDrag } from "./useDrag.ts";

interface Props {
  readonly strip: Strip;
  readonly steps: number;
  readonly at: number;
  /** From this position on something has failed. */
  readonly failedAt: number | undefined;
  readonly dragged: RefObject<boolean>;
  readonly onScrub: (at: number) => void;
}

/** Numbers of steps; a hand that drags along it moves the position. The slider is the way by keyboard. */
export function Ruler({ strip, steps, at, failedAt, dragged, onScrub }: Props) {
  const drag = useDrag({
    begin: () => {
      dragged.current = true;
    },
    move: (x) => onScrub(positionAt(strip, steps, x)),
    end: () => {
      dragged.current = false;
    },
  });
  return (
    <div className={styles.ruler} aria-hidden="true" {...drag}>
      <Ticks strip={strip} steps={steps} failedAt={failedAt} />
      <span className={styles.head} style={{ transform: `translateX(clamp(-8px, ${xOf(strip, at)}px - 50%, ${strip.width}px - 100%))` }}>
        {at}
      </span>
    </div>
  );
}

const HEIGHT = 18;

const Ticks = memo(function Ticks({ strip, steps, failedAt }: Pick<Props, "strip" | "steps" | "failedAt">) {
  return (
    <svg width={strip.width} height={HEIGHT}>
      <title>Steps</title>
      <g transform={`translate(${xOf(strip, 0)},0)`}>
        {rulerTicks(strip, steps).map((step) => (
          <Tick key={step} step={step} x={(step - 0.5) * strip.px} />
        ))}
      </g>
      {failedAt !== undefined && failedAt > 0 && (
        <g className={styles.failed} transform={`translate(${xOf(strip, failedAt)},${HEIGHT / 2})`}>
          <title>{`With step ${failedAt} something has failed`}</title>
          <path d="M0-8L8 0L0 8L-8 0z" />
          <text y={4}>✗</text>
        </g>
      )}
    </svg>
  );
});

/** Placed as if the run began at the left edge. */
const Tick = memo(function Tick({ step, x }: { step: number; x: number }) {
  return (
    <g transform={`translate(${x},0)`}>
      <line y1={HEIGHT - 4} y2={HEIGHT} />
      <text y={HEIGHT - 6}>{step}</text>
    </g>
  );
});
