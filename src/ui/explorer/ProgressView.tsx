import type { ExploreProgress, ExploreWishes } from "../../engine/protocol.ts";
import { about, duration, grouped, megabytes } from "./format.ts";
import styles from "./ProgressView.module.css";
import type { Running } from "./work.ts";

interface Props {
  readonly running: Running<ExploreWishes>;
  /** Which of several explorations it is. */
  readonly which?: string | undefined;
}

/** What has been found while it runs. Not read out as it changes: the panel says it now and then. */
export function ProgressView({ running: { progress, wish }, which }: Props) {
  if (progress === undefined) return <p className={styles.phase}>Beginning…</p>;
  return (
    <section aria-label="Progress" className={styles.progress}>
      <p className={styles.phase}>
        {which !== undefined && `${which}: `}
        {progress.phase === "searching" ? "Searching" : "Reading what was found: interleavings, outcomes, shortest runs"}
      </p>
      <p className={styles.verdict}>{soFar(progress)}</p>
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
          Likely more than {about(progress.likelyStates)} states: it will stop at {grouped(wish.bounds.states)}, and keep what it has found
          until then.
        </p>
      )}
    </section>
  );
}

/** What is certain already. Whether readers come to an end, and a person's own questions, are read at the end. */
function soFar({ failed, whole, phase }: ExploreProgress): string {
  if (failed.length > 0) return `✗ Violated: ${failed.join(", ")}`;
  if (whole) return "✓ No step of any state violates a property";
  return phase === "searching" ? "Nothing violated so far" : "Nothing violated in what was explored";
}

const figuresOf = ({ states, frontier, depth, seconds, memory }: ExploreProgress): readonly (readonly [string, string])[] => [
  ["states", grouped(states)],
  ["states/s", seconds > 0 ? grouped(Math.round(states / seconds)) : "–"],
  ["not yet stepped", grouped(frontier)],
  ["steps deep", grouped(depth)],
  ["memory", megabytes(memory)],
  ["elapsed", duration(seconds)],
];
