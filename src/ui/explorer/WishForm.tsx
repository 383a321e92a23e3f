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
  const fromHere = useExplorerState((state) => state.fromHere);
  const at = useLabState(selectAt);
  const form = useRef<HTMLFormElement>(null);

  async function start(): Promise<void> {
    if (await explorer.start()) return;
    form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    void start();
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
          onClick={() => (running ? running.stop() : void start())}
        >
          {running ? (running.stopping ? "Stopping…" : "Stop, and keep what was found") : "Explore every interleaving"}
        </button>
        <label className={styles.switch}>
          <input
            type="checkbox"
            role="switch"
            aria-checked={fromHere}
            checked={fromHere}
            onChange={(event) => explorer.setFromHere(event.target.checked)}
          />
          from here: step {at}
        </label>
      </div>
      <Questions actors={actors} />
      <BoundFields />
    </form>
  );
}
