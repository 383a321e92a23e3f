import type { Snapshot } from "../../engine/protocol.ts";
import { useLabState } from "../store/LabContext.tsx";
import { selectFocus } from "../store/lesson.ts";
import { ActorPanel } from "./ActorPanel.tsx";
import styles from "./SourcePanels.module.css";

/** One panel per actor: the code it runs, where it stands, what it can do. */
export function SourcePanels({ snapshot }: { snapshot: Snapshot }) {
  const focus = useLabState(selectFocus);
  const isDimmed = (actor: number): boolean => focus !== undefined && ![...focus.actors, focus.line, focus.tlb].includes(actor);
  return (
    <section className={styles.panels} aria-label="Code">
      {snapshot.actors.map((actor) => (
        <ActorPanel
          key={actor.actor}
          actor={actor}
          holdsLock={snapshot.ptl === actor.actor}
          moved={snapshot.last?.actor === actor.actor}
          dimmed={isDimmed(actor.actor)}
        />
      ))}
    </section>
  );
}
