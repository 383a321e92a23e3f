import { Suspense, useEffect } from "react";
import { useKeyboard } from "../commands/useKeyboard.ts";
import { Awaited } from "../shared/Awaited.tsx";
import { tellFirstPicture } from "../shared/later.ts";
import { useLabState } from "../store/LabContext.tsx";
import { challengeIn, isTold } from "../store/lesson.ts";
import styles from "./App.module.css";
import { Controls } from "./Controls.tsx";
import { Header } from "./Header.tsx";
import { NoticeBar } from "./NoticeBar.tsx";
import { usePageState } from "./page.ts";
import { ChallengeList, ChallengeStrip, DiagramDialog, GlossaryDialog, KeysDialog, Palette, StoryList, StoryStrip } from "./parts.ts";
import { TitleBar } from "./TitleBar.tsx";
import { Workbench } from "./Workbench.tsx";

export function App() {
  const presenting = usePageState((state) => state.presenting);
  const embedded = usePageState((state) => state.embedded);
  const overlay = usePageState((state) => state.overlay);
  const isTaught = useLabState(({ lesson }) => lesson !== undefined);
  const isChallenged = useLabState(({ lesson }) => challengeIn(lesson) !== undefined);
  // A story leads through its run; who leaves it has the controls.
  const isLed = useLabState(({ lesson, choices }) => isTold(lesson, choices));
  const isDrawn = useLabState(({ view }) => view !== undefined);
  useKeyboard();
  useEffect(() => {
    if (isDrawn) tellFirstPicture();
  }, [isDrawn]);
  return (
    <div className={`${styles.app} ${presenting ? styles.presenting : ""}`}>
      {presenting || embedded ? <TitleBar /> : <Header />}
      <NoticeBar />
      {isDrawn ? (
        <>
          <Workbench />
          <div className={styles.foot}>
            {isTaught && <Suspense fallback={<Awaited />}>{isChallenged ? <ChallengeStrip /> : <StoryStrip />}</Suspense>}
            {!presenting && !isLed && <Controls />}
          </div>
        </>
      ) : (
        <p className={styles.loading} role="status">
          Starting the engine…
        </p>
      )}
      <Suspense fallback={<Awaited />}>
        {overlay === "keys" && <KeysDialog />}
        {overlay === "palette" && <Palette />}
        {overlay === "stories" && <StoryList />}
        {overlay === "challenges" && <ChallengeList />}
        {overlay === "glossary" && <GlossaryDialog />}
        {overlay === "diagram" && <DiagramDialog />}
      </Suspense>
    </div>
  );
}
