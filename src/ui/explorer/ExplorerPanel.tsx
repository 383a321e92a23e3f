import { useEffect, useRef } from "react";
import type { WholeView } from "../store/queries.ts";
import { selectOpen, selectRunning, useExplored, useExplorer, useExplorerState } from "./ExplorerContext.tsx";
import styles from "./ExplorerPanel.module.css";
import { FaultView } from "./FaultView.tsx";
import { ProgressView } from "./ProgressView.tsx";
import { ResultView } from "./ResultView.tsx";
import { verdictOf } from "./verdict.ts";
import { WishForm } from "./WishForm.tsx";

export const EXPLORER_ID = "explorer";

/** Every interleaving: beside the page, which stays in use, or over the lower part of a narrow one. */
export function ExplorerPanel({ view }: { view: WholeView }) {
  return useExplorerState(selectOpen) ? <OpenPanel view={view} /> : null;
}

function OpenPanel({ view }: { view: WholeView }) {
  const explorer = useExplorer();
  const running = useExplorerState(selectRunning);
  const fault = useExplorerState((state) => state.fault);
  const own = useExplorerState((state) => state.own);
  const said = useExplorerState((state) => state.said);
  const explored = useExplored();
  const panel = useRef<HTMLElement>(null);
  const { actors } = view.snapshot;

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      if (event.target !== document.body && !panel.current?.contains(event.target as Node)) return;
      explorer.show(false);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [explorer]);

  useEffect(() => {
    panel.current?.querySelector<HTMLElement>("[data-first]")?.focus({ preventScroll: true });
  }, []);

  return (
    <aside ref={panel} id={EXPLORER_ID} className={styles.panel} aria-labelledby="explorer-title" tabIndex={-1}>
      <div className={styles.head}>
        <h2 id="explorer-title">Every interleaving</h2>
        {own !== undefined && (
          <button type="button" onClick={() => explorer.backToOwn()}>
            Back to your run
          </button>
        )}
        <button type="button" className={styles.close} aria-label="Close the explorer" onClick={() => explorer.show(false)}>
          <span aria-hidden="true">✕</span>
        </button>
      </div>
      <div className={styles.content}>
        <WishForm actors={actors} />
        {running && <ProgressView running={running} />}
        {fault !== undefined && <FaultView message={fault} />}
        {explored && <ResultView explored={explored} actors={actors} />}
      </div>
      <p className="visually-hidden" role="status" aria-label="Exploration">
        {said}
        {explored && verdictOf(explored).headline}
      </p>
    </aside>
  );
}
