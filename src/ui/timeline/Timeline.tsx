import { memo, useEffect, useMemo, useRef, useState } from "react";
import type { Future, StepView } from "../../engine/protocol.ts";
import { toldBesides } from "../shared/toldBesides.ts";
import { useLab } from "../store/LabContext.tsx";
import type { WholeView } from "../store/queries.ts";
import { FUTURE_ROW, FutureLegend, FutureRow } from "./FutureRow.tsx";
import { FUTURE } from "./futures.ts";
import { LABELS, lockSpans, MARK, retries, timelineGeometry } from "./geometry.ts";
import styles from "./Timeline.module.css";

/** How a step looks: a letter for what it does, a colour for the kind. */
const LOOK: Readonly<Record<string, { readonly letter: string; readonly look: string }>> = {
  read: { letter: "r", look: "read" },
  write: { letter: "w", look: "store" },
  xchg: { letter: "x", look: "swap" },
  cmpxchg: { letter: "c", look: "swap" },
  tlbi: { letter: "t", look: "flush" },
  land: { letter: "t", look: "flush" },
  lock: { letter: "L", look: "lock" },
  unlock: { letter: "U", look: "lock" },
  ref: { letter: "f", look: "lock" },
  overrun: { letter: "!", look: "flush" },
  "mmu-read": { letter: "R", look: "hardware" },
  "mmu-write": { letter: "W", look: "hardware" },
  "mmu-speculate": { letter: "S", look: "hardware" },
  "mmu-evict": { letter: "E", look: "hardware" },
};

const LEGEND =
  "r read · w write · x xchg · c cmpxchg · t TLB flush · L lock, U unlock · f reference · R W by the MMU · ! warning, fault or conflict";

/** Steps drawn beyond the edges of what can be seen, so that scrolling shows no gap. */
const MARGIN = 40;

/** @param futures before the first step and after each, where the run has been explored */
export function Timeline({ view, futures }: { view: WholeView; futures: readonly Future[] | undefined }) {
  const lab = useLab();
  const { steps, snapshot } = view;
  const { actors, at } = snapshot;
  const geometry = useMemo(() => timelineGeometry(steps.length, actors.length), [steps.length, actors.length]);
  const held = useMemo(() => lockSpans(steps), [steps]);
  const again = useMemo(() => retries(steps), [steps]);
  const scroller = useRef<HTMLElement>(null);
  const [window, setWindow] = useState({ from: 0, to: 200 });
  const cursor = geometry.x(at);
  const height = geometry.height + (futures === undefined ? 0 : FUTURE_ROW);
  const told = `${valueText(steps, at)}${futureText(futures?.[at])}`;
  const moved = snapshot.last?.actor;
  const lane = moved === undefined ? undefined : geometry.y(moved);

  useEffect(() => {
    // In the frame itself: read here, the layout would be done before it, and the step might miss that frame.
    const frame = requestAnimationFrame(() => {
      const node = scroller.current;
      if (node === null) return;
      const wide = node.clientWidth - LABELS;
      const [left, right] = [node.scrollLeft, node.scrollLeft + wide];
      if (cursor < left + MARK || cursor > right - 3 * MARK) node.scrollLeft = Math.max(0, cursor - wide * 0.6);
      const [top, bottom] = [node.scrollTop, node.scrollTop + node.clientHeight];
      if (lane !== undefined && (lane < top || lane + geometry.laneHeight > bottom)) node.scrollTop = lane - node.clientHeight / 2;
    });
    return () => cancelAnimationFrame(frame);
  }, [cursor, lane, geometry.laneHeight]);

  function measure(): void {
    const node = scroller.current;
    if (node === null) return;
    setWindow({
      from: geometry.positionAt(node.scrollLeft) - MARGIN,
      to: geometry.positionAt(node.scrollLeft + node.clientWidth - LABELS) + MARGIN,
    });
  }

  return (
    <section className={styles.panel} aria-labelledby="time-title">
      <div className={styles.head}>
        <h2 id="time-title">Time</h2>
        <label className={styles.scrub}>
          <span className="visually-hidden">Step</span>
          <input
            type="range"
            min={0}
            max={steps.length}
            value={at}
            aria-valuetext={told}
            onChange={(event) => lab.seek(Number(event.target.value))}
          />
        </label>
        <p className={styles.legend}>{LEGEND}</p>
        {futures && <FutureLegend />}
      </div>
      <section
        ref={scroller}
        className={styles.lanes}
        onScroll={measure}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls by itself where there are many steps or lanes, so keys must reach it
        tabIndex={0}
        aria-label="Lanes"
      >
        <ol className={styles.names} style={{ width: LABELS }} aria-hidden="true">
          {actors.map(({ actor, name }) => (
            <li key={actor} style={{ height: geometry.height / actors.length }} title={name}>
              <span className={styles.name}>{name}</span>
            </li>
          ))}
          {futures && <li style={{ height: FUTURE_ROW }}>future</li>}
        </ol>
        {/* The slider above does by keyboard what pointing does here. */}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the slider is the accessible way to the same */}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the slider is the accessible way to the same */}
        <div
          className={styles.marks}
          onClick={(event) => lab.seek(geometry.positionAt(event.clientX - event.currentTarget.getBoundingClientRect().left))}
        >
          <svg width={geometry.width} height={height} role="img" aria-label={`Timeline: ${told}`}>
            {held.map(({ actor, from, to }) => (
              <rect
                key={from}
                className={styles.held}
                x={geometry.x(from)}
                y={geometry.y(actor)}
                width={geometry.x(to + 1) - geometry.x(from)}
                height={geometry.laneHeight}
                rx={5}
              >
                <title>PTL held</title>
              </rect>
            ))}
            {steps.map((step, n) =>
              n < window.from || n > window.to ? null : (
                <Mark
                  key={n}
                  step={step}
                  x={geometry.x(n)}
                  y={geometry.y(step.actor) + (geometry.laneHeight - MARK) / 2 + 3}
                  ahead={n >= at}
                  future={futures?.[n + 1]}
                />
              ),
            )}
            {again.map(({ actor, at: n, back }) => {
              const [from, to, top] = [geometry.x(n) + MARK / 2, geometry.x(back) + MARK / 2, geometry.y(actor) + 8];
              return <path key={n} className={styles.retry} d={`M${from} ${top} C${from} ${top - 12}, ${to} ${top - 12}, ${to} ${top}`} />;
            })}
            {futures && <FutureRow futures={futures} steps={steps.length} geometry={geometry} {...window} />}
            <line className={styles.cursor} x1={cursor} x2={cursor} y1={0} y2={height} />
          </svg>
        </div>
      </section>
    </section>
  );
}

const ALARMS = new Set(["warning", "fault", "tlb-conflict", "scope"]);

interface MarkProps {
  readonly step: StepView;
  readonly x: number;
  readonly y: number;
  readonly ahead: boolean;
  /** What the future holds after it. */
  readonly future: Future | undefined;
}

const Mark = memo(function Mark({ step, x, y, ahead, future }: MarkProps) {
  const { letter, look } = LOOK[step.op] ?? { letter: "?", look: "read" };
  const alarm = step.events.some((event) => ALARMS.has(event.kind));
  return (
    <g className={`${styles.mark} ${ahead ? styles.ahead : ""}`} transform={`translate(${x},${y})`}>
      <title>{`${[step.text, ...toldBesides(step).map((event) => event.text)].join(". ")}${futureText(future)}`}</title>
      <rect className={styles[look]} width={MARK} height={MARK} rx={3} />
      <text className={styles.letter} x={MARK / 2} y={12}>
        {letter}
      </text>
      {alarm && (
        <text className={styles.alarm} x={MARK / 2} y={-1}>
          !
        </text>
      )}
    </g>
  );
});

const valueText = (steps: readonly StepView[], at: number): string =>
  `step ${at} of ${steps.length}${at > 0 ? `, ${steps[at - 1]?.text ?? ""}` : ""}`;

const futureText = (future: Future | undefined): string => (future === undefined ? "" : `, future: ${FUTURE[future].word}`);
