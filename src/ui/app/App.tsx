import { KeysDialog } from "../commands/KeysDialog.tsx";
import { Palette } from "../commands/Palette.tsx";
import { useKeyboard } from "../commands/useKeyboard.ts";
import { useView } from "../store/LabContext.tsx";
import { DiagramDialog } from "../takeAway/DiagramDialog.tsx";
import styles from "./App.module.css";
import { Controls } from "./Controls.tsx";
import { Header } from "./Header.tsx";
import { NoticeBar } from "./NoticeBar.tsx";
import { usePageState } from "./page.ts";
import { TitleBar } from "./TitleBar.tsx";
import { Workbench } from "./Workbench.tsx";

export function App() {
  const view = useView();
  const presenting = usePageState((state) => state.presenting);
  const embedded = usePageState((state) => state.embedded);
  useKeyboard();
  return (
    <div className={`${styles.app} ${presenting ? styles.presenting : ""}`}>
      {presenting || embedded ? <TitleBar /> : <Header />}
      <NoticeBar />
      {view === undefined ? (
        <p className={styles.loading} role="status">
          Starting the engine…
        </p>
      ) : (
        <>
          <Workbench view={view} />
          {!presenting && <Controls view={view} />}
        </>
      )}
      <KeysDialog />
      <Palette />
      <DiagramDialog />
    </div>
  );
}
