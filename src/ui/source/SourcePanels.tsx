import type { Snapshot } from "../../engine/protocol.ts";
import { ActorPanel } from "./ActorPanel.tsx";
import styles from "./SourcePanels.module.css";

/** One panel per actor: the code it runs, where it stands, what it can do. */
export function SourcePanels({ snapshot }: { snapshot: Snapshot }) {
  return (
    <section className={styles.panels} aria-label="Code">
      {snapshot.actors.map((actor) => (
        <ActorPanel key={actor.actor} actor={actor} holdsLock={snapshot.ptl === actor.actor} moved={snapshot.last?.actor === actor.actor} />
      ))}
    </section>
  );
}
