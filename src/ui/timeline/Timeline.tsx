import { memo, Suspense, useCallback, useEffect, useMemo, useRef } from "react";
import type { Future, StepView } from "../../engine/protocol.ts";
import { later } from "../shared/later.ts";
import { useShared } from "../shared/useShared.ts";
import { selectScenario, useLab, useLabState } from "../store/LabContext.tsx";
import type { WholeView } from "../store/queries.ts";
import { digestOf } from "./digest.ts";
import { FUTURE } from "./futures.ts";
import { FUTURE_ROW, LABELS, LANE } from "./geometry.ts";
import { HoverCard } from "./HoverCard.tsx";
import { Lanes } from "./Lanes.tsx";
import { Overview } from "./Overview.tsx";
import { ownX } from "./ownX.ts";
import { Ruler } from "./Ruler.tsx";
import { isWhole, positionAt, type Strip, xOf } from "./strip.ts";
import styles from "./Timeline.module.css";
import { useTimelineHandle } from "./TimelineContext.tsx";
import { TimelineLegend } from "./TimelineLegend.tsx";
import { usePanZoom } from "./usePanZoom.ts";
import { ZoomButtons } from "./ZoomButtons.tsx";

const ForkRows = later(async () => (await import("./ForkRows.tsx")).ForkRows);
const FutureRow = later(async () => (await import("./FutureRow.tsx")).FutureRow);
const FutureLegend = later(async () => (await import("./FutureRow.tsx")).FutureLegend);

interface Props {
  readonly view: WholeView;
  /** Before the first step and after each, where the run has been explored. */
  readonly futures: readonly Future[] | undefined;
  /** From this position on something has failed. */
  readonly failedAt: number | undefined;
}

/** Another scenario is seen from its start. */
export function Timeline(props: Props) {
  const handle = useLabState(selectScenario)?.handle;
  return <TimelineOf key={handle} {...props} />;
}

function TimelineOf({ view, futures, failedAt }: Props) {
  const lab = useLab();
  const handle = useTimelineHandle();
  const { steps, snapshot } = view;
  const { actors, at } = snapshot;
  const scroller = useRef<HTMLElement>(null);
  const track = useRef<HTMLDivElement>(null);
  const dragged = useRef(false);
  const strip = usePanZoom(track, dragged);
  const digest = useMemo(() => digestOf(steps), [steps]);
  const moveTo = useCallback((left: number) => handle.current?.moveTo(left), [handle]);
  const told = `${valueText(steps, at)}${futureText(futures?.[at])}`;
  const hasForks = useLabState((state) => state.forks.kept.length > 0);
  const names = useShared(actors.map(({ name }) => name));
  const height = actors.length * LANE;
  const moved = snapshot.last?.actor;

  useEffect(() => {
    if (moved === undefined) return;
    // In the frame itself: read here, the layout would be done before it, and the step might miss that frame.
    const frame = requestAnimationFrame(() => {
      const node = scroller.current;
      if (node !== null) revealLane(node, moved * LANE);
    });
    return () => cancelAnimationFrame(frame);
  }, [moved]);

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
            onChange={(event) => lab.scrub(Number(event.target.value))}
          />
        </label>
        <ZoomButtons strip={strip} steps={steps.length} />
        <TimelineLegend />
        {futures && (
          <Suspense>
            <FutureLegend />
          </Suspense>
        )}
      </div>
      <section
        ref={scroller}
        className={styles.lanes}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls by itself where there are many lanes, so keys must reach it
        tabIndex={0}
        aria-label="Lanes"
      >
        <div className={styles.top}>
          {!isWhole(strip, steps.length) && (
            <div className={styles.row}>
              <span className={styles.name} style={{ width: LABELS }} aria-hidden="true">
                whole
              </span>
              <div className={styles.wide}>
                <Overview digest={digest} lanes={actors.length} strip={strip} at={at} onMove={moveTo} />
              </div>
            </div>
          )}
          <div className={styles.row}>
            <span className={styles.name} style={{ width: LABELS }} aria-hidden="true">
              step
            </span>
            <div className={styles.wide}>
              <Ruler strip={strip} steps={steps.length} at={at} failedAt={failedAt} dragged={dragged} onScrub={lab.scrub} />
            </div>
          </div>
        </div>
        <div className={styles.row}>
          <Names names={names} hasFutures={futures !== undefined} />
          {/* The slider above does by keyboard what pointing does here. */}
          {/* biome-ignore lint/a11y/noStaticElementInteractions: the slider is the accessible way to the same */}
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: the slider is the accessible way to the same */}
          <div
            ref={track}
            className={`${styles.wide} ${styles.track}`}
            onClick={(event) => lab.seek(positionAt(strip, steps.length, ownX(event.currentTarget)(event.clientX)))}
          >
            <svg width={strip.width} height={height} role="img" aria-label={`Timeline: ${told}`}>
              <Lanes steps={steps} digest={digest} strip={strip} />
            </svg>
            {futures && (
              <Suspense>
                <FutureRow futures={futures} steps={steps.length} strip={strip} />
              </Suspense>
            )}
            <Position strip={strip} at={at} failedAt={failedAt} height={height} />
          </div>
        </div>
        {hasForks && (
          <Suspense>
            <ForkRows strip={strip} />
          </Suspense>
        )}
      </section>
      <HoverCard track={track} strip={strip} steps={steps} futures={futures} />
    </section>
  );
}

/** What lies ahead is veiled, and a line says where the run stands: moved by the compositor, with nothing drawn anew. */
function Position({ strip, at, failedAt, height }: { strip: Strip; at: number; failedAt: number | undefined; height: number }) {
  const x = xOf(strip, at) - Math.min(1, strip.px / 4);
  return (
    <>
      <span className={styles.veil} style={{ height, width: strip.width, transform: `translateX(${Math.max(0, x)}px)` }} />
      {failedAt !== undefined && <span className={styles.failed} style={{ transform: `translateX(${xOf(strip, failedAt) - 1}px)` }} />}
      <span className={styles.cursor} style={{ transform: `translateX(${x}px)` }} />
    </>
  );
}

const Names = memo(function Names({ names, hasFutures }: { names: readonly string[]; hasFutures: boolean }) {
  return (
    <ol className={styles.names} style={{ width: LABELS }} aria-hidden="true">
      {names.map((name, actor) => (
        <li key={actor} style={{ height: LANE }} data-tip={name}>
          <span className={styles.name}>{name}</span>
        </li>
      ))}
      {hasFutures && (
        <li style={{ height: FUTURE_ROW }}>
          <span className={styles.name}>future</span>
        </li>
      )}
    </ol>
  );
});

/** The lane of the actor that moved, below what stays at the top. */
function revealLane(scroller: HTMLElement, lane: number): void {
  const above = (scroller.firstElementChild as HTMLElement | null)?.offsetHeight ?? 0;
  const [top, bottom] = [scroller.scrollTop, scroller.scrollTop + scroller.clientHeight - above];
  if (lane < top || lane + LANE > bottom) scroller.scrollTop = Math.max(0, lane - (scroller.clientHeight - above - LANE) / 2);
}

const valueText = (steps: readonly StepView[], at: number): string =>
  `step ${at} of ${steps.length}${at > 0 ? `, ${steps[at - 1]?.text ?? ""}` : ""}`;

const futureText = (future: Future | undefined): string => (future === undefined ? "" : `, future: ${FUTURE[future].word}`);
