import { useState } from "react";
import type { Snapshot } from "../../engine/protocol.ts";
import { useListings, useShown } from "../store/LabContext.tsx";
import { useRunner, useRunnerState } from "./RunnerContext.tsx";
import styles from "./Stops.module.css";
import { KINDS, type Kind, stopOf, stopText } from "./stops.ts";

/** The stops that stand, one more to make, and the ways from one to the next. */
export function Stops() {
  const { snapshot } = useShown();
  return (
    <div className={styles.parts}>
      <NewStop snapshot={snapshot} />
      <Standing snapshot={snapshot} />
    </div>
  );
}

function NewStop({ snapshot }: { snapshot: Snapshot }) {
  const runner = useRunner();
  const [kind, setKind] = useState<Kind>("change");
  const [about, setAbout] = useState("");
  const isOfEntry = KINDS.find((known) => known.kind === kind)?.about === "entry";
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        runner.addStop(stopOf(kind, about === "" ? undefined : Number(about)));
      }}
    >
      <label>
        Until{" "}
        <select
          value={kind}
          onChange={(event) => {
            setKind(event.target.value as Kind);
            setAbout("");
          }}
        >
          {KINDS.map(({ kind: value, words }) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <label>
        {isOfEntry ? "which " : "who "}
        <select value={about} onChange={(event) => setAbout(event.target.value)}>
          <option value="">any</option>
          {isOfEntry
            ? snapshot.entries.map(({ index }) => (
                <option key={index} value={index}>
                  entry {index}
                </option>
              ))
            : snapshot.actors.map(({ actor, name }) => (
                <option key={actor} value={actor}>
                  {name}
                </option>
              ))}
        </select>
      </label>
      <button type="submit">Add</button>
    </form>
  );
}

function Standing({ snapshot }: { snapshot: Snapshot }) {
  const runner = useRunner();
  const stops = useRunnerState((state) => state.stops);
  const listings = useListings();
  const names = snapshot.actors.map(({ name }) => name);
  if (stops.length === 0) {
    return (
      <p className={styles.none}>
        Nothing to stop at yet. Lines are set by the circle before them in the code, or by b where an actor stands.
      </p>
    );
  }
  return (
    <>
      <ul className={styles.stops} aria-label="Stops">
        {stops.map(({ id, stop, on }) => {
          const text = stopText(stop, names, listings);
          return (
            <li key={id}>
              <label>
                <input type="checkbox" checked={on} onChange={(event) => runner.switchStop(id, event.target.checked)} /> {text}
              </label>
              <button type="button" aria-label={`Remove: ${text}`} onClick={() => runner.removeStop(id)}>
                <span aria-hidden="true">✕</span>
              </button>
            </li>
          );
        })}
      </ul>
      <div className={styles.ways}>
        <button type="button" onClick={() => runner.backToStop()}>
          ← Back to the one before <kbd>N</kbd>
        </button>
        <button type="button" onClick={() => runner.runToStop()}>
          Run to the next → <kbd>n</kbd>
        </button>
      </div>
    </>
  );
}
