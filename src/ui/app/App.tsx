import { ExplorerPanel } from "../explorer/ExplorerPanel.tsx";
import { useFutures } from "../explorer/futures/useFutures.ts";
import { PageTable } from "../pageTable/PageTable.tsx";
import { SourcePanels } from "../source/SourcePanels.tsx";
import { useView } from "../store/LabContext.tsx";
import { Timeline } from "../timeline/Timeline.tsx";
import styles from "./App.module.css";
import { Controls } from "./Controls.tsx";
import { Header } from "./Header.tsx";
import { NoticeBar } from "./NoticeBar.tsx";
import { StepLine } from "./StepLine.tsx";
import { useKeyboard } from "./useKeyboard.ts";

/** The one screen: memory and TLBs on one axis, code below them, time at the bottom; the explorer beside. */
export function App() {
  const view = useView();
  const { futures } = useFutures();
  useKeyboard();
  return (
    <div className={styles.app}>
      <Header />
      <NoticeBar />
      {view === undefined ? (
        <p className={styles.loading} role="status">
          Starting the engine…
        </p>
      ) : (
        <>
          <div className={styles.body}>
            <div className={styles.stage}>
              <main className={styles.main}>
                <PageTable snapshot={view.snapshot} />
                <StepLine snapshot={view.snapshot} />
                <SourcePanels snapshot={view.snapshot} />
              </main>
              <Timeline view={view} futures={futures} />
            </div>
            <ExplorerPanel view={view} />
          </div>
          <Controls view={view} />
        </>
      )}
    </div>
  );
}
