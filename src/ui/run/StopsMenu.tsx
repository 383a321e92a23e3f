import { memo, Suspense } from "react";
import { later } from "../shared/later.ts";
import { Popover } from "../shared/Popover.tsx";
import { useRunnerState } from "./RunnerContext.tsx";
import styles from "./StopsMenu.module.css";

const Stops = later(async () => (await import("./Stops.tsx")).Stops);

/** What the run is to stop at: a list that stands, and the run from one to the next. */
export const StopsMenu = memo(function StopsMenu() {
  const stops = useRunnerState((state) => state.stops);
  const on = stops.filter((standing) => standing.on).length;
  return (
    <Popover
      face={
        <>
          Run until…
          {on > 0 && <span className={styles.count}>{on}</span>}
        </>
      }
      buttonClass={styles.trigger}
      label="Run until"
      className={styles.content}
      side="above"
    >
      <Suspense>
        <Stops />
      </Suspense>
    </Popover>
  );
});
