import { memo, useMemo } from "react";
import type { StepView } from "../../engine/protocol.ts";
import { Bars } from "./Bars.tsx";
import { type Digest, densityOf, stepsPerBar } from "./digest.ts";
import { LANE, lockSpans, retries } from "./geometry.ts";
import styles from "./Lanes.module.css";
import { LETTER_PX, Marks, markSize } from "./Marks.tsx";
import { type Strip, stepsInSight, xOf } from "./strip.ts";

interface Props {
  readonly steps: readonly StepView[];
  readonly digest: Digest;
  readonly strip: Strip;
}

/** Drawn in whole steps beyond the edges, so that moving a little draws nothing anew. */
const MARGIN = 16;

/** What happened, a lane for each actor: it knows nothing of the position, and is not drawn anew when that moves. */
export const Lanes = memo(function Lanes({ steps, digest, strip }: Props) {
  const { px } = strip;
  const sight = stepsInSight(strip, steps.length);
  const from = Math.max(0, Math.floor(sight.from / MARGIN) * MARGIN);
  const to = Math.ceil(sight.to / MARGIN) * MARGIN;
  return (
    <g transform={`translate(${xOf(strip, 0)},0)`}>
      <Locks steps={steps} from={from} to={to} px={px} />
      {px >= LETTER_PX ? <Marks steps={steps} from={from} to={to} px={px} /> : <Density digest={digest} from={from} to={to} px={px} />}
      <Retries steps={steps} from={from} to={to} px={px} />
    </g>
  );
});

interface PartProps {
  readonly from: number;
  readonly to: number;
  readonly px: number;
}

const BAR = 14;

const Density = memo(function Density({ digest, from, to, px }: PartProps & { digest: Digest }) {
  const perBar = stepsPerBar(px);
  const density = useMemo(() => densityOf(digest, from, to, perBar), [digest, from, to, perBar]);
  return <Bars density={density} x={(step) => step * px} y={(lane) => lane * LANE + (LANE - BAR) / 2} height={BAR} gap={px >= 3 ? 1 : 0} />;
});

/** Narrower than this, what lies between two of them is drawn as one. */
const LEAST_PX = 1;

const Locks = memo(function Locks({ steps, from, to, px }: PartProps & { steps: readonly StepView[] }) {
  const spans = useMemo(() => lockSpans(steps), [steps]);
  const drawn = useMemo(() => {
    const parts: string[] = [];
    const ends = new Map<number, number>();
    for (const span of spans) {
      if (span.to < from || span.from > to) continue;
      const [left, right] = [span.from * px, (span.to + 1) * px - Math.min(2, px / 2)];
      if (right - (ends.get(span.actor) ?? Number.NEGATIVE_INFINITY) < LEAST_PX) continue;
      ends.set(span.actor, right);
      parts.push(`M${left.toFixed(2)} ${span.actor * LANE + 2}H${right.toFixed(2)}v${LANE - 4}H${left.toFixed(2)}z`);
    }
    return parts.join("");
  }, [spans, from, to, px]);
  return drawn === "" ? null : <path className={styles.held} d={drawn} />;
});

/** Arcs shorter than this would only be blots. */
const LEAST_ARC = 5;

const Retries = memo(function Retries({ steps, from, to, px }: PartProps & { steps: readonly StepView[] }) {
  const found = useMemo(() => retries(steps), [steps]);
  const drawn = useMemo(() => {
    const parts: string[] = [];
    let last = Number.NEGATIVE_INFINITY;
    for (const { actor, at, back } of found) {
      if (at < from || back > to || (at - back) * px < LEAST_ARC || at * px - last < 2) continue;
      last = at * px;
      const middle = markSize(Math.max(px, LETTER_PX)) / 2;
      const [begin, end, top] = [at * px + middle, back * px + middle, actor * LANE + 7];
      const bow = Math.min(9, 3 + (begin - end) / 6);
      parts.push(`M${begin.toFixed(1)} ${top}C${begin.toFixed(1)} ${top - bow},${end.toFixed(1)} ${top - bow},${end.toFixed(1)} ${top}`);
    }
    return parts.join("");
  }, [found, from, to, px]);
  return drawn === "" ? null : <path className={styles.retry} d={drawn} />;
});
