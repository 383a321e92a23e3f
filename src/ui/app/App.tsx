import { Suspense, useEffect } from "react";
import { useKeyboard } from "../commands/useKeyboard.ts";
import { tellFirstPicture } from "../shared/later.ts";
import { useView } from "../store/LabContext.tsx";
import styles from "./App.module.css";
import { Controls } from "./Controls.tsx";
import { Header } from "./Header.tsx";
import { NoticeBar } from "./NoticeBar.tsx";
import { usePageState } from "./page.ts";
import { DiagramDialog, KeysDialog, Palette } from "./parts.ts";
import { TitleBar } from "./TitleBar.tsx";
import { Workbench } from "./Workbench.tsx";

export function App() {
  const view = useView();
  const presenting = usePageState((state) => state.presenting);
  const embedded = usePageState((state) => state.embedded);
  const overlay = usePageState((state) => state.overlay);
  const isDrawn = view !== undefined;
  useKeyboard();
  useEffect(() => {
    if (isDrawn) tellFirstPicture();
  }, [isDrawn]);
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
          <Workbench />
          {!presenting && <Controls />}
        </>
      )}
      <Suspense>
        {overlay === "keys" && <KeysDialog />}
        {overlay === "palette" && <Palette />}
        {overlay === "diagram" && <DiagramDialog />}
      </Suspense>
    </div>
  );
}
