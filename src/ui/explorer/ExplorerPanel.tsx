import { Tabs } from "radix-ui";
import { useEffect, useRef } from "react";
import type { ActorView } from "../../engine/protocol.ts";
import type { WholeView } from "../store/queries.ts";
import { ComparePane } from "./compare/ComparePane.tsx";
import { compareText } from "./compare/compareText.ts";
import { selectRunning, useCompared, useComparerState, useExplored, useExplorer, useExplorerState } from "./ExplorerContext.tsx";
import styles from "./ExplorerPanel.module.css";
import { EXPLORER_ID, type Mode } from "./explorer.ts";
import { FaultView } from "./FaultView.tsx";
import { ProgressView } from "./ProgressView.tsx";
import { ResultView } from "./ResultView.tsx";
import { verdictOf } from "./verdict.ts";
import { WishForm } from "./WishForm.tsx";

/** Every interleaving: beside the page, which stays in use, or over the lower part of a narrow one. */
export function ExplorerPanel({ view }: { view: WholeView }) {
  const explorer = useExplorer();
  const mode = useExplorerState((state) => state.mode);
  const own = useExplorerState((state) => state.own);
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
    <section ref={panel} id={EXPLORER_ID} className={styles.panel} aria-labelledby="explorer-title" tabIndex={-1}>
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
      <Tabs.Root className={styles.modes} value={mode} onValueChange={(value) => explorer.setMode(value as Mode)}>
        <Tabs.List className={styles.tabs} aria-label="What to do">
          <Tabs.Trigger value="explore">One kernel</Tabs.Trigger>
          <Tabs.Trigger value="compare">Compare two</Tabs.Trigger>
        </Tabs.List>
        <Tabs.Content className={styles.content} value="explore" tabIndex={-1}>
          <ExplorePane actors={actors} />
        </Tabs.Content>
        <Tabs.Content className={styles.content} value="compare" tabIndex={-1}>
          <ComparePane actors={actors} />
        </Tabs.Content>
      </Tabs.Root>
      <p className="visually-hidden" role="status" aria-label="Exploration">
        {mode === "explore" ? <ExploreSaid /> : <CompareSaid />}
      </p>
    </section>
  );
}

/** Every interleaving of the scenario as it is. */
function ExplorePane({ actors }: { actors: readonly ActorView[] }) {
  const running = useExplorerState(selectRunning);
  const fault = useExplorerState((state) => state.fault);
  const explored = useExplored();
  return (
    <>
      <WishForm actors={actors} />
      {running && <ProgressView running={running} />}
      {fault !== undefined && <FaultView message={fault} />}
      {explored && <ResultView explored={explored} actors={actors} />}
    </>
  );
}

function ExploreSaid() {
  const said = useExplorerState((state) => state.said);
  const explored = useExplored();
  return `${said}${explored ? verdictOf(explored).headline : ""}`;
}

function CompareSaid() {
  const said = useComparerState((state) => state.said);
  const found = useCompared();
  return `${said}${found ? compareText(found.compared).headline : ""}`;
}
