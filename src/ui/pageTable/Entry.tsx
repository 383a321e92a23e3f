import { memo } from "react";
import type { EntryView } from "../../engine/protocol.ts";
import { usePage } from "../app/page.ts";
import styles from "./Entry.module.css";
import { DIRTY, describeEntry, swapText } from "./texts.ts";
import { WRITER_SIGNS, type Writer } from "./writer.ts";

interface Props {
  readonly entry: EntryView;
  /** The last step wrote it, and who made that. */
  readonly writtenBy: Writer | undefined;
  /** It is the one in the inspector, and of all entries the one that Tab comes to. */
  readonly inspected: boolean;
  /** A story points elsewhere. */
  readonly dimmed: boolean;
}

/** One PTE; pressed, it is inspected. */
export const Entry = memo(function Entry({ entry, writtenBy, inspected, dimmed }: Props) {
  const page = usePage();
  const { index, kind, cont } = entry;
  const told = `${describeEntry(entry)}\n${entry.word}`;
  const look = kind === "valid" ? (cont ? styles.cont : "") : styles.notValid;
  return (
    <li
      data-entry={index}
      className={`${styles.entry} ${look} ${writtenBy ? styles.changed : ""} ${dimmed ? "dimmed" : ""}`}
      aria-label={told}
      data-tip={told}
    >
      <button
        type="button"
        className={styles.button}
        tabIndex={inspected ? 0 : -1}
        aria-pressed={inspected}
        onClick={() => page.setState({ inspected: index })}
      >
        <span className="visually-hidden">
          {describeEntry(entry)}
          {writtenBy && `, changed by ${writtenBy} in the last step`}
        </span>
        <span aria-hidden="true" className={styles.face}>
          <span className={styles.index}>
            {index}
            {writtenBy && <b className={styles.mark}>{WRITER_SIGNS[writtenBy]}</b>}
          </span>
          {kind === "none" || entry.swap ? (
            <span className={styles.none}>
              {entry.swap ? "swap" : "none"}
              {entry.swap && <span className={styles.slot}>{swapText(entry.swap)}</span>}
            </span>
          ) : (
            <>
              <span className={styles.pfn}>{entry.pfn.slice(2)}</span>
              <span className={styles.bits}>
                {kind === "prot-none" ? <Bit on look="special" letter="N" /> : <Bit on={kind === "valid"} look="valid" letter="V" />}
                <Bit on={cont} look="contBit" letter="C" />
                <Bit on={entry.write} look="write" letter="W" />
                <Bit on={entry.young} look="young" letter="Y" />
                <Bit on={entry.dirty !== "clean"} look="dirty" letter={DIRTY[entry.dirty].letter} />
                {entry.special && <Bit on look="special" letter="S" />}
                {entry.uffd && <Bit on look="special" letter="U" />}
              </span>
            </>
          )}
        </span>
      </button>
    </li>
  );
});

function Bit({ on, look, letter }: { on: boolean; look: string; letter: string }) {
  return <em className={`${styles.bit} ${on ? styles[look] : styles.off}`}>{on ? letter : "·"}</em>;
}
