import { memo } from "react";
import entry from "./Entry.module.css";
import styles from "./Legend.module.css";

const LETTERS = [
  { letter: "V", look: "valid", means: "valid" },
  { letter: "C", look: "contBit", means: "contiguous" },
  { letter: "W", look: "write", means: "writable" },
  { letter: "Y", look: "young", means: "young" },
  { letter: "D", look: "dirty", means: "dirty: h by hardware, s by software, + both" },
] as const;

/** What the letters in an entry mean. */
export const Legend = memo(function Legend() {
  return (
    <ul className={styles.legend} aria-label="Letters">
      {LETTERS.map(({ letter, look, means }) => (
        <li key={letter}>
          <em className={`${entry.bit} ${entry[look]} ${styles.letter}`}>{letter}</em> {means}
        </li>
      ))}
    </ul>
  );
});
