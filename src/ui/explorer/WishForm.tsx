import { type FormEvent, useRef } from "react";
import type { ActorView } from "../../engine/protocol.ts";
import { selectAt, useLabState } from "../store/LabContext.tsx";
import { BoundFields } from "./BoundFields.tsx";
import { selectRunning, useExplorer, useExplorerState } from "./ExplorerContext.tsx";
import { Questions } from "./Questions.tsx";
import styles from "./WishForm.module.css";

/** What is explored: from where, what is asked beside the properties, how far it may go. */
export function WishForm({ actors }: { actors: readonly ActorView[] }) {
  const explorer = useExplorer();
  const running = useExplorerState(selectRunning);
  const at = useLabState(selectAt);
  const form = useRef<HTMLFormElement>(null);

  async function start(from: "start" | "here"): Promise<void> {
    if (await explorer.start(from)) return;
    form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    void start("start");
  }

  return (
    <form ref={form} className={styles.form} noValidate onSubmit={submit}>
      {/* Enter in a field begins, and never stops. */}
      <button type="submit" hidden disabled={running !== undefined} />
      <div className={styles.start}>
        <button
          type="button"
          data-first
          className={running ? styles.stop : styles.go}
          aria-disabled={running?.stopping}
          onClick={() => (running ? running.stop() : void start("start"))}
        >
          {running ? (running.stopping ? "Stopping…" : "Stop, and keep what was found") : "Explore every interleaving"}
        </button>
        {running === undefined && (
          <button
            type="button"
            className={styles.here}
            data-tip={`Only what can still happen after step ${at}`}
            onClick={() => void start("here")}
          >
            From here: step {at}
          </button>
        )}
      </div>
      <Questions actors={actors} />
      <BoundFields />
    </form>
  );
}
