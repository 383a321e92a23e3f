import type { ExploreProgress } from "../../engine/protocol.ts";
import { useExplorerState } from "./ExplorerContext.tsx";
import type { Running } from "./explorer.ts";
import { about, duration, grouped, megabytes } from "./format.ts";
import styles from "./ProgressView.module.css";

/** What has been found while it runs. Not read out as it changes: the panel says it now and then. */
export function ProgressView({ running: { progress } }: { running: Running }) {
  const states = useExplorerState((state) => state.bounds.states);
  if (progress === undefined) return <p className={styles.phase}>Beginning…</p>;
  return (
    <section aria-label="Progress" className={styles.progress}>
      <p className={styles.phase}>
        {progress.phase === "searching" ? "Searching" : "Reading what was found: interleavings, outcomes, shortest runs"}
      </p>
      <div className={styles.bar} aria-hidden="true">
        <span style={{ width: `${(1 - progress.frontier / Math.max(progress.states, 1)) * 100}%` }} />
      </div>
      <dl className={styles.figures}>
        {figuresOf(progress).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {progress.likelyStates !== undefined && (
        <p className={styles.warning}>
          <b aria-hidden="true">! </b>
          Likely more than {about(progress.likelyStates)} states: it will stop at {grouped(states)}, and keep what it has found until then.
        </p>
      )}
    </section>
  );
}

const figuresOf = ({ states, frontier, depth, seconds, memory }: ExploreProgress): readonly (readonly [string, string])[] => [
  ["states", grouped(states)],
  ["states/s", seconds > 0 ? grouped(Math.round(states / seconds)) : "–"],
  ["not yet stepped", grouped(frontier)],
  ["steps deep", grouped(depth)],
  ["memory", megabytes(memory)],
  ["elapsed", duration(seconds)],
];
