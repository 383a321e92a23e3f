import { memo, Suspense } from "react";
import { later } from "../shared/later.ts";
import { Popover } from "../shared/Popover.tsx";
import styles from "./TimelineLegend.module.css";

const Legend = later(async () => (await import("./Legend.tsx")).Legend);

/** What the marks mean, for who asks. */
export const TimelineLegend = memo(function TimelineLegend() {
  return (
    <Popover face="Legend" buttonClass={styles.trigger} label="Legend" className={styles.content} side="above" align="end">
      <Suspense>
        <Legend />
      </Suspense>
    </Popover>
  );
});
