import { memo, useMemo, useRef } from "react";
import { Bars } from "./Bars.tsx";
import { type Digest, densityOf, stepsPerBar } from "./digest.ts";
import styles from "./Overview.module.css";
import { roomFor, type Strip } from "./strip.ts";
import { useDrag } from "./useDrag.ts";

interface Props {
  readonly digest: Digest;
  readonly lanes: number;
  readonly strip: Strip;
  readonly at: number;
  readonly onMove: (left: number) => void;
}

const HEIGHT = 22;

/** A window narrower than this could not be taken hold of. */
const LEAST_WINDOW = 10;

/** The whole run, and which part of it is in sight: that part is moved by dragging. */
export function Overview({ digest, lanes, strip, at, onMove }: Props) {
  const px = strip.width / roomFor(digest.steps);
  const [from, wide] = [strip.left * px, Math.max(LEAST_WINDOW, (strip.width / strip.px) * px)];
  const held = useRef(0);
  const drag = useDrag({
    // Taken hold of where it was pressed; beside the window, the window comes to the hand.
    begin: (x) => {
      held.current = x >= from && x <= from + wide ? x - from : wide / 2;
    },
    move: (x) => onMove((x - held.current) / px),
  });
  return (
    <div className={styles.overview} aria-hidden="true" {...drag}>
      <WholeRun digest={digest} lanes={lanes} width={strip.width} />
      <span className={styles.window} style={{ width: wide, transform: `translateX(${from}px)` }} />
      <span className={styles.here} style={{ transform: `translateX(${at * px}px)` }} />
    </div>
  );
}

const WholeRun = memo(function WholeRun({ digest, lanes, width }: { digest: Digest; lanes: number; width: number }) {
  const px = width / roomFor(digest.steps);
  const density = useMemo(() => densityOf(digest, 0, digest.steps, stepsPerBar(px)), [digest, px]);
  const lane = (HEIGHT - 2) / lanes;
  return (
    <svg width={width} height={HEIGHT}>
      <title>The whole run</title>
      <Bars density={density} x={(step) => step * px} y={(actor) => 1 + actor * lane} height={Math.max(1, lane - 1)} gap={0} />
    </svg>
  );
});
