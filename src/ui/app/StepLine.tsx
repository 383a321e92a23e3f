import type { Snapshot } from "../../engine/protocol.ts";
import { READY_SCENARIOS } from "../../stories/scenarios/index.ts";
import { toldBesides } from "../shared/toldBesides.ts";
import { selectScenario, useLabState } from "../store/LabContext.tsx";
import styles from "./StepLine.module.css";

/** What the last step did, in words; read out politely. */
export function StepLine({ snapshot }: { snapshot: Snapshot }) {
  const { last } = snapshot;
  const scenario = useLabState(selectScenario);
  const about = READY_SCENARIOS.find((ready) => ready.document === scenario?.document)?.about;
  return (
    <p className={styles.line} role="status" aria-label="Last step">
      {last === undefined ? (
        <>
          <b>At the start.</b> {about ?? "Nothing has moved yet: step an actor to begin."}
        </>
      ) : (
        <>
          <b className={last.events.some(({ kind }) => kind === "fault") ? styles.fault : ""}>{last.text}.</b>{" "}
          {toldBesides(last).map((event, i) => (
            <span key={i} className={styles[event.kind] ?? ""}>
              {event.text}.{" "}
            </span>
          ))}
        </>
      )}
    </p>
  );
}
