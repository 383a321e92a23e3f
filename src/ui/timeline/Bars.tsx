import styles from "./Bars.module.css";
import type { Density } from "./digest.ts";
import { KINDS, NOTE_NAMES } from "./looks.ts";

interface Props {
  readonly density: Density;
  /** Left edge of a step. */
  readonly x: (step: number) => number;
  readonly y: (lane: number) => number;
  readonly height: number;
  /** Between a bar and the next. */
  readonly gap: number;
}

/** How far a note stands out of its bar. */
const OUT = 4;

/** Steps too narrow for letters: one path for each kind, however many there are. */
export function Bars({ density: { bars, ticks }, x, y, height, gap }: Props) {
  const box = (from: number, to: number, top: number, tall: number): string => {
    const left = x(from);
    return `M${left.toFixed(2)} ${top}h${Math.max(0.8, x(to) - left - gap).toFixed(2)}v${tall}h${-Math.max(0.8, x(to) - left - gap).toFixed(2)}z`;
  };
  return (
    <>
      {KINDS.map((kind) => {
        const own = bars.filter((bar) => bar.kind === kind);
        if (own.length === 0) return null;
        return <path key={kind} className={styles[kind]} d={own.map(({ lane, from, to }) => box(from, to, y(lane), height)).join("")} />;
      })}
      {NOTE_NAMES.map((note) => {
        const own = ticks.filter((tick) => tick.note === note);
        if (own.length === 0) return null;
        const below = note === "young" || note === "dirty";
        const top = (lane: number): number => (below ? y(lane) + height + 1 : y(lane) - OUT - 1);
        return <path key={note} className={styles[note]} d={own.map(({ lane, from, to }) => box(from, to, top(lane), OUT)).join("")} />;
      })}
    </>
  );
}
