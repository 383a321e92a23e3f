import { memo } from "react";
import type { EntryView } from "../../engine/protocol.ts";
import { useShared } from "../shared/useShared.ts";
import entry from "./Entry.module.css";
import styles from "./Legend.module.css";
import { WRITER_SIGNS } from "./writer.ts";

const LETTERS = [
  { letter: "V", look: "valid", means: "valid" },
  { letter: "C", look: "contBit", means: "contiguous" },
  { letter: "W", look: "write", means: "writable" },
  { letter: "Y", look: "young", means: "young" },
  { letter: "D", look: "dirty", means: "dirty: h by hardware, s by software, + both" },
] as const;

/** Shown where a table has such an entry. */
const RARE = [
  { letter: "N", means: "PROT_NONE", has: (entry: EntryView) => entry.kind === "prot-none" },
  { letter: "S", means: "special", has: (entry: EntryView) => entry.special && entry.kind !== "swap" },
  { letter: "U", means: "uffd-wp", has: (entry: EntryView) => entry.uffd && entry.kind !== "swap" },
] as const;

/** What the letters in an entry mean. */
export function Legend({ entries }: { entries: readonly EntryView[] }) {
  return <Letters rare={useShared(RARE.filter(({ has }) => entries.some(has)).map(({ letter }) => letter))} />;
}

/** @param rare those of the rare ones that are shown */
const Letters = memo(function Letters({ rare }: { rare: readonly string[] }) {
  return (
    <ul className={styles.legend} aria-label="Letters and signs">
      {LETTERS.map(({ letter, look, means }) => (
        <li key={letter}>
          <em className={`${entry.bit} ${entry[look]} ${styles.letter}`}>{letter}</em> {means}
        </li>
      ))}
      {RARE.filter(({ letter }) => rare.includes(letter)).map(({ letter, means }) => (
        <li key={letter}>
          <em className={`${entry.bit} ${entry.special} ${styles.letter}`}>{letter}</em> {means}
        </li>
      ))}
      <li>
        <b className={entry.mark}>{WRITER_SIGNS.software}</b> written by software, <b className={entry.mark}>{WRITER_SIGNS.hardware}</b> by
        hardware
      </li>
    </ul>
  );
});
