import { memo } from "react";
import { useLab, useLabState } from "../store/LabContext.tsx";
import styles from "./NoticeBar.module.css";

/** One sentence about what could not be done, until the next step or until it is put away. */
export const NoticeBar = memo(function NoticeBar() {
  const lab = useLab();
  const notice = useLabState((state) => state.notice);
  return (
    <div role="alert" className={notice ? `${styles.bar} ${styles[notice.tone]}` : undefined}>
      {notice && (
        <>
          <span aria-hidden="true" className={styles.mark}>
            {notice.tone === "problem" ? "!" : "i"}
          </span>
          <span>{notice.text}</span>
          <button type="button" onClick={() => lab.say(undefined)}>
            Close
          </button>
        </>
      )}
    </div>
  );
});
